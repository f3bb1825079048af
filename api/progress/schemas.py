"""Shapes of the profile and analytics operations."""

from datetime import date as Date
from datetime import datetime
from typing import Literal

from pydantic import Field

from kit.http.wire import Body, Day, View

_LEVEL = Field(description="Level reached, from 1.", examples=[7])
_XP_TOTAL = Field(description="All XP ever earned.", examples=[1640])
_CURRENT = Field(description="Active days in a row, up to today or yesterday in the learner's zone.", examples=[12])
_LONGEST = Field(description="The longest streak ever, in days.", examples=[31])
_DATE = Field(description="Day in the learner's zone at that time.", examples=["2026-03-02"])
_PHONEME = Field(description="ARPAbet name without stress.", examples=["TH"])
_IPA = Field(description="The same in the International Phonetic Alphabet.", examples=["θ"])


class BoosterView(View):
    multiplier: float = Field(description="Every XP grant is multiplied by this, rounded down.", examples=[1.5])
    ends_at: datetime = Field(description="When it ends.", examples=["2026-03-02T09:30:00Z"])


class XPToday(View):
    xp: int = Field(description="XP earned today.", examples=[45])
    segments: int = Field(description="Conversations, live sessions and lessons rewarded today.", examples=[2])
    quizzes: int = Field(description="Tasks rewarded today.", examples=[4])


class XPProfileResponse(View):
    level: int = _LEVEL
    xp_total: int = _XP_TOTAL
    xp_in_level: int = Field(description="XP earned since this level began.", examples=[290])
    xp_for_next_level: int = Field(description="XP that this level asks for in all.", examples=[400])
    current_streak: int = _CURRENT
    longest_streak: int = _LONGEST
    tokens: int = Field(description="Tokens to spend on freezes and boosters.", examples=[14])
    booster: BoosterView | None = Field(description="The running booster; null when none runs.")
    today: XPToday = Field(description="Today so far, in the learner's zone.")


class PublicXPProfileResponse(View):
    username: str = Field(description="The unique name.", examples=["mina"])
    display_name: str = Field(description="Nickname, or the unique name without one.", examples=["Mina"])
    avatar_url: str | None = Field(description="Picture, if there is one.", examples=["https://example.com/mina.png"])
    level: int = _LEVEL
    xp_total: int = _XP_TOTAL
    current_streak: int = _CURRENT
    longest_streak: int = _LONGEST
    member_since: Date = Field(description="Day of registration (UTC).", examples=["2025-11-23"])


class StreakStatusResponse(View):
    current_streak: int = _CURRENT
    longest_streak: int = _LONGEST
    freezes_available: int = Field(description="Freezes held; each covers one missed day. 0 to 2.", examples=[1])
    freezes_used: int = Field(description="Freezes ever spent on missed days.", examples=[3])
    last_activity: datetime | None = Field(
        description="When XP were earned last; null before the first.", examples=["2026-03-01T18:20:11Z"]
    )
    streak_at_risk: bool = Field(
        description="A streak runs and nothing was earned today yet: at midnight a freeze or the streak is lost."
    )


class WeeklyActivityDay(View):
    date: Date = _DATE
    xp: int = Field(description="XP earned on that day.", examples=[45])


class WeeklyActivityResponse(View):
    week_start: Date = Field(description="The Sunday that began this week.", examples=["2026-03-01"])
    days: list[WeeklyActivityDay] = Field(description="Seven days, Sunday to Saturday; days to come have 0 XP.")
    freeze_covered_dates: list[Date] = Field(
        description="Missed days of this week that a freeze covered.", examples=[["2026-03-03"]]
    )
    total_xp: int = Field(description="XP of the week.", examples=[210])


class LearningPulseDayEntry(View):
    date: Date = _DATE
    xp: int = Field(description="XP earned on that day.", examples=[45])
    seconds: int = Field(description="Seconds learned, overlapping sessions counted once.", examples=[1260])
    level: int = Field(ge=0, le=4, description="Shade from 0 (nothing) to 4 (a full day).", examples=[3])


class LearningPulseResponse(View):
    days: list[LearningPulseDayEntry] = Field(description="365 days, the last one today.")


class QuestItem(View):
    id: str = Field(description="Unique on its date.", examples=["sound:TH"])
    title: str = Field(description="What to do.", examples=["Say /θ/ well 10 times"])
    description: str = Field(
        description="Why, and what counts.",
        examples=["Your recent average for this sound is 54 of 100; 70 or more counts."],
    )
    target: int = Field(description="How much is to be done, in the unit of the title.", examples=[10])
    progress: int = Field(description="How much of it is done, up to the target.", examples=[4])
    completed: bool = Field(description="Done and rewarded.", examples=[False])
    xp_reward: int = Field(description="XP for completing it.", examples=[20])


class QuestsResponse(View):
    date: Date = _DATE
    quests: list[QuestItem] = Field(description="Three quests, made from what the learner is weak at.")
    resets_at: datetime = Field(
        description="The learner's next midnight, when new quests come.", examples=["2026-03-03T00:00:00Z"]
    )


class Period(Body):
    """Days in the learner's zone, both included."""

    since: Day | None = Field(None, alias="from", description="First day.", examples=["2026-02-01"])
    until: Day | None = Field(None, alias="to", description="Last day; today when left out.", examples=["2026-03-02"])


class LearningTimeDay(View):
    date: Date = _DATE
    seconds: int = Field(description="Seconds learned on that day.", examples=[1260])


class LearningTimeKinds(View):
    conversation: int = Field(description="Seconds in conversations.", examples=[600])
    english: int = Field(description="Seconds in lessons and tasks.", examples=[2400])
    live: int = Field(description="Seconds in live voice sessions.", examples=[1800])


class LearningTimeAnalyticsResponse(View):
    total_seconds: int = Field(description="Seconds learned in the period.", examples=[4800])
    by_day: list[LearningTimeDay] = Field(description="Every day of the period, in order.")
    by_kind: LearningTimeKinds = Field(
        description="The same seconds by kind of session; an overlap belongs to the one recorded first."
    )


class PhonemeWeek(View):
    week_start: Date = Field(description="The Sunday that began the week.", examples=["2026-02-22"])
    attempts: int = Field(description="Times the phoneme was said and scored.", examples=[18])
    mean: float = Field(description="Mean score, 0 to 100.", examples=[58.5])


class PhonemeAccuracy(View):
    phoneme: str = _PHONEME
    ipa: str = _IPA
    attempts: int = Field(description="Times it was said and scored in the period.", examples=[64])
    mean: float = Field(description="Mean score in the period, 0 to 100.", examples=[61.2])
    trend: float | None = Field(
        description="Points gained (or lost) a week, by least squares; null with a single week.", examples=[2.4]
    )
    by_week: list[PhonemeWeek] = Field(description="Weeks with attempts, in order.")


class PhonemeAnalyticsResponse(View):
    phonemes: list[PhonemeAccuracy] = Field(description="Phonemes that were said, the lowest mean first.")


class TokenSpendRequest(Body):
    item: Literal["freeze", "booster"] = Field(
        description="`freeze` (10 tokens) covers a missed day; `booster` (15 tokens) doubles XP for 15 minutes.",
        examples=["freeze"],
    )


class TokenSpendResponse(View):
    item: Literal["freeze", "booster"] = Field(description="What was bought.", examples=["freeze"])
    tokens: int = Field(description="Tokens left.", examples=[4])
    freezes_available: int = Field(description="Freezes held now.", examples=[2])
    booster: BoosterView | None = Field(description="The running booster; null when none runs.")
