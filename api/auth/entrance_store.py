"""The SQL of who may come in."""

from datetime import datetime

from kit.database import Connection, Record


async def decided(cx: Connection) -> Record | None:
    """What an administrator decided: `registration`, `guests`, `guests_a_day`; null where nothing was."""
    return await cx.fetchrow("select registration, guests, guests_a_day from entrance")


async def decide(
    tx: Connection, registration: bool | None, guests: bool | None, guests_a_day: int | None, now: datetime
) -> None:
    await tx.execute(
        """insert into entrance (registration, guests, guests_a_day, changed_at) values ($1, $2, $3, $4)
           on conflict (only_one) do update
               set registration = $1, guests = $2, guests_a_day = $3, changed_at = $4""",
        registration,
        guests,
        guests_a_day,
        now,
    )


async def lock_address(tx: Connection, place: str) -> None:
    """Guests of an address come one after the other."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('guests:' || $1, 0))", place)


async def guests_since(tx: Connection, place: str, since: datetime) -> list[datetime]:
    """When guests came from an address, or from an IPv6 network, the oldest first."""
    rows = await tx.fetch(
        """select at from audit_events
           where action = 'account.guest' and at > $2 and address is not null
             and case when $1 like '%/%' and address like '%:%' then address::inet <<= $1::text::inet
                      else address = $1 end
           order by at""",
        place,
        since,
    )
    return [row["at"] for row in rows]
