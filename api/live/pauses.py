"""The pauses learned from a person, kept between sessions."""

from collections.abc import Sequence

from kit.clock import Clock
from kit.database import Database


class Pauses:
    """Pauses within turns that a learner makes, in ms."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def load(self, user_id: str) -> tuple[int, ...]:
        """Milliseconds, oldest first; empty for a new person."""
        async with self._database.connection() as cx:
            found = await cx.fetchval("select pauses from learner_pauses where user_id = $1", user_id)
        return tuple(found or ())

    async def keep(self, user_id: str, pauses: Sequence[int]) -> None:
        """Store them."""
        async with self._database.transaction() as tx:
            await tx.execute(
                """
                insert into learner_pauses (user_id, pauses, updated_at)
                select id, $2, $3 from users where id = $1
                on conflict (user_id) do update set pauses = excluded.pauses, updated_at = excluded.updated_at
                """,
                user_id,
                list(pauses),
                self._clock.now(),
            )
