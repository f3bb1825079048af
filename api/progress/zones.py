"""Local days of a learner: which day an instant belongs to, and when a day begins and ends."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ONE_DAY = timedelta(days=1)


def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name; UTC for a name that this machine's data (or a later release) does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local_day(at: datetime, name: str) -> date:
    """The day at a place."""
    return at.astimezone(zone(name)).date()


def day_start(day: date, name: str) -> datetime:
    """The instant (UTC) at which a local day begins.

    Where clocks jump over midnight this is the jump itself: `fold=0` reads the missing hour with the offset from before
    it. A day that a zone skipped whole (Apia, 30 December 2011) begins when the next one does.
    """
    return datetime.combine(day, time(), tzinfo=zone(name)).astimezone(UTC)


def day_end(day: date, name: str) -> datetime:
    """When the day ends at a place."""
    return day_start(day + ONE_DAY, name)


def exists(day: date, name: str) -> bool:
    """Whether there is such a day: where clocks cross the date line one is left out."""
    return day_start(day, name) < day_end(day, name)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day after `first` and before `last`."""
    return map(date.fromordinal, range(first.toordinal() + 1, last.toordinal()))


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included; also at the ends of what a date can be."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def split(start: datetime, end: datetime, name: str) -> Iterator[tuple[date, datetime, datetime]]:
    """Cut [start, end) at the local midnights: (day, start, end) for each part that has a length."""
    day = local_day(start, name)
    while start < end:
        cut = min(end, day_end(day, name))
        if cut > start:
            yield day, start, cut
            start = cut
        day += ONE_DAY


def week_start(day: date) -> date:
    """The Sunday on or before a day."""
    return day - timedelta(days=(day.weekday() + 1) % 7)
