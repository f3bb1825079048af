"""The streak of a learner at a moment, from what is stored."""

from datetime import datetime

from api.progress import store, streaks
from api.progress.streaks import Streak
from kit.database import Connection


class Streaks:
    async def status(self, tx: Connection, user_id: str, zone: str, at: datetime) -> Streak:
        days = await store.active_days(tx, user_id)
        bought = await store.bought_freezes(tx, user_id)
        return streaks.compute(days, bought, at, zone)

    async def current(self, tx: Connection, user_id: str, at: datetime) -> int:
        """Days in a row, as the profile shows them."""
        wallet = await store.wallet(tx, user_id)
        return (await self.status(tx, user_id, wallet.zone, at)).current if wallet else 0
