"""How much of a study session was active: intervals with signs of life."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

IDLE_AFTER = timedelta(minutes=2)
"""A pause longer than this is not counted, and the session shows as idle."""

ENDED_AFTER = timedelta(minutes=30)
"""A session without a sign of life for this long has ended, at its last sign of life."""

_LONGEST_CLAIM = timedelta(minutes=5)
_XP_PER_MINUTE = 2
_MOST_XP = 60


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time in which the learner was active."""

    start: datetime
    end: datetime


def vouched(
    *, started_at: datetime, last_activity_at: datetime, now: datetime, claimed_seconds: int | None, resumed: bool
) -> Interval:
    """The interval that a sign of life at `now` covers; it may be empty.

    With a claim: that many seconds up to now, five minutes at most. Without: since the last sign of life, unless that
    was longer ago than a pause may be. In a resumed session nothing before now counts.
    """
    if resumed:
        start = now
    elif claimed_seconds is not None:
        start = now - min(timedelta(seconds=claimed_seconds), _LONGEST_CLAIM)
    else:
        start = last_activity_at if now - last_activity_at <= IDLE_AFTER else now
    return Interval(max(min(start, now), started_at), max(now, started_at))


def merged(known: Iterable[Interval], new: Interval) -> tuple[list[Interval], Interval]:
    """The intervals of `known` that `new` touches, and the one that replaces them."""
    touched = [one for one in known if one.start <= new.end and one.end >= new.start]
    start = min([new.start, *(one.start for one in touched)])
    end = max([new.end, *(one.end for one in touched)])
    return touched, Interval(start, end)


def xp(active_seconds: int) -> int:
    """Points for a session: two for every full active minute, sixty at most."""
    return min(active_seconds // 60 * _XP_PER_MINUTE, _MOST_XP)
