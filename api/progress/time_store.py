"""SQL of learning time."""

from datetime import date, datetime

from api.progress.intervals import Interval
from kit.database import Connection


async def add_interval(tx: Connection, user_id: str, source_key: str, kind: str, interval: Interval, zone: str) -> bool:
    """Whether the interval is new; a used source key changes nothing."""
    return (
        await tx.fetchval(
            """
            insert into learning_intervals (user_id, source_key, kind, started_at, ended_at, zone)
            values ($1, $2, $3, $4, $5, $6) on conflict (user_id, source_key) do nothing returning true
            """,
            user_id,
            source_key,
            kind,
            *interval,
            zone,
        )
        is not None
    )


async def overlapping(
    tx: Connection, user_id: str, start: datetime, end: datetime, but: str | None = None
) -> list[Interval]:
    """Every interval that shares an instant with [start, end), the one with the source key `but` left out."""
    rows = await tx.fetch(
        """
        select started_at, ended_at from learning_intervals
        where user_id = $1 and ended_at > $2 and started_at < $3 and source_key is distinct from $4
        """,
        user_id,
        start,
        end,
        but,
    )
    return [(row["started_at"], row["ended_at"]) for row in rows]


async def add_to_day(tx: Connection, user_id: str, day: date, kind: str, milliseconds: int) -> None:
    """Add time to a day."""
    await tx.execute(
        """
        insert into learning_days as d (user_id, day, kind, milliseconds) values ($1, $2, $3, $4)
        on conflict (user_id, day, kind) do update set milliseconds = d.milliseconds + excluded.milliseconds
        """,
        user_id,
        day,
        kind,
        milliseconds,
    )


async def by_day_and_kind(tx: Connection, user_id: str, first: date, last: date) -> list[tuple[date, str, int]]:
    """(day, kind, milliseconds) from the first to the last day."""
    rows = await tx.fetch(
        "select day, kind, milliseconds from learning_days where user_id = $1 and day between $2 and $3 order by day",
        user_id,
        first,
        last,
    )
    return [(row["day"], row["kind"], row["milliseconds"]) for row in rows]
