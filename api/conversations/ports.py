"""What conversations need from their neighbours."""

from datetime import datetime
from typing import Literal, Protocol

from api.conversations.models import Earned
from kit.database import Connection


class Rewards(Protocol):
    """Where XP is granted."""

    async def grant(self, tx: Connection, user_id: str, earned: Earned) -> int:
        """The points given: 0 when `source_key` was used before."""
        ...


class LearningTime(Protocol):
    """Where time is counted."""

    async def record(
        self,
        tx: Connection,
        *,
        user_id: str,
        kind: Literal["conversation", "english", "live"],
        started_at: datetime,
        ended_at: datetime,
        source_key: str,
    ) -> None:
        """Count a stretch of time, once for each source key."""
