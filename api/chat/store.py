"""SQL of generating: what it cost."""

from datetime import datetime

from api.chat.providers.models import Usage
from kit import ids
from kit.database import Connection


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
    """Note what an answer cost."""
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
