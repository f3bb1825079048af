"""Streaks, from the days on which XP were earned. Nothing is stored but those days and the freezes that were bought.

Rules
- A day is active when XP were earned on it, in the zone the learner had at that moment. A later change of zone moves
  nothing.
- Two active days follow each other when no day lies between them. A learner who travels gets the later of two
  midnights: the next activity may also be judged in the zone of the last one, so that crossing the date line eastwards
  loses no streak. A day which the zone itself skipped cannot be missed.
- A missed day is covered by a freeze when one is held; covered days keep the streak and do not lengthen it.
- Every seventh day of a streak earns a freeze; no more than two are held. More can be bought for tokens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from api.progress import zones

FREEZE_EVERY = 7
MAX_FREEZES = 2


@dataclass(frozen=True)
class ActiveDays:
    """One local day with XP, or several without a gap between them.

    `first_at` is the first grant of the first day, `last_at` the last one of the last day, `zone` that of the last one.
    """

    first: date
    last: date
    first_at: datetime
    last_at: datetime
    zone: str


@dataclass(frozen=True)
class Streak:
    """Days in a row, and the freezes that keep them."""

    current: int = 0
    longest: int = 0
    freezes_available: int = 0
    freezes_used: int = 0
    covered: tuple[date, ...] = ()
    last_day: date | None = None
    last_activity: datetime | None = None
    at_risk: bool = False


def compute(rows: Sequence[ActiveDays], bought: Iterable[date], now: datetime, zone: str) -> Streak:
    """The streak at `now` for a learner in `zone`; `rows` in ascending order, `bought` the days on which freezes were
    bought."""
    run = _Run(sorted(bought))
    last: ActiveDays | None = None
    for active in rows:
        if last is not None:
            run.miss(_missed(last, active.first, active.first_at))
        run.activity((active.last - active.first).days + 1)
        last = active
    today = zones.local_day(now, zone)
    if last is not None:
        run.miss(_missed(last, today, now))
    run.receive(max(today, last.last) if last else today)
    return Streak(
        current=run.length,
        longest=run.longest,
        freezes_available=run.freezes,
        freezes_used=len(run.covered),
        covered=tuple(run.covered),
        last_day=last.last if last else None,
        last_activity=last.last_at if last else None,
        at_risk=run.length > 0 and last is not None and last.last < today,
    )


def _missed(last: ActiveDays, day: date, at: datetime) -> list[date]:
    """The days lost between the last active day and `day`, reached at the instant `at`."""
    if (day - last.last).days <= 1 or (zones.local_day(at, last.zone) - last.last).days <= 1:
        return []
    return [lost for lost in zones.days_between(last.last, day) if zones.exists(lost, last.zone)]


class _Run:
    """The running count while days pass by in order."""

    def __init__(self, bought: list[date]) -> None:
        self.length = 0
        self.longest = 0
        self.freezes = 0
        self.covered: list[date] = []
        self._bought = bought
        self._received = 0

    def activity(self, days: int) -> None:
        earned = (self.length + days) // FREEZE_EVERY - self.length // FREEZE_EVERY
        self.length += days
        self.longest = max(self.longest, self.length)
        self._add_freezes(earned)

    def miss(self, days: Iterable[date]) -> None:
        for day in days:
            self.receive(day)
            if self.length == 0:
                return
            if self.freezes == 0:
                self.length = 0
                return
            self.freezes -= 1
            self.covered.append(day)

    def receive(self, day: date) -> None:
        """Take the freezes bought up to a day: one bought on a missed day still covers it."""
        while self._received < len(self._bought) and self._bought[self._received] <= day:
            self._received += 1
            self._add_freezes(1)

    def _add_freezes(self, count: int) -> None:
        self.freezes = min(MAX_FREEZES, self.freezes + count)
