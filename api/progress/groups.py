"""What a teacher is told of many learners at once: in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from api.progress import group_store, phonemes, quest_book, store, zones
from api.progress.phoneme_log import WeakPhoneme
from api.progress.streak_reader import Streaks
from kit.database import Connection

WEEK, MONTH = 7, 30
_SOUNDS = 3


@dataclass(frozen=True)
class Practice:
    """Seconds of the last 7 and 30 days, today included, in the learner's own zone; days in a row; when they learned
    last; their weak sounds, the worst first."""

    week_seconds: int
    month_seconds: int
    streak: int
    last_seen_at: datetime | None
    weak: tuple[WeakPhoneme, ...]


@dataclass(frozen=True)
class SharedSound:
    """A sound that is weak for so many learners of a group; mean score and attempts are theirs."""

    phoneme: str
    ipa: str
    learners: int
    mean: float
    attempts: int


class Groups:
    """Practice of many learners, for their teachers."""

    def __init__(self, streaks: Streaks) -> None:
        self._streaks = streaks

    async def practice(self, cx: Connection, user_ids: Sequence[str], at: datetime) -> dict[str, Practice]:
        """By learner."""
        people = await store.time_zones(cx, user_ids)
        days = {user_id: zones.local_day(at, zone) for user_id, zone in people.items()}
        learned = await group_store.seconds(cx, days, WEEK, MONTH)
        seen = await group_store.last_seen(cx, days)
        streaks = await self._streaks.of_many(cx, people, at)
        weak: dict[str, list[WeakPhoneme]] = {user_id: [] for user_id in people}
        for user_id, name, mean, attempts in await group_store.weak_of_each(cx, days, *_weakness()):
            weak[user_id].append(WeakPhoneme(name, phonemes.IPA[name], round(mean, 1), attempts))
        return {
            one: Practice(*learned.get(one, (0, 0)), streaks[one].current, seen.get(one), tuple(weak[one][:_SOUNDS]))
            for one in people
        }

    async def weak(self, cx: Connection, user_ids: Sequence[str], at: datetime, limit: int) -> list[SharedSound]:
        """The sounds that most of them have to practise."""
        people = await store.time_zones(cx, user_ids)
        days: dict[str, date] = {user_id: zones.local_day(at, zone) for user_id, zone in people.items()}
        rows = await group_store.weak_together(cx, days, *_weakness(), limit)
        return [
            SharedSound(name, phonemes.IPA[name], learners, round(mean, 1), attempts)
            for name, learners, mean, attempts in rows
        ]


def _weakness() -> tuple[int, float, int]:
    """What makes a sound weak: days looked at, the mean below which it is, the fewest attempts."""
    return quest_book.WEAK_DAYS, quest_book.WEAK_BELOW, quest_book.WEAK_ATTEMPTS
