"""When something is due for review."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.english.review import schedule as review

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def taken_up() -> review.Memory:
    memory = review.first(NOW, right=False)
    assert memory is not None
    return memory


def test_only_what_went_wrong_is_taken_up() -> None:
    assert review.first(NOW, right=True) is None
    assert taken_up().due_at - NOW < DAY


def test_strength_halves_with_each_half_life_and_the_item_is_due_at_sixty_percent() -> None:
    memory = review.Memory(4.0, NOW)
    assert review.strength(memory, NOW) == 1.0
    assert review.strength(memory, NOW + 4 * DAY) == pytest.approx(0.5)
    assert review.strength(memory, memory.due_at) == pytest.approx(0.6)


def test_right_when_due_doubles_the_interval_and_wrong_halves_it() -> None:
    memory = review.Memory(4.0, NOW)
    assert review.practise(memory, memory.due_at, right=True).half_life == 8.0
    assert review.practise(memory, memory.due_at, right=False).half_life == 2.0


def test_cramming_gains_little() -> None:
    memory = taken_up()
    for n in range(20):
        memory = review.practise(memory, NOW + timedelta(minutes=n), right=True)
    assert memory.half_life < 1.0


def test_an_attempt_from_the_past_only_counts() -> None:
    memory = review.practise(review.Memory(4.0, NOW), NOW - DAY, right=False)
    assert (memory.half_life, memory.practised_at, memory.attempts, memory.lapses) == (4.0, NOW, 2, 1)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 30)), max_size=60))
def test_half_lives_stay_within_bounds(attempts: list[tuple[bool, float]]) -> None:
    memory, at = taken_up(), NOW
    for right, wait in attempts:
        at += DAY * wait
        memory = review.practise(memory, at, right)
        assert review.MIN_HALF_LIFE <= memory.half_life <= review.MAX_HALF_LIFE
        assert memory.due_at > at
        assert 0.0 <= review.strength(memory, at + DAY) <= 1.0
