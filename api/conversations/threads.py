"""What other parts may know of a conversation and add to it, inside transactions of their own."""

from datetime import datetime
from typing import Protocol

from api.conversations.models import Role
from kit.database import Connection


class NewMessage(Protocol):
    """A message before it is stored. `provider` and `model` are those of an answer."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def content(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def provider(self) -> str | None: ...
    @property
    def model(self) -> str | None: ...
    @property
    def status(self) -> str: ...


class Threads:
    """What other slices do in conversations, in their own transactions."""

    async def owned(self, tx: Connection, owner_id: str, conversation_id: str) -> bool:
        """Whether the conversation is the owner's."""
        query = "select true from conversations where id = $1 and owner_id = $2"
        return bool(await tx.fetchval(query, conversation_id, owner_id))

    async def hold(self, tx: Connection, owner_id: str, conversation_id: str) -> bool:
        """Whether the conversation is the owner's, which then is not deleted before `tx` ends."""
        query = "select true from conversations where id = $1 and owner_id = $2 for key share"
        return bool(await tx.fetchval(query, conversation_id, owner_id))

    async def language(self, tx: Connection, owner_id: str, conversation_id: str) -> tuple[str | None] | None:
        """The language in which it is held, if one was chosen; None when it is not the owner's."""
        query = "select language from conversations where id = $1 and owner_id = $2"
        row = await tx.fetchrow(query, conversation_id, owner_id)
        return (row["language"],) if row else None

    async def last(self, tx: Connection, conversation_id: str, limit: int) -> list[tuple[Role, str]]:
        """(role, content) of the last messages, oldest first."""
        rows = await tx.fetch(
            "select role, content from messages where conversation_id = $1 order by seq desc limit $2",
            conversation_id,
            limit,
        )
        return [(row["role"], row["content"]) for row in reversed(rows)]

    async def begin(self, tx: Connection, *, id: str, owner_id: str, title: str, at: datetime) -> None:
        """Begin a conversation."""
        await tx.execute(
            """
            insert into conversations (id, owner_id, title, untitled, created_at, updated_at)
            values ($1, $2, $3, false, $4, $4)
            """,
            id,
            owner_id,
            title,
            at,
        )

    async def touch(self, tx: Connection, owner_id: str, conversation_id: str, title: str | None, at: datetime) -> bool:
        """Move the conversation's time on, name it if it waits for a name; False when it is gone."""
        return bool(
            await tx.fetchval(
                """
                update conversations set updated_at = greatest(updated_at, $4),
                    title = case when untitled and $3::text is not null then $3 else title end,
                    untitled = untitled and $3::text is null
                where id = $1 and owner_id = $2 returning true
                """,
                conversation_id,
                owner_id,
                title,
                at,
            )
        )

    async def add(self, tx: Connection, owner_id: str, conversation_id: str, message: NewMessage) -> None:
        """Add a message at the end."""
        await tx.execute(
            """
            insert into messages (id, conversation_id, owner_id, role, content, provider, model, status, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            message.id,
            conversation_id,
            owner_id,
            message.role,
            message.content,
            message.provider,
            message.model,
            message.status,
            message.at,
        )
