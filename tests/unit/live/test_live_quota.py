"""Seconds of sessions, by month."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.live import quota

T = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return T + timedelta(seconds=seconds)


def test_a_period_is_a_calendar_month_in_utc() -> None:
    assert quota.period_of(T).start == datetime(2026, 11, 1, tzinfo=UTC)
    assert quota.period_of(datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)).end == datetime(2027, 1, 1, tzinfo=UTC)
    assert quota.period_of(datetime(2028, 2, 29, tzinfo=UTC)).end == datetime(2028, 3, 1, tzinfo=UTC)


def test_overlapping_stretches_are_billed_once() -> None:
    spans = [(at(0), at(5)), (at(3), at(8)), (at(8), at(9)), (at(20), at(20.2)), (at(4), at(4)), (at(7), at(6))]
    assert quota.union(spans) == [(at(0), at(9)), (at(20), at(20.2))]
    assert sum(quota.shares(spans).values()) == 10


@pytest.mark.parametrize(("length", "billed"), [(0, 0), (0.001, 1), (10.96, 11), (11, 11), (11.001, 12)])
def test_seconds_are_rounded_up_once(length: float, billed: int) -> None:
    assert sum(quota.shares([(T, at(length))]).values()) == billed


def test_a_session_over_the_end_of_a_month_is_split_there_and_not_rounded_twice() -> None:
    edge = datetime(2026, 12, 1, tzinfo=UTC)
    spans = [(edge - timedelta(seconds=10.5), edge + timedelta(seconds=10.5))]
    assert quota.shares(spans) == {datetime(2026, 11, 1, tzinfo=UTC): 11, edge: 10}


def test_admission_reserves_what_is_left_and_not_what_another_session_holds() -> None:
    balance = quota.Balance("free", 600, 500, 0, quota.period_of(T))
    assert quota.admit(balance, 3600) == 100
    assert quota.admit(quota.Balance("free", 600, 500, 80, quota.period_of(T)), 3600) == 20
    assert quota.admit(quota.Balance("free", 600, 600, 0, quota.period_of(T)), 3600) == 0
    assert quota.admit(quota.Balance("pro", 36000, 0, 0, quota.period_of(T)), 3600) == 3600


def test_a_plan_that_is_gone_counts_as_the_smallest() -> None:
    assert quota.limit_of("gold", quota.PLANS) == 600
    assert quota.limit_of("pro", quota.PLANS) == 36_000


def test_a_sign_of_life_bridges_a_short_silence_only() -> None:
    bridge = timedelta(seconds=15)
    assert quota.bridged(None, T, bridge) is None
    assert quota.bridged(T, at(5), bridge) == (T, at(5))
    assert quota.bridged(T, at(15.1), bridge) is None
    assert quota.bridged(T, at(-1), bridge) is None


offsets = st.integers(0, 90 * 86_400_000)


@given(st.lists(st.tuples(offsets, st.integers(0, 600_000)), max_size=20))
def test_no_second_is_billed_twice_and_none_is_lost(raw: list[tuple[int, int]]) -> None:
    spans = [(T + timedelta(milliseconds=a), T + timedelta(milliseconds=a + n)) for a, n in raw]
    whole = sum((end - start for start, end in quota.union(spans)), timedelta(0))
    billed = sum(quota.shares(spans).values())
    assert billed == quota.seconds(whole)
    assert timedelta(seconds=billed - 1) < whole <= timedelta(seconds=billed) or billed == 0
    assert quota.shares(spans + spans) == quota.shares(spans)
