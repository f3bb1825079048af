"""What other parts may know of an account and change on it, inside transactions of their own."""

from datetime import datetime

from kit.database import Connection


class People:
    """What other slices ask of accounts, in their own transactions."""

    async def plan(self, tx: Connection, user_id: str) -> str | None:
        """The user's plan; None when there is no such user."""
        found: str | None = await tx.fetchval("select plan from users where id = $1", user_id)
        return found

    async def lock_plan(self, tx: Connection, user_id: str) -> str | None:
        """As `plan`. The account is neither changed nor deleted before `tx` ends."""
        found: str | None = await tx.fetchval("select plan from users where id = $1 for no key update", user_id)
        return found

    async def level(self, tx: Connection, user_id: str) -> str | None:
        """The learner's CEFR level, once known."""
        found: str | None = await tx.fetchval("select cefr_level from users where id = $1", user_id)
        return found

    async def set_nickname(self, tx: Connection, user_id: str, nickname: str, at: datetime) -> None:
        """The name by which the tutor calls the learner."""
        await tx.execute("update users set nickname = $2, updated_at = $3 where id = $1", user_id, nickname, at)
