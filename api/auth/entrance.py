"""Who may open an account: what the settings say, until an administrator decides otherwise while the server runs."""

from dataclasses import dataclass, replace
from datetime import timedelta

from api.auth import attempts, entrance_store
from api.auth.attempts import SharedAddresses
from kit import audit, errors
from kit.audit import Action, Actor
from kit.clock import Clock
from kit.database import Connection, Database
from kit.storable import JsonObject

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Doors:
    """`guests_a_day`: guests that one address may open within 24 hours; None for any number."""

    registration: bool = True
    guests: bool = True
    guests_a_day: int | None = None


class Entrance:
    """`configured` counts where nothing was decided. Addresses in `shared` may open any number of guests."""

    def __init__(self, database: Database, clock: Clock, configured: Doors, shared: SharedAddresses) -> None:
        self._database = database
        self._clock = clock
        self._configured = configured
        self._shared = shared

    async def doors(self) -> Doors:
        """What holds now, on every node."""
        async with self._database.connection() as cx:
            return await self._now(cx)

    async def decide(self, changes: JsonObject, actor: Actor) -> Doors:
        """`changes` may hold registration, guests and guests_a_day; null leaves one to the settings again."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            await entrance_store.lock_decision(tx)
            before = await entrance_store.decided(tx)
            decided = {**(dict(before) if before else dict.fromkeys(("registration", "guests", "guests_a_day")))}
            decided |= changes
            await entrance_store.decide(tx, **decided, now=now)
            await audit.record(tx, now, actor, Action("entrance.changed", "server", "entrance", details=changes))
            return await self._now(tx)

    async def insist_registration(self, tx: Connection) -> None:
        """Failure `registration_closed`."""
        if not (await self._now(tx)).registration:
            message = "Accounts are opened by invitation only. Ask those who run this server."
            raise errors.forbidden(message, "registration_closed")

    async def insist_guest(self, tx: Connection, address: str | None) -> None:
        """The guest that opens in `tx` may, and is counted for a day, also when the account is deleted again.

        Failures `guests_closed`, `rate_limited`.
        """
        doors = await self._now(tx)
        if not doors.guests:
            raise errors.forbidden("This server takes no guests. Sign in, or ask for an account.", "guests_closed")
        if address is None or address in self._shared:
            return
        place, now = attempts.guests_bucket(address), self._clock.now()
        await entrance_store.lock_place(tx, place)
        if doors.guests_a_day is not None:
            came = await entrance_store.guests_since(tx, place, now - _DAY)
            if len(came) >= doors.guests_a_day:
                oldest = came[len(came) - doors.guests_a_day] if doors.guests_a_day else now
                wait = (oldest + _DAY - now).total_seconds()
                raise errors.limited("rate_limited", "Too many guests came from this address today.", wait)
        await entrance_store.add_guest(tx, place, now)

    async def sweep(self) -> None:
        """Forget guests who came more than a day ago."""
        async with self._database.connection() as cx:
            await entrance_store.sweep(cx, self._clock.now() - _DAY)

    async def _now(self, cx: Connection) -> Doors:
        decided = await entrance_store.decided(cx)
        if decided is None:
            return self._configured
        return replace(self._configured, **{name: value for name, value in dict(decided).items() if value is not None})
