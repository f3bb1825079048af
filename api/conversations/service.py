"""Conversations and their messages."""

from api.conversations import store
from api.conversations.models import Conversation, Message
from kit import errors, ids, paging
from kit.clock import Clock
from kit.database import Database

_UNTITLED = "New conversation"


class Conversations:
    """A user's conversations."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(self, owner_id: str, title: str | None, language: str | None) -> Conversation:
        """Without a title the first message will give it one."""
        named, now = (title or "").strip(), self._clock.now()
        made = Conversation(ids.new_id(), named or _UNTITLED, not named, language, 0, now, now)
        async with self._database.transaction() as tx:
            await store.insert(tx, owner_id, made)
            stored = await store.find(tx, owner_id, made.id)
        if stored is None:
            raise errors.not_found("Conversation")
        return stored

    async def page(self, owner_id: str, cursor: str | None, limit: int) -> tuple[list[Conversation], str | None]:
        """Newest first."""
        before = paging.id_in(cursor)
        async with self._database.connection() as cx:
            found = await store.page(cx, owner_id, before, limit + 1)
        return found[:limit], paging.of_id(found[limit - 1].id) if len(found) > limit else None

    async def delete(self, owner_id: str, conversation_id: str) -> None:
        """With its messages, sessions and documents. Failure `not_found` for another user's."""
        async with self._database.transaction() as tx:
            if not await store.delete(tx, owner_id, conversation_id):
                raise errors.not_found("Conversation")

    async def messages(
        self, owner_id: str, conversation_id: str, cursor: str | None, limit: int
    ) -> tuple[list[Message], str | None]:
        """Oldest first."""
        after = paging.rank_in(cursor) or 0
        async with self._database.connection() as cx:
            if await store.find(cx, owner_id, conversation_id) is None:
                raise errors.not_found("Conversation")
            found = await store.messages_after(cx, conversation_id, after, limit + 1)
        return found[:limit], paging.of_rank(found[limit - 1].seq) if len(found) > limit else None
