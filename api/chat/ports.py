"""What generating needs from its neighbours."""

from datetime import datetime
from typing import Protocol

from api.chat.models import NewMessage, Role
from api.chat.providers.models import Passage
from kit.database import Connection


class Passages(Protocol):
    """Where passages of documents are found."""

    async def find(self, owner_id: str, conversation_id: str, question: str) -> tuple[Passage, ...]:
        """The best passages for `question` in the documents of a conversation; none when it has no documents."""
        ...


class Learners(Protocol):
    """What is known of learners."""

    async def level(self, tx: Connection, user_id: str) -> str | None:
        """The learner's CEFR level, once known."""
        ...


class Threads(Protocol):
    """Conversations with their messages."""

    async def language(self, tx: Connection, owner_id: str, conversation_id: str) -> tuple[str | None] | None:
        """The language in which it is held, if one was chosen; None when it is not the owner's."""
        ...

    async def last(self, tx: Connection, conversation_id: str, limit: int) -> list[tuple[Role, str]]:
        """(role, content) of the last messages, oldest first."""
        ...

    async def begin(self, tx: Connection, *, id: str, owner_id: str, title: str, at: datetime) -> None: ...

    async def touch(self, tx: Connection, owner_id: str, conversation_id: str, title: str | None, at: datetime) -> bool:
        """Move the conversation's time on, name it if it waits for a name; False when it is gone."""
        ...

    async def add(self, tx: Connection, owner_id: str, conversation_id: str, message: NewMessage) -> None:
        """Add a message at the end."""
        ...
