"""SQL of the phoneme log."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from api.progress.phonemes import Tally
from kit.database import Connection


async def add_logs(tx: Connection, user_id: str, reports: Sequence[tuple[str, datetime, date]]) -> list[str]:
    """(source key, time, day) of reports; the keys of those that are new. A used source key changes nothing."""
    rows = await tx.fetch(
        """
        insert into phoneme_logs (user_id, source_key, at, day)
        select $1, key, at, day from unnest($2::text[], $3::timestamptz[], $4::date[]) as new (key, at, day)
        on conflict (user_id, source_key) do nothing returning source_key
        """,
        user_id,
        [key for key, _, _ in reports],
        [at for _, at, _ in reports],
        [day for _, _, day in reports],
    )
    return [row["source_key"] for row in rows]


async def add_to_day(tx: Connection, user_id: str, day: date, tallies: Mapping[str, Tally]) -> None:
    """Add the scores of a day."""
    await tx.executemany(
        """
        insert into phoneme_days as d (user_id, day, phoneme, attempts, total, good) values ($1, $2, $3, $4, $5, $6)
        on conflict (user_id, day, phoneme) do update set
            attempts = d.attempts + excluded.attempts, total = d.total + excluded.total, good = d.good + excluded.good
        """,
        [(user_id, day, name, one.attempts, one.total, one.good) for name, one in sorted(tallies.items())],
    )


async def good_of_day(tx: Connection, user_id: str, day: date) -> dict[str, int]:
    """How often each phoneme was said well."""
    rows = await tx.fetch("select phoneme, good from phoneme_days where user_id = $1 and day = $2", user_id, day)
    return {row["phoneme"]: row["good"] for row in rows}


async def weakest(
    tx: Connection, user_id: str, days: tuple[date, date], below: float, least: int, limit: int
) -> list[tuple[str, float, int]]:
    """(phoneme, mean, attempts) of those with at least `least` attempts and a mean below `below`, lowest mean first;
    `days` are the first and the last one that count."""
    rows = await tx.fetch(
        """
        select phoneme, sum(total) / sum(attempts) as mean, sum(attempts) as attempts
        from phoneme_days where user_id = $1 and day between $2 and $3
        group by phoneme having sum(attempts) >= $5 and sum(total) < $4 * sum(attempts)
        order by mean, phoneme limit $6
        """,
        user_id,
        *days,
        below,
        least,
        limit,
    )
    return [(row["phoneme"], row["mean"], row["attempts"]) for row in rows]


async def by_week(tx: Connection, user_id: str, first: date, last: date) -> list[tuple[str, date, int, float]]:
    """(phoneme, the week's Sunday, attempts, sum of scores)."""
    rows = await tx.fetch(
        """
        select phoneme, day - extract(dow from day)::int as week, sum(attempts) as attempts, sum(total) as total
        from phoneme_days where user_id = $1 and day between $2 and $3 group by phoneme, week
        """,
        user_id,
        first,
        last,
    )
    return [(row["phoneme"], row["week"], row["attempts"], row["total"]) for row in rows]
