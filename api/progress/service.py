"""What a learner reads about their own progress."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from api.progress import boosters, phoneme_store, phonemes, pulse, quest_book, quests, store, time_store, zones
from api.progress.models import Person, Wallet
from api.progress.quest_book import QuestBook
from api.progress.streak_reader import Streaks
from api.progress.streaks import Streak
from kit import errors
from kit.clock import Clock
from kit.database import Connection, Database

DEFAULT_DAYS = 30
DEFAULT_PHONEME_DAYS = 84
MAX_DAYS = 1100
SEGMENTS = ("conversation", "live", "session")


@dataclass(frozen=True)
class Profile:
    """XP, level and streak of a learner."""

    wallet: Wallet
    streak: Streak
    kinds: dict[str, tuple[int, int]]
    booster: boosters.Booster | None

    @property
    def xp_today(self) -> int:
        """XP of today."""
        return sum(xp for _, xp in self.kinds.values())

    @property
    def segments_today(self) -> int:
        """Learning segments of today."""
        return sum(self.kinds.get(kind, (0, 0))[0] for kind in SEGMENTS)

    @property
    def quizzes_today(self) -> int:
        """Tasks that gave XP today."""
        return sum(grants for kind, (grants, _) in self.kinds.items() if kind.split(".")[0] == "task")


@dataclass(frozen=True)
class PulseDay:
    """A day of the pulse: XP, and seconds of learning."""

    day: date
    xp: int
    seconds: int

    @property
    def shade(self) -> int:
        """How dark the day is drawn, 0 to 4."""
        return pulse.shade(self.xp, self.seconds)


@dataclass(frozen=True)
class TimeReport:
    """Seconds by day and by kind, which add up to the same."""

    by_day: dict[date, int]
    by_kind: dict[str, int]


@dataclass(frozen=True)
class QuestBoard:
    """Quests of the day with progress, and when new ones come."""

    day: date
    rows: list[tuple[quests.Quest, int, bool]]
    resets_at: datetime


class Progress:
    """What learners see of their progress."""

    def __init__(self, database: Database, clock: Clock, book: QuestBook, streaks: Streaks) -> None:
        self._database = database
        self._clock = clock
        self._book = book
        self._streaks = streaks

    async def profile(self, user_id: str) -> Profile:
        """XP, level, streak and booster."""
        now = self._clock.now()
        async with self._database.connection() as cx:
            wallet = await self._wallet(cx, user_id)
            streak = await self._streaks.status(cx, user_id, wallet.zone, now)
            kinds = await store.kinds_of_day(cx, user_id, zones.local_day(now, wallet.zone))
        return Profile(wallet, streak, kinds, boosters.running(wallet.booster, now))

    async def public_profile(self, username: str) -> tuple[Person, int, Streak]:
        """Who it is, their XP and streak. Failure `not_found` for an unknown name."""
        async with self._database.connection() as cx:
            person = await store.person(cx, username.lower())
            if person is None:
                raise errors.not_found("Profile")
            wallet = await self._wallet(cx, person.user_id)
            streak = await self._streaks.status(cx, person.user_id, person.zone, self._clock.now())
        return person, wallet.xp_total, streak

    async def streak(self, user_id: str) -> Streak:
        """The streak in the learner's own days."""
        async with self._database.connection() as cx:
            wallet = await self._wallet(cx, user_id)
            return await self._streaks.status(cx, user_id, wallet.zone, self._clock.now())

    async def week(self, user_id: str) -> tuple[dict[date, int], list[date]]:
        """XP of the seven days of this week, and the days among them that a freeze covered."""
        now = self._clock.now()
        async with self._database.connection() as cx:
            wallet = await self._wallet(cx, user_id)
            start = zones.week_start(zones.local_day(now, wallet.zone))
            end = start + timedelta(days=6)
            earned = await store.xp_by_day(cx, user_id, start, end)
            streak = await self._streaks.status(cx, user_id, wallet.zone, now)
        days = {day: earned.get(day, 0) for day in zones.days_from(start, end)}
        return days, [day for day in streak.covered if start <= day <= end]

    async def pulse(self, user_id: str) -> list[PulseDay]:
        """The days of a year."""
        async with self._database.connection() as cx:
            wallet = await self._wallet(cx, user_id)
            last = zones.local_day(self._clock.now(), wallet.zone)
            first = last - timedelta(days=pulse.DAYS - 1)
            earned = await store.xp_by_day(cx, user_id, first, last)
            learned = _time_report(await time_store.by_day_and_kind(cx, user_id, first, last), first, last).by_day
        return [PulseDay(day, earned.get(day, 0), learned[day]) for day in zones.days_from(first, last)]

    async def quests(self, user_id: str) -> QuestBoard:
        """The quests of the learner's day."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            wallet = await self._wallet(tx, user_id)
            day = zones.local_day(now, wallet.zone)
            book = await self._book.of_day(tx, user_id, day)
            done = await quest_book.counters(tx, user_id, day)
        rows = [
            (
                quest,
                quest.target if quest.id in book.completed else quests.progress(quest, done),
                quest.id in book.completed,
            )
            for quest in book.quests
        ]
        return QuestBoard(day, rows, zones.day_end(day, wallet.zone))

    async def learning_time(self, user_id: str, first: date | None, last: date | None) -> TimeReport:
        """Time by day and kind between two days."""
        async with self._database.connection() as cx:
            wallet = await self._wallet(cx, user_id)
            first, last = self._period(wallet, first, last, DEFAULT_DAYS)
            return _time_report(await time_store.by_day_and_kind(cx, user_id, first, last), first, last)

    async def phonemes(self, user_id: str, first: date | None, last: date | None) -> dict[str, list[phonemes.Week]]:
        """Weeks by phoneme, the lowest mean first."""
        async with self._database.connection() as cx:
            wallet = await self._wallet(cx, user_id)
            first, last = self._period(wallet, first, last, DEFAULT_PHONEME_DAYS)
            rows = await phoneme_store.by_week(cx, user_id, first, last)
        return phonemes.by_phoneme(phonemes.Week(*row) for row in rows)

    async def _wallet(self, cx: Connection, user_id: str) -> Wallet:
        wallet = await store.wallet(cx, user_id)
        if wallet is None:
            raise errors.not_found("Profile")
        return wallet

    def _period(self, wallet: Wallet, first: date | None, last: date | None, days: int) -> tuple[date, date]:
        last = last or zones.local_day(self._clock.now(), wallet.zone)
        try:
            first = first or last - timedelta(days=days - 1)
        except OverflowError:
            first = date.min
        if first > last:
            raise errors.invalid("The period ends before it begins.", [("/from", "must not be after `to`")])
        if (last - first).days >= MAX_DAYS:
            raise errors.invalid(
                "The period is too long.", [("/from", f"at most {MAX_DAYS} days may be asked for at once")]
            )
        return first, last


def _time_report(rows: list[tuple[date, str, int]], first: date, last: date) -> TimeReport:
    """Whole seconds. Rounded by day and kind, so that days and kinds have the same sum."""
    by_day = dict.fromkeys(zones.days_from(first, last), 0)
    by_kind: dict[str, int] = {}
    for day, kind, milliseconds in rows:
        by_day[day] += milliseconds // 1000
        by_kind[kind] = by_kind.get(kind, 0) + milliseconds // 1000
    return TimeReport(by_day, by_kind)
