"""Study sessions of a conversation: started, kept alive, ended once, and credited as learning time and XP."""

from datetime import datetime
from typing import Any

from api.conversations import activity, session_store, store
from api.conversations.models import Earned, SessionStatus, StudySession
from api.conversations.ports import LearningTime, Rewards
from kit import errors, ids
from kit.clock import Clock
from kit.database import Connection, Database
from kit.jobs import Jobs

_EXPIRY = "conversations.session_expiry"


class StudySessions:
    """Time that a learner spends in a conversation, from signs of activity."""

    def __init__(self, database: Database, clock: Clock, jobs: Jobs, rewards: Rewards, learning: LearningTime) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        self._rewards = rewards
        self._learning = learning
        jobs.register(_EXPIRY, self._expire)

    async def start(self, owner_id: str, conversation_id: str) -> tuple[StudySession, bool]:
        """The running session, or a new one (True)."""
        async with self._database.transaction() as tx:
            running = await self._running(tx, owner_id, conversation_id)
            if running is not None:
                return running, False
            now, session_id = self._clock.now(), ids.new_id()
            await session_store.insert(tx, id=session_id, conversation_id=conversation_id, owner_id=owner_id, at=now)
            await self._watch(tx, session_id, now)
            return await self._latest(tx, conversation_id), True

    async def activity(
        self, owner_id: str, conversation_id: str, active_seconds: int | None, *, resumed: bool
    ) -> StudySession:
        """Count a sign of life. Failure `not_found` when no session runs."""
        async with self._database.transaction() as tx:
            running = await self._running(tx, owner_id, conversation_id)
            if running is None:
                raise errors.not_found("Running session")
            await self._count(tx, running, active_seconds, resumed=resumed)
            return await self._latest(tx, conversation_id)

    async def end(self, owner_id: str, conversation_id: str) -> StudySession:
        """End the running session; when none runs, the one that ended last. Failure `not_found` when there is none."""
        async with self._database.transaction() as tx:
            running = await self._running(tx, owner_id, conversation_id)
            if running is not None:
                await self._count(tx, running, None, resumed=False)
                await self._close(tx, owner_id, await self._latest(tx, conversation_id), self._clock.now())
            return await self._latest(tx, conversation_id)

    async def status(self, owner_id: str, conversation_id: str) -> tuple[StudySession | None, SessionStatus]:
        """The last session of a conversation, and its state."""
        async with self._database.transaction() as tx:
            await self._running(tx, owner_id, conversation_id)
            latest = await session_store.latest(tx, conversation_id)
        if latest is None:
            return None, "none"
        return latest, self.state(latest)

    def state(self, session: StudySession) -> SessionStatus:
        """Whether the session is active, idle or over."""
        if session.ended_at is not None:
            return "ended"
        return "idle" if self._clock.now() - session.last_activity_at > activity.IDLE_AFTER else "active"

    async def _running(self, tx: Connection, owner_id: str, conversation_id: str) -> StudySession | None:
        """The running session under the conversation's lock; one that was idle too long is ended here."""
        if not await store.lock(tx, owner_id, conversation_id):
            raise errors.not_found("Conversation")
        latest = await session_store.latest(tx, conversation_id)
        if latest is None or latest.ended_at is not None:
            return None
        if self._clock.now() - latest.last_activity_at > activity.ENDED_AFTER:
            await self._close(tx, owner_id, latest, latest.last_activity_at)
            return None
        return latest

    async def _count(self, tx: Connection, session: StudySession, claimed: int | None, *, resumed: bool) -> None:
        now = self._clock.now()
        new = activity.vouched(
            started_at=session.started_at,
            last_activity_at=session.last_activity_at,
            now=now,
            claimed_seconds=claimed,
            resumed=resumed,
        )
        gone, whole = activity.merged(await session_store.intervals(tx, session.id), new)
        await session_store.replace(tx, session.id, gone, whole)
        await session_store.touch(tx, session.id, now)

    async def _close(self, tx: Connection, owner_id: str, session: StudySession, at: datetime) -> None:
        points, key = activity.xp(session.active_seconds), f"conversation:{session.id}"
        intervals = await session_store.intervals(tx, session.id)
        if points:
            spans = [(one.start, one.end) for one in intervals]
            earned = Earned(points, "conversation", key, "Time spent in a conversation", at, spans)
            points = await self._rewards.grant(tx, owner_id, earned)
        for number, one in enumerate(intervals):
            if one.end > one.start:
                await self._learning.record(
                    tx,
                    user_id=owner_id,
                    kind="conversation",
                    started_at=one.start,
                    ended_at=one.end,
                    source_key=f"{key}:{number}",
                )
        await session_store.end(tx, session.id, at, points)

    async def _latest(self, tx: Connection, conversation_id: str) -> StudySession:
        latest = await session_store.latest(tx, conversation_id)
        if latest is None:
            raise errors.not_found("Session")
        return latest

    async def _watch(self, tx: Connection, session_id: str, since: datetime) -> None:
        """Check again when the session could have been idle for too long."""
        due = since + activity.ENDED_AFTER
        await self._jobs.enqueue(
            tx, _EXPIRY, {"session_id": session_id}, key=f"{session_id}:{since.isoformat()}", run_at=due
        )

    async def _expire(self, payload: dict[str, Any]) -> None:
        async with self._database.transaction() as tx:
            place = await session_store.place(tx, payload["session_id"])
            if place is None:
                return
            running = await self._running(tx, *place)
            if running is not None and running.id == payload["session_id"]:
                await self._watch(tx, running.id, running.last_activity_at)
