"""What knowledge needs from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from api.knowledge.models import Found
from kit.database import Connection


class Threads(Protocol):
    """Conversations."""

    async def owned(self, tx: Connection, owner_id: str, conversation_id: str) -> bool:
        """Whether the conversation is the owner's."""
        ...

    async def hold(self, tx: Connection, owner_id: str, conversation_id: str) -> bool:
        """Whether the conversation is the owner's, which then is not deleted before `tx` ends."""
        ...


class Memberships(Protocol):
    """Which organizations a user belongs to."""

    async def of(self, tx: Connection, user_id: str) -> list[str]:
        """The organizations that a user belongs to."""
        ...


class Embedder(Protocol):
    """Texts as vectors of length 1. `name` changes whenever the vectors would."""

    @property
    def name(self) -> str: ...

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Failure `unavailable` when the model cannot be reached."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """An answer with the model that wrote it."""

    text: str
    provider: str
    model: str


class Writer(Protocol):
    """A language model that writes answers."""

    async def write(self, question: str, passages: Sequence[Found]) -> Written | None:
        """An answer from the passages only, with marks like [1]; None when no language model can write it."""
        ...
