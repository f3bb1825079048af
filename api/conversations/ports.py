"""What conversations need from their neighbours."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from kit.database import Connection


class Rewards(Protocol):
    """Where XP is granted."""

    async def grant(
        self,
        tx: Connection,
        *,
        user_id: str,
        amount: int,
        kind: str,
        source_key: str,
        reason: str,
        at: datetime,
        spans: Sequence[tuple[datetime, datetime]] = (),
    ) -> int:
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
