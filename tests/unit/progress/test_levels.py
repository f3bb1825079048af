"""Levels by XP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.progress import levels


def test_first_levels_cost_100_150_200() -> None:
    assert [levels.starts_at(level) for level in (1, 2, 3, 4)] == [0, 100, 250, 450]


@given(st.integers(0, 10**12))
def test_level_is_the_one_whose_range_holds_the_total(xp: int) -> None:
    level = levels.level_of(xp)
    assert levels.starts_at(level) <= xp < levels.starts_at(level + 1)


@given(st.integers(1, 10**6))
def test_level_begins_exactly_at_its_start(level: int) -> None:
    assert levels.level_of(levels.starts_at(level)) == level
    assert levels.level_of(levels.starts_at(level + 1) - 1) == level


@given(st.integers(0, 10**9))
def test_standing_adds_up(xp: int) -> None:
    standing = levels.standing(xp)
    assert levels.starts_at(standing.level) + standing.xp_in_level == xp
    assert 0 <= standing.xp_in_level < standing.xp_for_next_level == 100 + 50 * (standing.level - 1)


def test_impossible_totals_are_refused() -> None:
    with pytest.raises(ValueError):
        levels.level_of(-1)
    with pytest.raises(ValueError):
        levels.starts_at(0)
