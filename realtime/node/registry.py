"""The sessions that this node runs: joining, taking over, letting go."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kit import errors, logs
from kit.clock import Clock
from kit.errors import Failure, Kind
from kit.redis import Away, Redis
from kit.tasks import Tasks
from realtime import ports, wire
from realtime.node import log as event_log
from realtime.node import takeover
from realtime.node.bus import Bus
from realtime.node.driver import Driver
from realtime.node.leases import Held, Leases
from realtime.node.log import EventLog
from realtime.node.outbox import Client
from realtime.node.stage import SessionStage
from realtime.reply.microphone import Keep, Microphone
from realtime.reply.tutoring import Tutoring
from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.machine import Terms

_RELEASE_SECONDS = 0.7
_FORGET_SECONDS = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)  # longer, and it has timed out by itself
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Rules:
    silence_s: float = 15.0
    grace_s: float = 120.0
    heartbeat_s: float = 5.0

    def terms(self) -> Terms:
        return Terms(limit_ms=0, silence_ms=round(self.silence_s * 1000), grace_ms=round(self.grace_s * 1000))


@dataclass(frozen=True, slots=True)
class Joined:
    ack: wire.JoinAck
    driver: Driver | None


@dataclass
class Registry:
    """`book` is set by whoever puts the parts together: the books ask the nodes, too."""

    node: str
    listening: ports.Listening
    redis: Redis
    bus: Bus
    leases: Leases
    tasks: Tasks
    clock: Clock
    tutoring: Tutoring | None = None
    pauses: ports.Pauses | None = None
    rules: Rules = field(default_factory=Rules)
    draining: bool = False
    degraded: bool = False
    book: ports.SessionBook = field(init=False)
    drivers: dict[str, Driver] = field(default_factory=dict)
    _joining: dict[str, asyncio.Lock] = field(default_factory=dict)

    def admit(self, resumed: bool = False) -> None:
        """Failure `unavailable` when one more session would harm those that run. Resumed ones find more room."""
        room = self.listening.room()
        spare = 1.25 if resumed else 1.0
        if self.draining:
            raise _stopping()
        if self.degraded and not resumed:
            raise errors.unavailable("unavailable", "Sessions cannot be started right now. Try again shortly.", 3)
        if room.full or len(self.drivers) >= room.sessions_max * spare:
            raise errors.unavailable("unavailable", "All places are taken. Try again shortly.", room.retry_after)

    async def media(self, session_id: str, user_id: str) -> Driver:
        """The running session, for sound that comes without a client. Failure `not_found`, `session_ended`,
        `unavailable`."""
        async with self._alone(session_id):
            return await self._driver(session_id, user_id)

    async def join(self, session_id: str, user_id: str, client: Client, last_seq: int | None) -> Joined:
        """Attach `client`, wherever the session was before. Failure `not_found`, `unavailable`."""
        async with self._alone(session_id):
            return await self._join(session_id, user_id, client, last_seq)

    @contextlib.asynccontextmanager
    async def _alone(self, session_id: str) -> AsyncIterator[None]:
        """Nobody else joins the session meanwhile: it is taken over once."""
        lock = self._joining.setdefault(session_id, asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked():
                self._joining.pop(session_id, None)

    async def _join(self, session_id: str, user_id: str, client: Client, last_seq: int | None) -> Joined:
        if not client.alive:  # it waited long, and has come back another way: do not take the session from there
            raise errors.conflict("replaced", "This connection has broken.")
        driver = self.drivers.get(session_id)
        if driver is None or driver.session.user_id != user_id:
            session = await self.book.find(session_id, user_id)
            if session.ended_at is not None:
                return await self._join_ended(session, client, last_seq or 0)
            driver = await self._take_over(session)
        welcome = await driver.attach(client, last_seq)
        machine = driver.machine
        return Joined(
            wire.JoinAck(
                session_id=session_id,
                status=machine.status,
                seq=welcome.seq,
                audio_seq=machine.audio.last_seq,
                replayed=welcome.missed,
                snapshot=welcome.snapshot,
                remaining_seconds=driver.remaining_seconds,
                heartbeat_interval_seconds=self.rules.heartbeat_s,
                voice="server" if driver.tutor is not None and driver.tutor.voiced else "client",
            ),
            driver,
        )

    async def _driver(self, session_id: str, user_id: str) -> Driver:
        driver = self.drivers.get(session_id)
        if driver is None or driver.session.user_id != user_id:
            session = await self.book.find(session_id, user_id)
            if session.ended_at is not None:
                raise errors.conflict("session_ended", "This live session has ended.")
            driver = await self._take_over(session)
        return driver

    async def _take_over(self, session: ports.Session) -> Driver:
        self.admit(resumed=session.fence > 0)
        if session.owner not in (None, self.node):
            await self.bus.ask(str(session.owner), "release", session.id, _RELEASE_SECONDS)
        claim = await self.book.claim(session.id, session.user_id, self.node)
        fence = claim.session.fence
        try:
            await self.leases.renew([Held(session.id, fence, None)])
        except Away:
            _log.warning("lease_not_noted", session_id=session.id)
        entries = await event_log.read(self.redis, session.id) if fence > 1 else []
        clock_ms = self._session_clock(claim.session)
        tutored = self.tutoring is not None and claim.session.kind != "speaking"
        rebuilt = takeover.rebuild(claim, entries or [], self.rules.terms(), clock_ms(), tutor=tutored)
        log = EventLog(self.redis, session.id, fence, last_seq=rebuilt.last_seq)
        log.adopt(entries or [])
        driver = Driver(claim.session, rebuilt.machine, log, self.book, self.tasks, clock_ms, self._gone)
        driver.turns = takeover.snapshot_turns(claim.turns)
        pauses = await self._pauses(claim.session.user_id)
        ears = await self.listening.open(self._wanted(claim.session, rebuilt.first_turn, pauses), driver.spoke)
        microphone = Microphone(ears, self._keeping(claim.session.user_id, pauses))
        driver.ears = microphone
        try:
            if self.draining:  # since it was asked: whoever comes next finds the session as this node leaves it
                raise _stopping()
            if self.tutoring is not None and tutored:
                driver.tutor = self.tutoring.open(claim.session, SessionStage(driver, microphone))
            driver.say(self._news(rebuilt))
        except BaseException:
            await microphone.close()
            raise
        self.drivers[session.id] = driver
        driver.start()
        return driver

    def _news(self, rebuilt: takeover.Rebuilt) -> list[do.Emit]:
        news = [do.Emit(name, payload) for name, payload in rebuilt.unsent]
        if rebuilt.void_turn_ids:
            state = wire.SessionState(status=rebuilt.machine.status, void_turn_ids=rebuilt.void_turn_ids)
            news.append(do.Emit("session.state", state))
        return news

    async def _pauses(self, user_id: str) -> tuple[int, ...]:
        if self.pauses is None:
            return ()
        try:
            return await self.pauses.load(user_id)
        except Failure as failure:
            _log.warning("pauses_not_read", reason=failure.code)
            return ()

    def _keeping(self, user_id: str, before: tuple[int, ...]) -> Keep:
        async def keep(pauses: Sequence[int]) -> None:
            if self.pauses is None or tuple(pauses) == before:
                return
            try:
                await self.pauses.keep(user_id, pauses)
            except Failure as failure:
                _log.warning("pauses_not_kept", reason=failure.code)

        return keep

    def _wanted(self, session: ports.Session, first_turn: int, pauses: tuple[int, ...]) -> ports.EarsWanted:
        return ports.EarsWanted(
            session.id, session.language, session.reference_text, session.patience_ms, first_turn, session.audio_ms,
            pauses,
        )  # fmt: skip

    def _session_clock(self, session: ports.Session) -> Callable[[], int]:
        """Milliseconds since 1970, never stepping and never before the session's last sign of life."""
        start = self.clock.now()
        if session.last_sign_at is not None:
            start = max(start, session.last_sign_at)
        base = start.timestamp() - self.clock.monotonic()
        return lambda: round((base + self.clock.monotonic()) * 1000)

    async def _join_ended(self, session: ports.Session, client: Client, last_seq: int) -> Joined:
        """The end may have come while the client was away: it gets what it missed, up to session.ended."""
        settlement, turns = await self.book.settlement(session.id, session.user_id)
        entries = await event_log.read(self.redis, session.id) or []
        log = EventLog(self.redis, session.id, session.fence, last_seq=max(session.last_seq, last_seq))
        log.adopt(entries)
        at_ms = round((self.clock.now() - session.started_at).total_seconds() * 1000)
        missed = log.since(last_seq) if entries else None
        snapshot = missed is None
        if missed is None:
            payload = wire.SessionSnapshot(status="ended", turns=takeover.snapshot_turns(turns), remaining_seconds=0)
            missed = [log.number("session.snapshot", payload.model_dump(), at_ms)]
        else:
            missed += [log.number(name, told.model_dump(), at_ms) for name, told in takeover.unsent(turns, entries)]
        if not entries or entries[-1].name != "session.ended":
            ended = wire.SessionEnded(
                reason=session.end_reason or "timeout",
                billed_seconds=settlement.billed_seconds,
                transcript_id=settlement.transcript_id,
            )
            missed.append(log.number("session.ended", ended.model_dump(), at_ms))
        for entry in missed:
            await client.send(entry.name, entry.data)
        ack = wire.JoinAck(
            session_id=session.id,
            status="ended",
            seq=log.last_seq,
            audio_seq=session.audio_seq,
            replayed=0 if snapshot else len(missed),
            snapshot=snapshot,
            remaining_seconds=0,
            heartbeat_interval_seconds=self.rules.heartbeat_s,
        )
        return Joined(ack, None)

    def _gone(self, driver: Driver) -> None:
        if self.drivers.get(driver.id) is driver:
            del self.drivers[driver.id]
        if driver.machine.status == "ended":
            self.tasks.spawn(self._release_lease(driver), name="release lease")

    async def _release_lease(self, driver: Driver) -> None:
        try:
            await self.leases.release(driver.id, driver.session.fence)
        except Away:
            _log.debug("lease_left_to_expire", session_id=driver.id)

    async def release(self, session_id: str, seconds: float) -> bool:
        """Another node asks for the session."""
        driver = self.drivers.pop(session_id, None)
        if driver is None:
            return False
        return await driver.hand_over(seconds, errors.conflict("replaced", "Another connection joined this session."))

    async def end(self, session_id: str, reason: str, seconds: float) -> bool:
        """End a session of this node and wait until its books are closed."""
        driver = self.drivers.get(session_id)
        if driver is None:
            return False
        driver.handle(on.EndAsked(reason))
        over, blocked = (asyncio.ensure_future(event.wait()) for event in (driver.over, driver.blocked))
        try:
            await asyncio.wait({over, blocked}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            over.cancel()
            blocked.cancel()
        if blocked.done() and not driver.over.is_set():
            raise errors.unavailable("unavailable", "The session ends as soon as its books can be written.", 3)
        return driver.over.is_set()

    @contextlib.contextmanager
    def undone_when_it_fails(self, session_id: str, user_id: str) -> Iterator[None]:
        """For the block that joins a session which was only just started: it does not stay behind when that fails."""
        try:
            yield
        except BaseException:
            self.forget(session_id, user_id)
            raise

    def forget(self, session_id: str, user_id: str) -> None:
        """End a session that nobody got to know of, as soon as the books can be written."""
        self.tasks.spawn(self._forget(session_id, user_id), name="forget a session")

    async def _forget(self, session_id: str, user_id: str) -> None:
        for pause in _FORGET_SECONDS:
            await asyncio.sleep(pause)
            try:
                await self.book.abandon(session_id, user_id)
            except Failure as failure:
                if failure.kind is not Kind.UNAVAILABLE:
                    return
            else:
                return


def _stopping() -> errors.Failure:
    return errors.unavailable("unavailable", "This node is about to stop. Connect again.", 1)
