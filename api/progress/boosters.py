"""Boosters: for a while every grant is multiplied. Multipliers are whole percents, so that no point is lost to rounding
twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

QUEST_PERCENT, QUEST_LENGTH = 150, timedelta(minutes=30)
BOUGHT_PERCENT, BOUGHT_LENGTH = 200, timedelta(minutes=15)


@dataclass(frozen=True)
class Booster:
    """More XP until an end."""

    percent: int
    ends_at: datetime

    @property
    def multiplier(self) -> float:
        """What XP is multiplied by."""
        return self.percent / 100


def running(booster: Booster | None, at: datetime) -> Booster | None:
    """The booster, if it has not ended."""
    return booster if booster is not None and at < booster.ends_at else None


def apply(amount: int, booster: Booster | None, at: datetime) -> int:
    """Points for a grant at that moment, rounded down."""
    active = running(booster, at)
    return amount * active.percent // 100 if active else amount


def start(booster: Booster | None, percent: int, length: timedelta, at: datetime) -> Booster:
    """A new booster; one that runs already is made longer and keeps the higher multiplier."""
    active = running(booster, at)
    if active is None:
        return Booster(percent, at + length)
    return Booster(max(active.percent, percent), active.ends_at + length)
