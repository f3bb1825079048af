"""The SQL of who may come in."""

from datetime import datetime

from kit.database import Connection, Record


async def decided(cx: Connection) -> Record | None:
    """What an administrator decided: `registration`, `guests`, `guests_a_day`; null where nothing was."""
    return await cx.fetchrow("select registration, guests, guests_a_day from entrance")


async def decide(
    tx: Connection, registration: bool | None, guests: bool | None, guests_a_day: int | None, now: datetime
) -> None:
    """Store who may enter; None leaves that to the settings."""
    await tx.execute(
        """insert into entrance (registration, guests, guests_a_day, changed_at) values ($1, $2, $3, $4)
           on conflict (only_one) do update
               set registration = $1, guests = $2, guests_a_day = $3, changed_at = $4""",
        registration,
        guests,
        guests_a_day,
        now,
    )


async def lock_decision(tx: Connection) -> None:
    """Those who decide do so one after the other."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('entrance', 0))")


async def lock_place(tx: Connection, place: bytes) -> None:
    """Guests of a place come one after the other."""
    await tx.execute("select pg_advisory_xact_lock($1)", int.from_bytes(place[:8], "big", signed=True))


async def add_guest(tx: Connection, place: bytes, at: datetime) -> None:
    """Count a guest's arrival from a place."""
    await tx.execute("insert into guest_arrivals (place, at) values ($1, $2)", place, at)


async def guests_since(tx: Connection, place: bytes, since: datetime) -> list[datetime]:
    """When guests came from a place, the oldest first; also those who are gone."""
    rows = await tx.fetch("select at from guest_arrivals where place = $1 and at > $2 order by at", place, since)
    return [row["at"] for row in rows]


async def sweep(cx: Connection, before: datetime) -> None:
    """Delete arrivals that count no longer."""
    await cx.execute("delete from guest_arrivals where at <= $1", before)
