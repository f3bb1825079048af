"""What generating needs from its neighbours."""

from typing import Protocol

from api.chat.providers.models import Passage


class Passages(Protocol):
    async def find(self, owner_id: str, conversation_id: str, question: str) -> tuple[Passage, ...]:
        """The best passages for `question` in the documents of a conversation; none when it has no documents."""
        ...
