"""Active time is a union of intervals: properties and the cases that people notice."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.conversations import activity
from api.conversations.activity import Interval

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def vouched(now: float, last: float, claim: int | None = None, *, resumed: bool = False) -> tuple[float, float]:
    one = activity.vouched(
        started_at=START, last_activity_at=at(last), now=at(now), claimed_seconds=claim, resumed=resumed
    )
    return (one.start - START).total_seconds(), (one.end - START).total_seconds()


def test_time_since_the_last_sign_of_life_counts_unless_it_was_a_pause() -> None:
    assert vouched(60, 0) == (0, 60)
    assert vouched(120, 0) == (0, 120)
    assert vouched(121, 0) == (121, 121)


def test_a_claim_counts_back_from_now_within_the_session_and_five_minutes() -> None:
    assert vouched(600, 0, 30) == (570, 600)
    assert vouched(600, 0, 3600) == (300, 600)
    assert vouched(10, 0, 60) == (0, 10)


def test_after_a_resume_the_time_before_is_not_counted() -> None:
    assert vouched(60, 0, resumed=True) == (60, 60)


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 400)), max_size=40))
def test_the_sum_is_the_union_whatever_comes_in_whatever_order(parts: list[tuple[int, int]]) -> None:
    known: list[Interval] = []
    for start, length in parts:
        touched, whole = activity.merged(known, Interval(at(start), at(start + length)))
        known = [one for one in known if one not in touched] + [whole]
    total = sum((one.end - one.start).total_seconds() for one in known)
    assert total == len({second for start, length in parts for second in range(start, start + length)})


def test_points_are_two_a_full_minute_up_to_sixty() -> None:
    assert [activity.xp(seconds) for seconds in (0, 59, 60, 125, 1800, 10_000)] == [0, 0, 2, 4, 60, 60]
