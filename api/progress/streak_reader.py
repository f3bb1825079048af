"""The streaks of learners at a moment, from what is stored."""

from collections.abc import Mapping
from datetime import datetime

from api.progress import store, streaks
from api.progress.streaks import Streak
from kit.database import Connection


class Streaks:
    """Streaks, computed from the days with activity."""

    async def status(self, tx: Connection, user_id: str, zone: str, at: datetime) -> Streak:
        """The learner's streak."""
        return (await self.of_many(tx, {user_id: zone}, at))[user_id]

    async def of_many(self, tx: Connection, people: Mapping[str, str], at: datetime) -> dict[str, Streak]:
        """By user; `people` are the zones by user."""
        days = await store.active_days(tx, list(people))
        bought = await store.bought_freezes(tx, list(people))
        return {one: streaks.compute(days[one], bought[one], at, zone) for one, zone in people.items()}

    async def current(self, tx: Connection, user_id: str, at: datetime) -> int:
        """Days in a row, as the profile shows them."""
        wallet = await store.wallet(tx, user_id)
        return (await self.status(tx, user_id, wallet.zone, at)).current if wallet else 0
