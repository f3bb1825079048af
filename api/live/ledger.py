"""The ledger of minutes: what a person has left, and how a session is settled, in the caller's transaction."""

from datetime import datetime, timedelta

from api.live import announcing, quota, store, transcript_store
from api.live.models import Earned, LiveSession, Rules, Settlement
from api.live.ports import Announcements, LearningTime, People, Rewards
from kit import errors
from kit.database import Connection

_XP_SECONDS = 30  # half a minute is worth one XP


class MinuteLedger:
    """Seconds of sessions: what is used, what is left, and what is settled."""

    def __init__(
        self,
        rules: Rules,
        people: People,
        rewards: Rewards,
        learning_time: LearningTime,
        announcements: Announcements,
    ) -> None:
        self.rules = rules
        self.people = people
        self._rewards = rewards
        self._learning_time = learning_time
        self._announcements = announcements

    async def balance(self, tx: Connection, user_id: str, plan: str, now: datetime) -> quota.Balance:
        """The person's month, with what the running session has used so far."""
        period = quota.period_of(now)
        used = await store.settled_seconds(tx, user_id, period.start)
        reserved = 0
        if (session := await store.running(tx, user_id)) is not None:
            spent = quota.shares(await store.covered(tx, session.id), *_sound(session))
            used += spent.get(period.start, 0)
            reserved = max(0, session.reserved_seconds - sum(spent.values()))
        limit = quota.limit_of(plan, self.rules.plans)
        return quota.Balance(plan, limit, used, min(reserved, max(0, limit - used)), period)

    async def left(self, tx: Connection, session: LiveSession, now: datetime) -> tuple[timedelta, timedelta]:
        """What `session` has used, and what may still be billed to it: exact, without rounding. When that is little, it
        is announced."""
        parts = quota.use(await store.covered(tx, session.id), *_sound(session))
        period = quota.period_of(now)
        mine = parts.get(period.start, timedelta(0))
        used = timedelta(seconds=await store.settled_seconds(tx, session.user_id, period.start)) + mine
        plan = await self.people.plan(tx, session.user_id)
        limit_s = quota.limit_of(plan or "", self.rules.plans)
        left = max(timedelta(0), timedelta(seconds=limit_s) - used)
        await announcing.low(tx, self._announcements, session, limit_s, left, now)
        return sum(parts.values(), timedelta(0)), left

    async def recorded(self, tx: Connection, session: LiveSession) -> timedelta:
        """How long it was in use, not counting sound."""
        return sum((end - start for start, end in await store.covered(tx, session.id)), timedelta(0))

    async def catch_up(self, tx: Connection, session: LiveSession, stretch: quota.Span | None) -> None:
        """Store what the owner noted outside the database before it went. Twice does no harm."""
        if stretch is None:
            return
        if stretch[1] > stretch[0]:
            await store.add_intervals(tx, session.id, session.fence, [stretch])
        await store.note_sign(tx, session.id, stretch[1])

    async def settle(self, tx: Connection, session: LiveSession, reason: str, ended_at: datetime) -> Settlement:
        """Close a running session whose user's row and own row are locked: bill, reward, and refuse later writes."""
        await self.left(tx, session, ended_at)
        spans = await store.covered(tx, session.id)
        shares = quota.shares(spans, *_sound(session))
        billed = sum(shares.values())
        await store.add_usage(tx, session, shares, ended_at)
        xp = await self._reward(tx, session, billed, spans, ended_at)
        await self._learned(tx, session, spans)
        ended_at = max(ended_at, session.started_at)
        closed = await store.close(tx, session.id, ended_at, reason, billed, xp)
        transcript_id = await transcript_store.finish(tx, session.id, ended_at)
        settled = Settlement(closed, billed, transcript_id, xp)
        await announcing.ended(tx, self._announcements, settled)
        return settled

    async def settled(self, tx: Connection, session: LiveSession) -> Settlement:
        """The settlement of a session that has ended."""
        transcript_id = await transcript_store.of_session(tx, session.id)
        return Settlement(session, session.billed_seconds or 0, transcript_id, session.xp_awarded or 0)

    async def _reward(
        self, tx: Connection, session: LiveSession, billed: int, spans: list[quota.Span], at: datetime
    ) -> int:
        if (amount := billed // _XP_SECONDS) == 0:
            return 0
        earned = Earned(amount, "live", f"live:{session.id}", "Talked in a live session", at, spans)
        return await self._rewards.grant(tx, session.user_id, earned)

    async def _learned(self, tx: Connection, session: LiveSession, spans: list[quota.Span]) -> None:
        for number, (start, end) in enumerate(spans):
            await self._learning_time.record(
                tx,
                user_id=session.user_id,
                kind="live",
                started_at=start,
                ended_at=end,
                source_key=f"live:{session.id}:{number}",
            )


def _sound(session: LiveSession) -> tuple[timedelta, datetime]:
    """How much it heard, and when it was last in use."""
    return timedelta(milliseconds=session.heard_ms), session.last_sign_at or session.started_at


def exhausted(balance: quota.Balance, now: datetime) -> errors.Failure:
    """The documented refusal."""
    return errors.limited(
        "live_quota_exceeded",
        "The live minutes of this month are used up.",
        retry_after=max(1.0, (balance.period.end - now).total_seconds()),
        plan=balance.plan,
        limit_seconds=balance.limit_s,
        used_seconds=balance.used_s,
        resets_at=balance.period.end.isoformat().replace("+00:00", "Z"),
    )
