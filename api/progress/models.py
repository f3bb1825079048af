"""Rows of the tables."""

from dataclasses import dataclass
from datetime import datetime

from api.progress.boosters import Booster
from kit.database import Record


@dataclass(frozen=True)
class Wallet:
    """What a learner owns, and the zone that counts now."""

    user_id: str
    zone: str
    xp_total: int = 0
    tokens: int = 0
    booster: Booster | None = None

    @classmethod
    def from_row(cls, row: Record) -> "Wallet":
        """The wallet of a row, or an empty one."""
        percent = row["booster_percent"]
        booster = Booster(percent, row["booster_ends_at"]) if percent is not None else None
        return cls(str(row["user_id"]), row["timezone"], row["xp_total"] or 0, row["tokens"] or 0, booster)


@dataclass(frozen=True)
class Grant:
    """XP of one moment, before any booster; one for each source key of the learner."""

    amount: int
    kind: str
    source_key: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Person:
    """What the public may know of a user, and the id and zone that it may not."""

    user_id: str
    username: str
    nickname: str | None
    avatar_url: str | None
    zone: str
    created_at: datetime
