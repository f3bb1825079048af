"""SQL of generating: the context of a conversation, and the exchange that is added to it."""

from datetime import datetime

from api.chat.builtin.turns import ChatTurn
from api.chat.providers.models import Usage
from kit import ids
from kit.database import Connection


async def level(tx: Connection, user_id: str) -> str | None:
    """The learner's CEFR level, once known."""
    found: str | None = await tx.fetchval("select cefr_level from users where id = $1", user_id)
    return found


async def conversation(tx: Connection, owner_id: str, conversation_id: str) -> tuple[bool, str | None] | None:
    """Whether it waits for a title, and its language; None when it is not the owner's."""
    row = await tx.fetchrow(
        "select untitled, language from conversations where id = $1 and owner_id = $2", conversation_id, owner_id
    )
    return (row["untitled"], row["language"]) if row else None


async def last_turns(tx: Connection, conversation_id: str, limit: int) -> list[ChatTurn]:
    """The last turns, oldest first."""
    rows = await tx.fetch(
        "select role, content from messages where conversation_id = $1 order by seq desc limit $2",
        conversation_id,
        limit,
    )
    return [ChatTurn(row["role"], row["content"]) for row in reversed(rows)]


async def begin(tx: Connection, *, id: str, owner_id: str, title: str, at: datetime) -> None:
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


async def touch(tx: Connection, owner_id: str, conversation_id: str, title: str | None, at: datetime) -> bool:
    """Update the conversation's time, and its title if it has none; False when it is gone."""
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


async def add(
    tx: Connection,
    *,
    id: str,
    conversation_id: str,
    owner_id: str,
    turn: ChatTurn,
    at: datetime,
    provider: str | None = None,
    model: str | None = None,
    status: str = "complete",
) -> None:
    await tx.execute(
        """
        insert into messages (id, conversation_id, owner_id, role, content, provider, model, status, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        id,
        conversation_id,
        owner_id,
        turn.role,
        turn.content,
        provider,
        model,
        status,
        at,
    )


async def count_usage(
    tx: Connection,
    *,
    user_id: str,
    message_id: str,
    provider: str,
    model: str,
    usage: Usage | None,
    outcome: str,
    at: datetime,
) -> None:
    await tx.execute(
        """
        insert into chat_usage (id, user_id, message_id, provider, model, input_tokens, output_tokens, outcome, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        ids.new_id(),
        user_id,
        message_id,
        provider,
        model,
        usage.input_tokens if usage else None,
        usage.output_tokens if usage else None,
        outcome,
        at,
    )
