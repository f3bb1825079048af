"""Spending tokens."""

from datetime import date, datetime, timedelta

from api.progress import boosters, store, streaks, zones
from api.progress.boosters import Booster
from api.progress.models import Wallet
from api.progress.streak_reader import Streaks
from kit import errors, ids
from kit.clock import Clock
from kit.database import Connection, Database

PRICES = {"freeze": 10, "booster": 15}
MAX_AHEAD = timedelta(hours=4)


class Shop:
    """What tokens buy."""

    def __init__(self, database: Database, clock: Clock, streaks: Streaks) -> None:
        self._database = database
        self._clock = clock
        self._streaks = streaks

    async def buy(self, user_id: str, item: str) -> tuple[Wallet, int]:
        """Pay for an item of PRICES: the wallet and the freezes held afterwards.

        Failures: conflict `not_enough_tokens`, `freezes_full` (two are held already), `booster_full` (boosters for more
        than four hours wait already).
        """
        now = self._clock.now()
        async with self._database.transaction() as tx:
            wallet = await store.lock(tx, user_id)
            price = PRICES[item]
            if wallet.tokens < price:
                raise errors.conflict(
                    "not_enough_tokens", f"This costs {price} tokens.", price=price, tokens=wallet.tokens
                )
            if item == "freeze":
                await self._freeze(tx, wallet, zones.local_day(now, wallet.zone), now)
            else:
                await self._booster(tx, wallet, now)
            await store.add_tokens(tx, user_id, f"buy:{ids.new_id()}", -price, f"Bought a {item}", now)
            after = await store.lock(tx, user_id)
            streak = await self._streaks.status(tx, user_id, after.zone, now)
        return after, streak.freezes_available

    async def _freeze(self, tx: Connection, wallet: Wallet, day: date, now: datetime) -> None:
        held = await self._streaks.status(tx, wallet.user_id, wallet.zone, now)
        if held.freezes_available >= streaks.MAX_FREEZES:
            raise errors.conflict("freezes_full", f"No more than {streaks.MAX_FREEZES} freezes can be held.")
        await store.add_freeze(tx, wallet.user_id, day, now)

    async def _booster(self, tx: Connection, wallet: Wallet, now: datetime) -> None:
        running: Booster | None = boosters.running(wallet.booster, now)
        if running is not None and running.ends_at - now > MAX_AHEAD:
            raise errors.conflict("booster_full", "Use the waiting boosters first.")
        booster = boosters.start(wallet.booster, boosters.BOUGHT_PERCENT, boosters.BOUGHT_LENGTH, now)
        await store.set_booster(tx, wallet.user_id, booster)
