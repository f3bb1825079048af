"""What live sessions need from their neighbours."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from api.live.models import Earned, Scored
from kit.caller import Caller
from kit.database import Connection
from kit.storable import JsonObject


class People(Protocol):
    """Accounts."""

    async def plan(self, tx: Connection, user_id: str) -> str | None:
        """The user's plan; None when there is no such user."""
        ...

    async def lock_plan(self, tx: Connection, user_id: str) -> str | None:
        """As `plan`, with the lock under which the user's minutes are reserved and settled."""
        ...

    async def set_nickname(self, tx: Connection, user_id: str, nickname: str, at: datetime) -> None:
        """The name by which the tutor calls the learner."""


class Threads(Protocol):
    """Conversations."""

    async def owned(self, tx: Connection, owner_id: str, conversation_id: str) -> bool:
        """Whether a session of this user may go on with the conversation."""
        ...


class Rewards(Protocol):
    """Where XP is granted."""

    async def grant(self, tx: Connection, user_id: str, earned: Earned) -> int:
        """The points given; 0 when the source key was used before."""
        ...


class LearningTime(Protocol):
    """Where time is counted."""

    async def record(
        self, tx: Connection, *, user_id: str, kind: str, started_at: datetime, ended_at: datetime, source_key: str
    ) -> None:
        """Count a stretch of time, once for each source key."""


class PhonemeLog(Protocol):
    """Scores of sounds over time."""

    async def record_all(self, tx: Connection, *, user_id: str, reports: Sequence[Scored]) -> None: ...


class Announcements(Protocol):
    """What is told to servers that asked for it, after the commit."""

    async def of_account(
        self, tx: Connection, event: str, account_id: str, data: JsonObject, *, once: str | None = None
    ) -> None:
        """About an account. `once` names what is told only once."""
        ...


class Nodes(Protocol):
    """All nodes that run sessions."""

    def admit(self) -> None:
        """Failure `unavailable` when this node has no place for one more session."""
        ...

    async def end(self, session_id: str, reason: str) -> None:
        """Ask the owner to end a session; returns when it did, or when no node answers."""
        ...

    def forget(self, session_id: str, user_id: str) -> None:
        """End a session in the background: its start failed, but it may exist."""
        ...

    async def closed(self, session_id: str, fence: int) -> None:
        """The session was settled under `fence` without its owner."""
        ...

    async def sign(self, session_id: str) -> bool:
        """Report a sign of life that arrived elsewhere to the owner. Whether there is an owner, which then records
        it."""
        ...

    async def last_stretch(self, session_id: str) -> tuple[datetime, datetime] | None:
        """The last stretch of use that the owner noted, if that is known outside it."""
        ...


class Tickets(Protocol):
    """Tickets to join a session."""

    async def issue(self, session_id: str, caller: Caller) -> str:
        """Opens one connection for this session within a minute, worth what the caller's credential is. Failure
        `unavailable`."""
        ...
