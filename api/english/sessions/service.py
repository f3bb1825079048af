"""Use cases of learning sessions and their transcripts."""

from dataclasses import replace
from datetime import datetime, timedelta

from api.english.models import Session, TranscriptEntry
from api.english.modules import worth
from api.english.modules.service import Modules
from api.english.ports import Earned, LearningTime, Rewards
from api.english.schemas.practice import (
    XELSessionEndResponse,
    XELSessionStartRequest,
    XELSessionStartResponse,
    XELTranscriptItem,
    XELTranscriptList,
    XELTranscriptSaveRequest,
    XELTranscriptSaveResponse,
)
from api.english.sessions import store as session_store
from kit import errors, ids, paging
from kit.clock import Clock
from kit.database import Connection, Database
from kit.http.wire import Paging

# A learner who leaves without ending the session is counted until shortly after the last activity.
GRACE = timedelta(minutes=5)
IDLE = timedelta(hours=1)
_SWEEP = 100


class Sessions:
    """Learning sessions: time and tasks at one sitting."""

    def __init__(
        self, database: Database, clock: Clock, modules: Modules, rewards: Rewards, learning_time: LearningTime
    ) -> None:
        self._database = database
        self._clock = clock
        self._modules = modules
        self._rewards = rewards
        self._learning_time = learning_time

    async def start(self, user_id: str, body: XELSessionStartRequest) -> XELSessionStartResponse:
        """A new session; one that is still open is ended first. Failure `not_found` for an unknown module."""
        if body.module_id is not None:
            async with self._database.connection() as cx:
                await self._modules.shelf.module(cx, user_id, body.module_id)
        now = self._clock.now()
        session = Session(ids.new_id(), user_id, body.module_id, body.kind, now, now, None, 0, 0)
        async with self._database.transaction() as tx:
            for forgotten in await session_store.open_ones(tx, user_id):
                await self._end(tx, forgotten, now)
            await session_store.add(tx, session)
        return XELSessionStartResponse(session_id=session.id, started_at=now)

    async def end(self, user_id: str, session_id: str) -> XELSessionEndResponse:
        """The same answer every time. Failure `not_found` for another learner's session."""
        async with self._database.transaction() as tx:
            session = await self._own(tx, user_id, session_id)
            if session.ended_at is None:
                session = await self._end(tx, session, self._clock.now())
        return _ended(session)

    async def sweep(self) -> None:
        """End sessions that were left open."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            for session in await session_store.idle(tx, now - IDLE, _SWEEP):
                await self._end(tx, session, now)

    async def save(self, user_id: str, body: XELTranscriptSaveRequest) -> XELTranscriptSaveResponse:
        """Add an entry, also after the end: clients send the last ones late."""
        now = self._clock.now()
        entry = TranscriptEntry(ids.new_id(), body.role, body.text, body.timestamp or now, body.pronunciation)
        async with self._database.transaction() as tx:
            session = await self._own(tx, user_id, body.session_id)
            await session_store.add_entry(tx, session.id, user_id, entry)
            if session.ended_at is None:
                await session_store.note_activity(tx, session.id, now)
        return XELTranscriptSaveResponse(id=entry.id, session_id=session.id)

    async def transcripts(self, user_id: str, session_id: str, query: Paging) -> XELTranscriptList:
        """What was said in the session, in order."""
        after = paging.place_in(query.cursor)
        async with self._database.transaction() as tx:
            await self._own(tx, user_id, session_id)
            found = await session_store.entries(tx, session_id, query.limit + 1, after)
        page = found[: query.limit]
        more = len(found) > len(page)
        return XELTranscriptList(
            items=[
                XELTranscriptItem(
                    id=one.id, role=one.role, text=one.text, timestamp=one.spoken_at, pronunciation=one.pronunciation
                )
                for one in page
            ],
            next_cursor=paging.of_place(page[-1].spoken_at, page[-1].id) if more else None,
        )

    async def _own(self, tx: Connection, user_id: str, session_id: str) -> Session:
        session = await session_store.locked(tx, user_id, session_id)
        if session is None:
            raise errors.not_found("Session")
        return session

    async def _end(self, tx: Connection, session: Session, now: datetime) -> Session:
        ended_at = min(now, session.active_at + GRACE)
        seconds = int((ended_at - session.started_at).total_seconds())
        await self._learning_time.record(
            tx,
            user_id=session.user_id,
            kind="english",
            started_at=session.started_at,
            ended_at=ended_at,
            source_key=f"english-session:{session.id}",
        )
        xp = 0
        if amount := worth.session(seconds, session.tasks_done):
            spans, key = [(session.started_at, ended_at)], f"english-session:{session.id}"
            earned = Earned(amount, "session", key, "A good learning session", ended_at, spans)
            xp = await self._rewards.grant(tx, session.user_id, earned)
        await session_store.end(tx, session.id, ended_at, xp)
        return replace(session, ended_at=ended_at, xp_awarded=session.xp_awarded + xp)


def _ended(session: Session) -> XELSessionEndResponse:
    assert session.ended_at is not None
    return XELSessionEndResponse(
        session_id=session.id,
        ended_at=session.ended_at,
        duration_seconds=int((session.ended_at - session.started_at).total_seconds()),
        tasks_done=session.tasks_done,
        xp_awarded=session.xp_awarded,
    )
