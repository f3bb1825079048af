"""Profile and analytics over HTTP."""

from typing import Any

from api.progress import levels, phonemes, render
from api.progress.schemas import (
    LearningPulseResponse,
    LearningTimeAnalyticsResponse,
    Period,
    PhonemeAnalyticsResponse,
    PublicXPProfileResponse,
    QuestsResponse,
    StreakStatusResponse,
    TokenSpendRequest,
    TokenSpendResponse,
    WeeklyActivityResponse,
    XPProfileResponse,
)
from api.progress.service import Progress
from api.progress.shop import Shop
from kit.http.operation import Access, Call, Operation

TAG = "Profile & Analytics"


class ProgressRoutes:
    """The operations of progress."""

    def __init__(self, progress: Progress, shop: Shop) -> None:
        self._progress = progress
        self._shop = shop

    def operations(self) -> list[Operation]:
        mine: dict[str, Any] = {"tag": TAG, "access": Access.BEARER_OR_KEY, "scope": "xp:read"}
        time: dict[str, Any] = {**mine, "scope": "conversations:read"}
        xp = "/api/xp"
        return [
            Operation("GET", f"{xp}/profile", self.profile, "Get my XP profile", **mine),
            Operation(
                "GET",
                f"{xp}/public-profile/{{username}}",
                self.public_profile,
                "Get a user's public profile",
                TAG,
                Access.PUBLIC,
                errors=(404,),
            ),
            Operation("GET", f"{xp}/streak-status", self.streak, "Get streak status", **mine),
            Operation("GET", f"{xp}/weekly-activity", self.week, "Get weekly XP activity", **mine),
            Operation("GET", f"{xp}/learning-pulse", self.pulse, "Get learning pulse (365-day heatmap)", **mine),
            Operation("GET", f"{xp}/quests", self.quests, "Get daily quests", **mine),
            Operation("GET", "/api/analytics/learning-time", self.time, "Get learning time analytics", **time),
            Operation(
                "GET", "/api/analytics/phonemes", self.phonemes, "Get accuracy by phoneme over time", added=True, **mine
            ),
            Operation(
                "POST",
                f"{xp}/tokens/spend",
                self.spend,
                "Spend tokens on a freeze or booster",
                TAG,
                Access.BEARER,
                errors=(409,),
                idempotent=True,
                added=True,
            ),
        ]

    async def profile(self, call: Call) -> XPProfileResponse:
        """Level, XP, streak, tokens, the running booster and what was done today."""
        return render.profile(await self._progress.profile(call.caller.user_id))

    async def public_profile(self, call: Call, username: str) -> PublicXPProfileResponse:
        """The public profile of a learner: no e-mail address, no real name, no ids, no tokens."""
        person, xp_total, streak = await self._progress.public_profile(username)
        return PublicXPProfileResponse(
            username=person.username,
            display_name=person.nickname or person.username,
            avatar_url=person.avatar_url,
            level=levels.level_of(xp_total),
            xp_total=xp_total,
            current_streak=streak.current,
            longest_streak=streak.longest,
            member_since=person.created_at.date(),
        )

    async def streak(self, call: Call) -> StreakStatusResponse:
        """The streak and the freezes that protect it.

        A day counts when XP were earned on it, in the zone the learner had at that moment. Every seventh day of a
        streak earns a freeze, two can be held, and each covers one missed day by itself.
        """
        return render.streak(await self._progress.streak(call.caller.user_id))

    async def week(self, call: Call) -> WeeklyActivityResponse:
        """XP by day for this week, Sunday to Saturday in the learner's zone."""
        return render.week(*await self._progress.week(call.caller.user_id))

    async def pulse(self, call: Call) -> LearningPulseResponse:
        """XP and seconds of the last 365 days, each with a shade from 0 to 4."""
        return render.pulse(await self._progress.pulse(call.caller.user_id))

    async def quests(self, call: Call) -> QuestsResponse:
        """Today's three quests, with progress. They are chosen from the learner's weak points once a day."""
        return render.quests(await self._progress.quests(call.caller.user_id))

    async def time(self, call: Call, query: Period) -> LearningTimeAnalyticsResponse:
        """Seconds learned by day and by kind of session, for at most 1100 days; the last 30 by default.

        Time in which two sessions ran at once is counted once.
        """
        return render.learning_time(await self._progress.learning_time(call.caller.user_id, query.since, query.until))

    async def phonemes(self, call: Call, query: Period) -> PhonemeAnalyticsResponse:
        """How well each phoneme is said, by week, from every scored word; the last 12 weeks by default."""
        found: dict[str, list[phonemes.Week]] = await self._progress.phonemes(
            call.caller.user_id, query.since, query.until
        )
        return render.phonemes(found)

    async def spend(self, call: Call, body: TokenSpendRequest) -> TokenSpendResponse:
        """Buy a streak freeze (10 tokens) or a booster (15 tokens, double XP for 15 minutes).

        Tokens come with levels (5 each) and quests (1 each). 409 `not_enough_tokens`, `freezes_full` or `booster_full`.
        """
        wallet, freezes = await self._shop.buy(call.caller.user_id, body.item)
        return TokenSpendResponse(
            item=body.item, tokens=wallet.tokens, freezes_available=freezes, booster=render.booster(wallet.booster)
        )
