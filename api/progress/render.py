"""From what the service knows to the shapes on the wire."""

from collections.abc import Mapping, Sequence
from datetime import date

from api.progress import levels
from api.progress import phonemes as rules
from api.progress.boosters import Booster
from api.progress.schemas import (
    BoosterView,
    LearningPulseDayEntry,
    LearningPulseResponse,
    LearningTimeAnalyticsResponse,
    LearningTimeDay,
    LearningTimeKinds,
    PhonemeAccuracy,
    PhonemeAnalyticsResponse,
    PhonemeWeek,
    QuestItem,
    QuestsResponse,
    StreakStatusResponse,
    WeeklyActivityDay,
    WeeklyActivityResponse,
    XPProfileResponse,
    XPToday,
)
from api.progress.service import Profile, PulseDay, QuestBoard, TimeReport
from api.progress.streaks import Streak


def profile(found: Profile) -> XPProfileResponse:
    """The XP profile as the API shows it."""
    standing = levels.standing(found.wallet.xp_total)
    return XPProfileResponse(
        level=standing.level,
        xp_total=found.wallet.xp_total,
        xp_in_level=standing.xp_in_level,
        xp_for_next_level=standing.xp_for_next_level,
        current_streak=found.streak.current,
        longest_streak=found.streak.longest,
        tokens=found.wallet.tokens,
        booster=booster(found.booster),
        today=XPToday(xp=found.xp_today, segments=found.segments_today, quizzes=found.quizzes_today),
    )


def booster(found: Booster | None) -> BoosterView | None:
    """The booster as the API shows it."""
    return BoosterView(multiplier=found.multiplier, ends_at=found.ends_at) if found else None


def streak(found: Streak) -> StreakStatusResponse:
    """The streak as the API shows it."""
    return StreakStatusResponse(
        current_streak=found.current,
        longest_streak=found.longest,
        freezes_available=found.freezes_available,
        freezes_used=found.freezes_used,
        last_activity=found.last_activity,
        streak_at_risk=found.at_risk,
    )


def week(days: Mapping[date, int], covered: list[date]) -> WeeklyActivityResponse:
    """The week as the API shows it."""
    return WeeklyActivityResponse(
        week_start=min(days),
        days=[WeeklyActivityDay(date=day, xp=xp) for day, xp in days.items()],
        freeze_covered_dates=covered,
        total_xp=sum(days.values()),
    )


def pulse(days: Sequence[PulseDay]) -> LearningPulseResponse:
    """The days of the pulse as the API shows them."""
    return LearningPulseResponse(
        days=[LearningPulseDayEntry(date=one.day, xp=one.xp, seconds=one.seconds, level=one.shade) for one in days]
    )


def quests(board: QuestBoard) -> QuestsResponse:
    """The quests as the API shows them."""
    items = [
        QuestItem(
            id=quest.id,
            title=quest.title,
            description=quest.description,
            target=quest.target,
            progress=done,
            completed=completed,
            xp_reward=quest.xp_reward,
        )
        for quest, done, completed in board.rows
    ]
    return QuestsResponse(date=board.day, quests=items, resets_at=board.resets_at)


def learning_time(report: TimeReport) -> LearningTimeAnalyticsResponse:
    """Learning time as the API shows it."""
    kinds = ("conversation", "english", "live")
    return LearningTimeAnalyticsResponse(
        total_seconds=sum(report.by_day.values()),
        by_day=[LearningTimeDay(date=day, seconds=seconds) for day, seconds in report.by_day.items()],
        by_kind=LearningTimeKinds(**{kind: report.by_kind.get(kind, 0) for kind in kinds}),
    )


def phonemes(found: Mapping[str, Sequence[rules.Week]]) -> PhonemeAnalyticsResponse:
    """Sounds over weeks as the API shows them."""
    return PhonemeAnalyticsResponse(phonemes=[_phoneme(name, weeks) for name, weeks in found.items()])


def _phoneme(name: str, weeks: Sequence[rules.Week]) -> PhonemeAccuracy:
    trend = rules.trend(weeks)
    return PhonemeAccuracy(
        phoneme=name,
        ipa=rules.IPA.get(name, name),
        attempts=sum(one.attempts for one in weeks),
        mean=round(rules.mean(weeks), 1),
        trend=None if trend is None else round(trend, 2),
        by_week=[
            PhonemeWeek(week_start=one.start, attempts=one.attempts, mean=round(one.total / one.attempts, 1))
            for one in weeks
        ],
    )
