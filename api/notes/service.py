"""Notes of users, and what search is told of them."""

from dataclasses import replace

from api.notes import store
from api.notes.models import Draft, Note
from kit import errors, ids, paging
from kit.clock import Clock
from kit.database import Database


class Notes:
    """A user's notes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(self, owner_id: str, draft: Draft) -> Note:
        """Failure `not_found` when the conversation is not the owner's."""
        async with self._database.connection() as cx:
            note = await store.insert(cx, id=ids.new_id(), owner_id=owner_id, draft=draft, at=self._clock.now())
        if note is None:
            raise errors.not_found("Conversation")
        return note

    async def update(self, owner_id: str, note_id: str, changes: dict[str, object]) -> Note:
        """Change the named fields of a draft; the others stay. Failure `not_found`."""
        async with self._database.transaction() as tx:
            old = await store.find(tx, owner_id, note_id)
            if old is None:
                raise errors.not_found("Note")
            draft = replace(Draft(old.title, old.content, old.tags, old.conversation_id), **changes)  # type: ignore[arg-type]
            note = await store.update(tx, owner_id=owner_id, note_id=note_id, draft=draft, at=self._clock.now())
            if note is None:
                raise errors.not_found("Conversation")
        return note

    async def delete(self, owner_id: str, note_id: str) -> None:
        """Delete a note. Failure `not_found`."""
        async with self._database.connection() as cx:
            if not await store.delete(cx, owner_id, note_id):
                raise errors.not_found("Note")

    async def page(
        self, owner_id: str, *, tag: str | None, conversation_id: str | None, cursor: str | None, limit: int
    ) -> tuple[list[Note], str | None]:
        """Newest first."""
        before = paging.id_in(cursor)
        async with self._database.connection() as cx:
            found = await store.page(
                cx, owner_id, tag=tag, conversation_id=conversation_id, before=before, limit=limit + 1
            )
        return found[:limit], paging.of_id(found[limit - 1].id) if len(found) > limit else None
