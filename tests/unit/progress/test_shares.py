"""Time that goes over midnight."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.progress import shares, zones

MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def over(amount: int, before: int, after: int, zone: str = "UTC") -> list[tuple[int, int]]:
    """(day of the month, points) of a stretch from `before` seconds before midnight to `after` seconds after it."""
    found = shares.by_day(amount, [(MIDNIGHT - before * SECOND, MIDNIGHT + after * SECOND)], zone)
    return [(zones.local_day(moment, zone).day, points) for moment, points in found]


@pytest.mark.parametrize(
    ("amount", "before", "after", "expected"),
    [
        (40, 1200, 0, [(2, 40)]),
        (40, 0, 1200, [(3, 40)]),
        (60, 600, 1200, [(2, 20), (3, 40)]),
        (1, 45, 5, [(2, 1)]),
        (1, 5, 45, [(3, 1)]),
        (3, 30, 30, [(2, 2), (3, 1)]),
        (0, 30, 30, []),
    ],
)
def test_each_day_gets_what_was_earned_on_it(
    amount: int, before: int, after: int, expected: list[tuple[int, int]]
) -> None:
    assert over(amount, before, after) == expected


def test_midnight_is_the_learners() -> None:
    assert over(60, 600, 1200, "Europe/Berlin") == [(3, 60)]


def test_pauses_earn_nothing_and_overlaps_once() -> None:
    spans = [(MIDNIGHT - 60 * SECOND, MIDNIGHT - 30 * SECOND), (MIDNIGHT - 50 * SECOND, MIDNIGHT - 40 * SECOND)]
    spans.append((MIDNIGHT + 3600 * SECOND, MIDNIGHT + 3660 * SECOND))
    assert [points for _, points in shares.by_day(9, spans, "UTC")] == [3, 6]


def test_without_length_there_is_nothing_to_share() -> None:
    assert shares.by_day(5, [], "UTC") == [] == shares.by_day(5, [(MIDNIGHT, MIDNIGHT)], "UTC")


@given(
    st.integers(0, 500),
    st.lists(st.tuples(st.integers(0, 400_000), st.integers(1, 90_000)), min_size=1, max_size=5),
    st.sampled_from(["UTC", "America/St_Johns", "Pacific/Apia", "Africa/Cairo"]),
)
def test_shares_add_up_and_lie_in_their_days(amount: int, stretches: list[tuple[int, int]], zone: str) -> None:
    spans = [(MIDNIGHT + at * SECOND, MIDNIGHT + (at + length) * SECOND) for at, length in stretches]
    found = shares.by_day(amount, spans, zone)
    days = [zones.local_day(moment, zone) for moment, _ in found]
    assert sum(points for _, points in found) == amount
    assert days == sorted(set(days)) and all(points > 0 for _, points in found)
    learned = {day for start, end in spans for day, _, _ in zones.split(start, end, zone)}
    assert set(days) <= learned
