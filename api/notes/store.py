"""SQL of notes."""

from datetime import datetime

from api.notes.models import Draft, Note
from kit.database import Connection, Record


async def insert(tx: Connection, *, id: str, owner_id: str, draft: Draft, at: datetime) -> Note | None:
    """None when the conversation is not the owner's."""
    row = await tx.fetchrow(
        """
        insert into notes (id, owner_id, conversation_id, title, content, tags, created_at, updated_at)
        select $1, $2, $3, $4, $5, $6, $7, $7
        where $3::uuid is null or exists (select from conversations where id = $3 and owner_id = $2)
        returning *
        """,
        id,
        owner_id,
        draft.conversation_id,
        draft.title,
        draft.content,
        list(draft.tags),
        at,
    )
    return _note(row) if row else None


async def find(tx: Connection, owner_id: str, note_id: str) -> Note | None:
    """The note, locked."""
    row = await tx.fetchrow("select * from notes where id = $1 and owner_id = $2 for update", note_id, owner_id)
    return _note(row) if row else None


async def update(tx: Connection, *, owner_id: str, note_id: str, draft: Draft, at: datetime) -> Note | None:
    """None when the conversation is not the owner's."""
    row = await tx.fetchrow(
        """
        update notes set title = $3, content = $4, tags = $5, conversation_id = $6, updated_at = $7
        where id = $1 and owner_id = $2
            and ($6::uuid is null or exists (select from conversations where id = $6 and owner_id = $2))
        returning *
        """,
        note_id,
        owner_id,
        draft.title,
        draft.content,
        list(draft.tags),
        draft.conversation_id,
        at,
    )
    return _note(row) if row else None


async def delete(tx: Connection, owner_id: str, note_id: str) -> bool:
    """Delete a note; False if there is none."""
    return bool(
        await tx.fetchval("delete from notes where id = $1 and owner_id = $2 returning true", note_id, owner_id)
    )


async def page(
    tx: Connection, owner_id: str, *, tag: str | None, conversation_id: str | None, before: str | None, limit: int
) -> list[Note]:
    """The owner's notes, newest first, from behind `before`."""
    rows = await tx.fetch(
        """
        select * from notes where owner_id = $1 and ($2::text is null or $2 = any(tags))
            and ($3::uuid is null or conversation_id = $3) and ($4::uuid is null or id < $4)
        order by id desc limit $5
        """,
        owner_id,
        tag,
        conversation_id,
        before,
        limit,
    )
    return [_note(row) for row in rows]


def _note(row: Record) -> Note:
    return Note(
        row["id"],
        row["title"],
        row["content"],
        tuple(row["tags"]),
        row["conversation_id"],
        row["created_at"],
        row["updated_at"],
    )
