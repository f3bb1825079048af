"""Stretches of time that overlap."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.progress import intervals

START = datetime(2026, 1, 1, tzinfo=UTC)
pairs = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def minutes(pair: tuple[int, int]) -> set[int]:
    return set(range(*pair))


@given(pairs)
def test_union_covers_the_same_minutes_once(spans: list[tuple[int, int]]) -> None:
    merged = intervals.union((at(a), at(b)) for a, b in spans)
    assert intervals.length(merged) == timedelta(minutes=len(set().union(*map(minutes, spans))))
    assert all(left[1] < right[0] for left, right in pairwise(merged))


@given(st.tuples(st.integers(0, 60), st.integers(0, 60)), pairs)
def test_subtract_leaves_what_nobody_else_covers(span: tuple[int, int], others: list[tuple[int, int]]) -> None:
    rest = intervals.subtract((at(span[0]), at(span[1])), [(at(a), at(b)) for a, b in others])
    expected = minutes(span) - set().union(*map(minutes, others))
    left = set().union(*(minutes((int((a - START).seconds / 60), int((b - START).seconds / 60))) for a, b in rest))
    assert left == expected


@given(pairs)
def test_taking_each_interval_without_the_earlier_ones_adds_up_to_the_union(spans: list[tuple[int, int]]) -> None:
    seen: list[tuple[datetime, datetime]] = []
    total = timedelta()
    for a, b in spans:
        total += intervals.length(intervals.subtract((at(a), at(b)), seen))
        seen.append((at(a), at(b)))
    assert total == intervals.length(seen)
