"""XP of a stretch of learning, given to the days on which it was earned."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from api.progress import intervals, zones
from api.progress.intervals import Interval

_INSTANT = timedelta(microseconds=1)


def by_day(amount: int, spans: Iterable[Interval], zone: str) -> list[tuple[datetime, int]]:
    """(a moment of the day, points) for each local day of `zone` that earned any, in order.

    Points go by the time learned; what does not divide goes to the largest remainders (Hamilton's method),
    so the shares add up to `amount`. The moment is the last one learned on that day. Nothing for spans without length.
    """
    lengths: dict[date, timedelta] = {}
    moments: dict[date, datetime] = {}
    for start, end in intervals.union(spans):
        for day, begin, finish in zones.split(start, end, zone):
            lengths[day] = lengths.get(day, timedelta()) + (finish - begin)
            moments[day] = last_moment(finish, day, zone)
    whole = sum(lengths.values(), timedelta())
    if not whole:
        return []
    exact = {day: divmod(amount * (length // _INSTANT), whole // _INSTANT) for day, length in lengths.items()}
    left = amount - sum(points for points, _ in exact.values())
    lucky = sorted(exact, key=lambda day: (-exact[day][1], day))[:left]
    shares = [(moments[day], exact[day][0] + (day in lucky)) for day in sorted(exact)]
    return [(moment, points) for moment, points in shares if points]


def last_moment(end: datetime, day: date, zone: str) -> datetime:
    """The last moment of a stretch that ends at `end` and lies in `day`: midnight itself belongs to the next day."""
    return end if zones.local_day(end, zone) == day else end - _INSTANT
