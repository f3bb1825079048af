"""Users put straight into the database, for tests of parts that need nothing of an account but its row."""

from datetime import UTC, datetime

from kit import ids
from kit.database import Database


async def add_learner(database: Database, zone: str = "UTC", username: str | None = None) -> str:
    """The new user's id."""
    user_id = ids.new_id()
    name = username or f"u{user_id.replace('-', '')[-12:]}"
    async with database.connection() as cx:
        await cx.execute(
            """
            insert into users (id, email, username, password_hash, timezone, created_at, updated_at)
            values ($1, $2, $3, '-', $4, $5, $5)
            """,
            user_id,
            f"{name}@example.com",
            name,
            zone,
            datetime(2026, 1, 1, tzinfo=UTC),
        )
    return user_id
