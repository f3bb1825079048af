"""What webhooks need from other parts."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from kit.database import Connection


class Organizations(Protocol):
    """Who leads which organization."""

    async def standing(self, tx: Connection, organization_id: str, user_id: str) -> Literal["leader", "member"] | None:
        """Whether the user may act in the organization's name; None for outsiders."""
        ...


class Audience(Protocol):
    """Which organizations hear of a learner."""

    async def __call__(self, tx: Connection, user_id: str) -> Sequence[str]:
        """The organizations that may know what this learner does."""
        ...


class Answer(Protocol):
    """What an endpoint answered."""

    @property
    def status(self) -> int: ...
    @property
    def retry_after(self) -> int | None:
        """Seconds."""
        ...


class Post(Protocol):
    """Who sends to addresses that users gave."""

    def fault(self, address: str) -> str | None:
        """Why nothing can be sent there, phrased to follow its name; None when it may be."""
        ...

    async def send(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer | str:
        """The answer, or the reason why there is none."""
        ...
