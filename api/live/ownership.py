"""What the node that runs a session writes: every write carries the fence under which it owns the session."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from api.live import recording_store, store, transcript_store
from api.live.models import Claim, LiveSession, Order, Rows, Scored, Settlement, StoredTurn, TurnScore
from api.live.ports import Nodes, PhonemeLog
from api.live.service import LiveSessions
from kit import errors, ids
from kit.clock import Clock
from kit.database import Connection, Database

_MARGIN = timedelta(seconds=5)


class SessionRepository:
    """Sessions as the nodes that run them read and write them. Every write is under a fence."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        sessions: LiveSessions,
        nodes: Nodes,
        phonemes: PhonemeLog,
    ) -> None:
        self._database = database
        self._clock = clock
        self._people = sessions.ledger.people
        self._ledger = sessions.ledger
        self._sessions = sessions
        self._nodes = nodes
        self._phonemes = phonemes
        self._suspects: dict[str, datetime] = {}

    async def find(self, session_id: str, user_id: str) -> LiveSession:
        """The user's session. Failure `not_found`."""
        async with self._database.connection() as cx:
            session = await store.find(cx, session_id, user_id)
        if session is None:
            raise errors.not_found("Live session")
        return session

    async def start_speaking(
        self, user_id: str, *, language: str, reference_text: str | None, patience_ms: int | None, takeover: bool
    ) -> str:
        """Begin a session of reading aloud; its id."""
        order = Order("speaking", language, reference_text=reference_text, patience_ms=patience_ms)
        return (await self._sessions.start(user_id, order, takeover=takeover)).session.id

    async def start_voice(self, user_id: str, *, language: str, patience_ms: int | None) -> str:
        """Begin a conversation; its id."""
        return (await self._sessions.start(user_id, Order("voice", language, patience_ms=patience_ms))).session.id

    async def owner_of(self, session_id: str) -> str | None:
        """The node that runs the session."""
        async with self._database.connection() as cx:
            return await store.owner_of(cx, session_id)

    async def claim(self, session_id: str, user_id: str, node: str) -> Claim:
        """Become the owner. The one before is refused from now on. Failure `session_ended` when it is over."""
        stretch = await self._nodes.last_stretch(session_id)
        async with self._database.transaction() as tx:
            now = self._clock.now()
            session = await store.claim(tx, session_id, user_id, node, now)
            if session is None:
                raise errors.conflict("session_ended", "This live session has ended.")
            await self._ledger.catch_up(tx, session, stretch)
            turns = await transcript_store.turns_of_session(tx, session_id)
            _, remaining = await self._ledger.left(tx, session, now)
            recorded = await self._ledger.recorded(tx, session)
            current = await store.find(tx, session_id, user_id)
            assert current is not None
            return Claim(current, turns, recorded, remaining)

    async def write(self, session_id: str, fence: int, rows: Rows) -> tuple[timedelta, timedelta] | None:
        """Store `rows`, all or none; storing the same ones again changes nothing. Returns, with stretches of use, what
        the session has used by then and what may still be billed beyond it."""
        async with self._database.transaction() as tx:
            session = await self._own(tx, session_id, fence, rows)
            if rows.turns:
                transcript_id = await transcript_store.open_for(tx, session, ids.new_id(), self._clock.now())
                await transcript_store.add_turns(tx, transcript_id, [StoredTurn.of(turn) for turn in rows.turns])
            if rows.scores:
                await self._score(tx, session, rows.scores)
            if rows.sound:
                await recording_store.add(tx, session_id, fence, rows.sound, self._clock.now())
            if not rows.stretches:
                return None
            await store.add_intervals(tx, session_id, fence, [span for span in rows.stretches if span[1] > span[0]])
            return await self._ledger.left(tx, session, self._clock.now())

    async def _own(self, tx: Connection, session_id: str, fence: int, rows: Rows) -> LiveSession:
        """The session's row, locked, with its progress. Failures `session_moved`, `session_ended`."""
        session: LiveSession | None
        if rows.progress is not None:
            lived_at = max((end for _, end in rows.stretches), default=None)
            session = await store.advance(tx, session_id, fence, rows.progress, lived_at, self._clock.now())
        else:
            session = await store.lock(tx, session_id)
        if session is None or session.fence != fence or session.ended_at is not None:
            raise await _lost(tx, session_id)
        return session

    async def _score(self, tx: Connection, session: LiveSession, scores: Sequence[TurnScore]) -> None:
        await transcript_store.set_pronunciations(tx, session.id, scores)
        reports = [Scored(one.at, one.pronunciation, f"live:{session.id}:{one.turn_id}") for one in scores]
        await self._phonemes.record_all(tx, user_id=session.user_id, reports=reports)

    async def set_patience(self, session_id: str, fence: int, patience_ms: int | None) -> None:
        """Store how long a silence ends a turn, in ms. Failure for an owner that was replaced."""
        async with self._database.transaction() as tx:
            if not await store.set_patience(tx, session_id, fence, patience_ms):
                raise await _lost(tx, session_id)

    async def settle(self, session_id: str, fence: int, *, reason: str, ended_at: datetime) -> Settlement:
        """Settle the session. Called again, or after another node did it: the same settlement."""
        async with self._database.transaction() as tx:
            found = await store.lock(tx, session_id)
            if found is None:
                raise await _lost(tx, session_id)
            if found.ended_at is not None:
                return await self._ledger.settled(tx, found)
            if found.fence != fence:
                raise await _lost(tx, session_id)
        async with self._database.transaction() as tx:
            await self._people.lock_plan(tx, found.user_id)
            session = await store.lock(tx, session_id)
            if session is None or (session.ended_at is None and session.fence != fence):
                raise await _lost(tx, session_id)
            if session.ended_at is not None:
                return await self._ledger.settled(tx, session)
            return await self._ledger.settle(tx, session, reason, ended_at)

    async def abandon(self, session_id: str, user_id: str) -> None:
        """End a session that could not begin."""
        await self._sessions.close(await self.find(session_id, user_id), "unavailable")

    async def settlement(self, session_id: str, user_id: str) -> tuple[Settlement, list[StoredTurn]]:
        """How a session that is over ended, and what was said."""
        async with self._database.transaction() as tx:
            session = await store.find(tx, session_id, user_id)
            if session is None:
                raise errors.not_found("Live session")
            turns = await transcript_store.turns_of_session(tx, session_id)
            return await self._ledger.settled(tx, session), turns

    async def sweep(self) -> int:
        """End sessions without signs of life. Only those seen silent twice in a row: an owner that could not write for
        a while (PostgreSQL was away) gets the time to do so. Returns how many were ended."""
        rules = self._ledger.rules
        before = self._clock.now() - rules.silence - rules.grace - _MARGIN
        async with self._database.connection() as cx:
            silent = {session_id: (user, seen) for session_id, user, seen in await store.silent_since(cx, before)}
        again = [session_id for session_id, (_, seen) in silent.items() if self._suspects.get(session_id) == seen]
        self._suspects = {session_id: seen for session_id, (_, seen) in silent.items() if session_id not in again}
        for session_id in again:
            await self._sessions.close(await self.find(session_id, silent[session_id][0]), "timeout")
        return len(again)


async def _lost(tx: Connection, session_id: str) -> errors.Failure:
    session = await store.lock(tx, session_id)
    if session is None or session.ended_at is not None:
        return errors.conflict("session_ended", "This live session has ended.")
    return errors.conflict("session_moved", "This session is run by another node now.")
