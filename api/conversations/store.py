"""SQL of conversations and messages."""

from api.conversations.models import Conversation, Message
from kit.database import Connection, Record


async def insert(tx: Connection, owner_id: str, made: Conversation) -> None:
    """Store a conversation."""
    await tx.execute(
        """
        insert into conversations (id, owner_id, title, untitled, language, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $6)
        """,
        made.id,
        owner_id,
        made.title,
        made.untitled,
        made.language,
        made.created_at,
    )


async def find(tx: Connection, owner_id: str, conversation_id: str) -> Conversation | None:
    """The owner's conversation; None if there is none."""
    row = await tx.fetchrow(
        """
        select c.*, (select count(*) from messages m where m.conversation_id = c.id) as messages
        from conversations c where c.id = $1 and c.owner_id = $2
        """,
        conversation_id,
        owner_id,
    )
    return _conversation(row) if row else None


async def page(tx: Connection, owner_id: str, before: str | None, limit: int) -> list[Conversation]:
    """The owner's conversations, newest first, from behind `before`."""
    rows = await tx.fetch(
        """
        select c.*, (select count(*) from messages m where m.conversation_id = c.id) as messages
        from conversations c where c.owner_id = $1 and ($2::uuid is null or c.id < $2)
        order by c.id desc limit $3
        """,
        owner_id,
        before,
        limit,
    )
    return [_conversation(row) for row in rows]


async def delete(tx: Connection, owner_id: str, conversation_id: str) -> bool:
    """Delete a conversation with its messages; False if there is none."""
    return bool(
        await tx.fetchval(
            "delete from conversations where id = $1 and owner_id = $2 returning true", conversation_id, owner_id
        )
    )


async def lock(tx: Connection, owner_id: str, conversation_id: str) -> bool:
    """Whether the conversation is the owner's; its row stays locked until the transaction ends."""
    return bool(
        await tx.fetchval(
            "select true from conversations where id = $1 and owner_id = $2 for update", conversation_id, owner_id
        )
    )


async def messages_after(tx: Connection, conversation_id: str, after: int, limit: int) -> list[Message]:
    """Messages behind a sequence number, in order."""
    rows = await tx.fetch(
        "select * from messages where conversation_id = $1 and seq > $2 order by seq limit $3",
        conversation_id,
        after,
        limit,
    )
    return [_message(row) for row in rows]


def _conversation(row: Record) -> Conversation:
    return Conversation(
        row["id"], row["title"], row["untitled"], row["language"], row["messages"], row["created_at"], row["updated_at"]
    )


def _message(row: Record) -> Message:
    return Message(
        row["id"],
        row["seq"],
        row["role"],
        row["content"],
        row["provider"],
        row["model"],
        row["status"],
        row["created_at"],
    )
