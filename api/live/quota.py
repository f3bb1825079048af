"""The rules of the minutes: plans, months, and what a stretch of use costs. Without database or clock.

Seconds are billed once each: the union of the stretches in which media or a heartbeat arrived, and never less than the
sound that was heard; rounded up once at the end. A calendar month (UTC) is a period. A session that crosses midnight of
the last day is split there; the seconds of its parts add up to the rounded whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

PLANS: Mapping[str, int] = {"free": 600, "plus": 7_200, "pro": 36_000}
"""Seconds a period; the configuration may change and extend them."""

Span = tuple[datetime, datetime]

_NONE = timedelta(0)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """A month of an account."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Balance:
    """A person's period. `used_s` has the running session in it; `reserved_s` is what that session may still use."""

    plan: str
    limit_s: int
    used_s: int
    reserved_s: int
    period: Period

    @property
    def remaining_s(self) -> int:
        """Seconds that are left, not below 0."""
        return max(0, self.limit_s - self.used_s)


def period_of(at: datetime) -> Period:
    """The calendar month, in UTC, in which `at` lies."""
    start = at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = start + timedelta(days=32)
    return Period(start, after.replace(day=1))


def limit_of(plan: str, plans: Mapping[str, int]) -> int:
    """Seconds a period for `plan`; a plan that is no longer configured counts as the smallest."""
    return plans.get(plan, min(plans.values(), default=0))


def union(spans: Iterable[Span]) -> list[Span]:
    """The same moments without overlaps, in order; empty and backward spans vanish."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def seconds(duration: timedelta) -> int:
    """Whole seconds, rounded up."""
    return -(duration // timedelta(seconds=-1)) if duration > timedelta(0) else 0


def use(spans: Iterable[Span], heard: timedelta = _NONE, seen: datetime = _LONG_AGO) -> dict[datetime, timedelta]:
    """What a session has used by the start of the period, without rounding: it heard so much and was last `seen` then.

    Sound that came faster than it is spoken counts in the last period that the session reached.
    """
    parts: dict[datetime, timedelta] = {}
    for start, end in union(spans):
        for period, part in _cut(start, end):
            parts[period] = parts.get(period, timedelta(0)) + part
    more = heard - sum(parts.values(), _NONE)
    if more > _NONE:
        last = max(parts, default=period_of(seen).start)
        parts[last] = parts.get(last, _NONE) + more
    return parts


def shares(spans: Iterable[Span], heard: timedelta = _NONE, seen: datetime = _LONG_AGO) -> dict[datetime, int]:
    """Billed seconds by the start of the period. Their sum is the whole use rounded up."""
    parts = use(spans, heard, seen)
    billed: dict[datetime, int] = {}
    so_far = timedelta(0)
    for period in sorted(parts):
        billed[period] = seconds(so_far + parts[period]) - seconds(so_far)
        so_far += parts[period]
    return billed


def _cut(start: datetime, end: datetime) -> Iterable[tuple[datetime, timedelta]]:
    edges = [start]
    while (edge := period_of(edges[-1]).end) < end:
        edges.append(edge)
    edges.append(end)
    return [(period_of(a).start, b - a) for a, b in pairwise(edges)]


def admit(balance: Balance, longest_s: int) -> int:
    """How many seconds to reserve for a new session; 0 means that the quota is used up."""
    return max(0, min(balance.remaining_s - balance.reserved_s, longest_s))


def bridged(last_sign: datetime | None, sign: datetime, bridge: timedelta) -> Span | None:
    """The stretch that a sign of life adds, if the one before is near enough to belong to it."""
    if last_sign is None or sign <= last_sign or sign - last_sign > bridge:
        return None
    return (last_sign, sign)
