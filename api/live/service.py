"""Use cases of live sessions that people and their servers call: quota, start, heartbeat, end, nickname."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from api.live import quota, store
from api.live.ledger import MinuteLedger, exhausted
from api.live.models import LiveSession, Order, Reservation, Settlement
from api.live.ports import Nodes, Threads, Tickets
from kit import errors, ids
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Started:
    """A session that began, and the seconds that are left."""

    session: LiveSession
    remaining_seconds: int


@dataclass(frozen=True, slots=True)
class Beat:
    """What a heartbeat gets back."""

    session_id: str
    status: str
    used_seconds: int
    remaining_seconds: int
    expires_at: datetime
    limited_by: str


class LiveSessions:
    """Live sessions by REST: quota, start, heartbeat, end."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        threads: Threads,
        ledger: MinuteLedger,
        nodes: Nodes,
        tickets: Tickets,
    ) -> None:
        self._database = database
        self._clock = clock
        self._people = ledger.people
        self._threads = threads
        self.ledger = ledger
        self._nodes = nodes
        self._tickets = tickets
        self.rules = ledger.rules

    async def balance(self, user_id: str) -> quota.Balance:
        """Minutes of the month, used and left."""
        async with self._database.transaction() as tx:
            plan = await self._people.plan(tx, user_id) or ""
            return await self.ledger.balance(tx, user_id, plan, self._clock.now())

    async def start_with_ticket(self, caller: Caller, order: Order, *, takeover: bool = False) -> tuple[Started, str]:
        """As `start`, and what opens one realtime connection. The ticket is made first: if that fails, no minutes are
        reserved and no session has ended."""
        session_id = ids.new_id()
        self._nodes.admit()
        ticket = await self._tickets.issue(session_id, caller)
        return await self.start(caller.user_id, order, takeover=takeover, session_id=session_id), ticket

    async def start(
        self, user_id: str, order: Order, *, takeover: bool = False, session_id: str | None = None
    ) -> Started:
        """Reserve minutes and begin. Failure `live_quota_exceeded`, or `session_active` unless `takeover`."""
        self._nodes.admit()
        session_id = session_id or ids.new_id()
        try:
            return await self._begin(session_id, user_id, order, takeover=takeover)
        except errors.Failure as failure:
            if failure.kind is errors.Kind.UNAVAILABLE:  # the commit may have happened, and only its answer was lost
                self._nodes.forget(session_id, user_id)
            raise

    async def _begin(self, session_id: str, user_id: str, order: Order, *, takeover: bool) -> Started:
        if takeover and (other := await self._running(user_id)) is not None:
            await self._nodes.end(other.id, "taken_over")
            await self.close(other, "taken_over")
        async with self._database.transaction() as tx:
            now = self._clock.now()
            plan = await self._people.lock_plan(tx, user_id)
            if plan is None:
                raise errors.not_found("User")
            if order.conversation_id and not await self._threads.owned(tx, user_id, order.conversation_id):
                raise errors.not_found("Conversation")
            await self._make_room(tx, user_id, takeover, now)
            balance = await self.ledger.balance(tx, user_id, plan, now)
            seconds = quota.admit(balance, self.rules.longest_s)
            if seconds == 0:
                raise exhausted(balance, now)
            reserved = Reservation(seconds, now + timedelta(seconds=self.rules.longest_s))
            session = await store.insert(tx, session_id, user_id, order, reserved, now)
            return Started(session, seconds)

    async def heartbeat(self, user_id: str, session_id: str) -> Beat:
        """A sign of life. 404 once the session has ended; the one that finds the quota used up ends it."""
        async with self._database.connection() as cx:
            session = await store.find(cx, session_id, user_id)
        if session is None or session.ended_at is not None:
            raise errors.not_found("Live session")
        noted = await self._nodes.sign(session_id)  # only now the session is known to be the caller's
        beat = await self._beat(user_id, session_id, noted=noted)
        if beat.remaining_seconds > 0:
            return beat
        await self.end(user_id, session_id, beat.limited_by)
        return replace(beat, status="ended")

    async def _beat(self, user_id: str, session_id: str, *, noted: bool) -> Beat:
        """`noted`: the owner recorded the sign of life itself, and knows better which stretch it belongs to."""
        async with self._database.transaction() as tx:
            now = self._clock.now()
            await self._people.lock_plan(tx, user_id)
            session = await store.lock(tx, session_id)
            if session is None or session.user_id != user_id or session.ended_at is not None:
                raise errors.not_found("Live session")
            span = quota.bridged(session.last_sign_at, now, self.rules.silence)
            if span is not None and not noted:
                await store.add_intervals(tx, session.id, session.fence, [span])
            await store.note_sign(tx, session.id, now)
            recorded, left = await self.ledger.left(tx, session, now)
            expires_at = min(session.limit_at, now + left)
            remaining = max(0, int((expires_at - now).total_seconds()))
            why = "quota" if now + left < session.limit_at else "limit"
            return Beat(session.id, "active", quota.seconds(recorded), remaining, expires_at, why)

    async def end(self, user_id: str, session_id: str, reason: str | None) -> Settlement:
        """End the session. The second call gets the same answer."""
        async with self._database.connection() as cx:
            session = await store.find(cx, session_id, user_id)
        if session is None:
            raise errors.not_found("Live session")
        if session.ended_at is None and session.owner is not None:
            await self._nodes.end(session_id, reason or "client")
        return await self.close(session, reason or "client")

    async def close(self, session: LiveSession, reason: str) -> Settlement:
        """Settle without asking the owner, whose later writes are refused."""
        stretch = await self._nodes.last_stretch(session.id)
        async with self._database.transaction() as tx:
            await self._people.lock_plan(tx, session.user_id)
            current = await store.lock(tx, session.id)
            if current is None:
                raise errors.not_found("Live session")
            if current.ended_at is not None:
                return await self.ledger.settled(tx, current)
            settled = await self._settle_to(tx, current, stretch, reason)
        await self._nodes.closed(session.id, settled.session.fence)
        return settled

    async def set_nickname(self, user_id: str, nickname: str) -> None:
        """The name by which the tutor calls the learner."""
        async with self._database.transaction() as tx:
            await self._people.set_nickname(tx, user_id, nickname, self._clock.now())

    async def _running(self, user_id: str) -> LiveSession | None:
        async with self._database.connection() as cx:
            return await store.running(cx, user_id)

    async def _make_room(self, tx: Connection, user_id: str, takeover: bool, now: datetime) -> None:
        other = await store.running(tx, user_id)
        other = await store.lock(tx, other.id) if other is not None else None
        if other is None or other.ended_at is not None:
            return
        forgotten = now - other.seen_at > self.rules.silence + self.rules.grace
        if not takeover and not forgotten:
            raise errors.conflict(
                "session_active", "Another live session is running. Set takeover to end it.", session_id=other.id
            )
        await self._settle_to(tx, other, None, "taken_over" if takeover else "timeout")

    async def _settle_to(
        self, tx: Connection, session: LiveSession, stretch: quota.Span | None, reason: str
    ) -> Settlement:
        """Bill to the last sign of life, also to one that the owner did not store."""
        await self.ledger.catch_up(tx, session, stretch)
        return await self.ledger.settle(tx, session, reason, self._clock.now())
