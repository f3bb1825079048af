"""The level curve: level n+1 costs 50 XP more than level n did, beginning with 100 XP for level 2.

The XP at which level L begins is the sum of that arithmetic series, 25·(L−1)·(L+2), so both directions are closed
formulas in whole numbers and no table has an end.
"""

from dataclasses import dataclass
from math import isqrt


@dataclass(frozen=True)
class Standing:
    """The level, and how far it is to the next."""

    level: int
    xp_in_level: int
    xp_for_next_level: int


def starts_at(level: int) -> int:
    """Total XP at which a level (1, 2, …) begins."""
    if level < 1:
        raise ValueError("levels begin at 1")
    return 25 * (level - 1) * (level + 2)


def level_of(xp_total: int) -> int:
    """The level that a total of XP has reached."""
    if xp_total < 0:
        raise ValueError("XP are never negative")
    return (isqrt(9 + 4 * xp_total // 25) - 1) // 2


def standing(xp_total: int) -> Standing:
    """Level, XP earned inside it, and XP that the whole level asks for."""
    level = level_of(xp_total)
    start = starts_at(level)
    return Standing(level, xp_total - start, starts_at(level + 1) - start)
