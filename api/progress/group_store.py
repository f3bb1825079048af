"""SQL that reads many learners at once: one statement, however many they are. `days` are each learner's own today."""

from collections.abc import Mapping
from datetime import date, datetime

from kit.database import Connection


async def seconds(cx: Connection, days: Mapping[str, date], week: int, month: int) -> dict[str, tuple[int, int]]:
    """By learner the seconds of the last `week` and the last `month` days, today included."""
    rows = await cx.fetch(
        """
        select d.user_id,
            sum(d.milliseconds / 1000) filter (where d.day > l.today - $3::int)::bigint as week,
            sum(d.milliseconds / 1000)::bigint as month
        from unnest($1::uuid[], $2::date[]) as l (user_id, today)
        join learning_days d on d.user_id = l.user_id and d.day > l.today - $4::int and d.day <= l.today
        group by d.user_id
        """,
        *_columns(days),
        week,
        month,
    )
    return {row["user_id"]: (row["week"] or 0, row["month"]) for row in rows}


async def last_seen(cx: Connection, days: Mapping[str, date]) -> dict[str, datetime]:
    """By learner the last moment at which they learned or earned XP."""
    rows = await cx.fetch(
        """
        select l.user_id, greatest(
            (select ended_at from learning_intervals i where i.user_id = l.user_id order by ended_at desc limit 1),
            (select last_at from xp_days x where x.user_id = l.user_id order by day desc limit 1)) as at
        from unnest($1::uuid[]) as l (user_id)
        """,
        list(days),
    )
    return {row["user_id"]: row["at"] for row in rows if row["at"] is not None}


async def weak_of_each(
    cx: Connection, days: Mapping[str, date], since: int, below: float, least: int
) -> list[tuple[str, str, float, int]]:
    """(learner, phoneme, mean, attempts) of the last `since` days, by learner with the lowest mean first, of phonemes
    with at least `least` attempts and a mean below `below`."""
    rows = await cx.fetch(
        """
        select p.user_id, p.phoneme, sum(p.total) / sum(p.attempts) as mean, sum(p.attempts) as attempts
        from unnest($1::uuid[], $2::date[]) as l (user_id, today)
        join phoneme_days p on p.user_id = l.user_id and p.day between l.today - $3::int and l.today
        group by p.user_id, p.phoneme having sum(p.attempts) >= $5 and sum(p.total) < $4 * sum(p.attempts)
        order by p.user_id, mean, p.phoneme
        """,
        *_columns(days),
        since,
        below,
        least,
    )
    return [tuple(row) for row in rows]


async def weak_together(
    cx: Connection, days: Mapping[str, date], since: int, below: float, least: int, limit: int
) -> list[tuple[str, int, float, int]]:
    """(phoneme, for how many it is weak, their mean, their attempts), what most have to practise first."""
    rows = await cx.fetch(
        """
        select phoneme, count(*) as learners, sum(total) / sum(attempts) as mean, sum(attempts)::bigint as attempts
        from (
            select p.phoneme, sum(p.total) as total, sum(p.attempts) as attempts
            from unnest($1::uuid[], $2::date[]) as l (user_id, today)
            join phoneme_days p on p.user_id = l.user_id and p.day between l.today - $3::int and l.today
            group by p.user_id, p.phoneme having sum(p.attempts) >= $5 and sum(p.total) < $4 * sum(p.attempts)
        ) weak group by phoneme order by learners desc, mean, phoneme limit $6
        """,
        *_columns(days),
        since,
        below,
        least,
        limit,
    )
    return [tuple(row) for row in rows]


def _columns(days: Mapping[str, date]) -> tuple[list[str], list[date]]:
    return list(days), list(days.values())
