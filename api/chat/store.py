"""SQL of generating: what it cost."""

from api.chat.models import Written
from api.chat.providers.models import Usage
from kit import ids
from kit.database import Connection


async def count_usage(tx: Connection, user_id: str, written: Written, usage: Usage | None) -> None:
    """Note what an answer cost."""
    await tx.execute(
        """
        insert into chat_usage (id, user_id, message_id, provider, model, input_tokens, output_tokens, outcome, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        ids.new_id(),
        user_id,
        written.message_id,
        written.chosen.provider,
        written.chosen.model,
        usage.input_tokens if usage else None,
        usage.output_tokens if usage else None,
        written.status,
        written.at,
    )
