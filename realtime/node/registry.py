"""The sessions that this node runs: joining, taking over, letting go."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kit import errors, logs
from kit.clock import Clock
from kit.errors import Failure, Kind
from kit.locks import KeyedLocks
from kit.redis import Away, Redis
from kit.tasks import Tasks
from realtime import ports, wire
from realtime.node import log as event_log
from realtime.node import takeover
from realtime.node.bus import Bus
from realtime.node.leases import Lease, Leases
from realtime.node.log import EventLog
from realtime.node.outbox import Client
from realtime.node.runner import SessionRunner
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
    runner: SessionRunner | None


@dataclass
class Registry:
    """`repository` is set by whoever puts the parts together: the books ask the nodes, too."""

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
    repository: ports.SessionRepository = field(init=False)
    runners: dict[str, SessionRunner] = field(default_factory=dict)
    _joining: KeyedLocks = field(default_factory=KeyedLocks)  # a session is taken over once

    def admit(self, resumed: bool = False) -> None:
        """Failure `unavailable` when one more session would harm those that run. Resumed ones find more room."""
        room = self.listening.room()
        spare = 1.25 if resumed else 1.0
        if self.draining:
            raise _stopping()
        if self.degraded and not resumed:
            raise errors.unavailable("unavailable", "Sessions cannot be started right now. Try again shortly.", 3)
        if room.full or len(self.runners) >= room.sessions_max * spare:
            raise errors.unavailable("unavailable", "All places are taken. Try again shortly.", room.retry_after)

    async def media(self, session_id: str, user_id: str) -> SessionRunner:
        """The running session, for sound that comes without a client. Failure `not_found`, `session_ended`,
        `unavailable`."""
        async with self._joining.alone(session_id):
            return await self._runner(session_id, user_id)

    async def join(self, session_id: str, user_id: str, client: Client, last_seq: int | None) -> Joined:
        """Attach `client`, wherever the session was before. Failure `not_found`, `unavailable`."""
        async with self._joining.alone(session_id):
            return await self._join(session_id, user_id, client, last_seq)

    async def _join(self, session_id: str, user_id: str, client: Client, last_seq: int | None) -> Joined:
        if not client.alive:  # it waited long, and has come back another way: do not take the session from there
            raise errors.conflict("replaced", "This connection has broken.")
        runner = self.runners.get(session_id)
        if runner is None or runner.session.user_id != user_id:
            session = await self.repository.find(session_id, user_id)
            if session.ended_at is not None:
                return await self._join_ended(session, client, last_seq or 0)
            try:
                runner = await self._take_over(session)
            except Failure as failure:
                if failure.code != "session_ended":
                    raise
                # Its owner was told to end it, and did when it was asked for it.
                session = await self.repository.find(session_id, user_id)
                return await self._join_ended(session, client, last_seq or 0)
        runner.log.check(last_seq or 0)
        welcome = await runner.attach(client, last_seq)
        machine = runner.machine
        return Joined(
            wire.JoinAck(
                session_id=session_id,
                status=machine.status,
                seq=welcome.seq,
                audio_seq=machine.audio.last_seq,
                replayed=welcome.missed,
                snapshot=welcome.snapshot,
                remaining_seconds=runner.remaining_seconds,
                heartbeat_interval_seconds=self.rules.heartbeat_s,
                voice="server" if runner.tutor is not None and runner.tutor.voiced else "client",
            ),
            runner,
        )

    async def _runner(self, session_id: str, user_id: str) -> SessionRunner:
        runner = self.runners.get(session_id)
        if runner is None or runner.session.user_id != user_id:
            session = await self.repository.find(session_id, user_id)
            if session.ended_at is not None:
                raise errors.conflict("session_ended", "This live session has ended.")
            runner = await self._take_over(session)
        return runner

    async def _take_over(self, session: ports.Session) -> SessionRunner:
        self.admit(resumed=session.fence > 0)
        if session.owner not in (None, self.node):
            await self.bus.ask(str(session.owner), "release", session.id, _RELEASE_SECONDS)
        claim = await self.repository.claim(session.id, session.user_id, self.node)
        fence = claim.session.fence
        try:
            await self.leases.renew([Lease(session.id, fence, None)])
        except Away:
            _log.warning("lease_not_noted", session_id=session.id)
        entries = await event_log.read(self.redis, session.id) if fence > 1 else []
        clock_ms = self._session_clock(claim.session)
        tutored = self.tutoring is not None and claim.session.kind != "speaking"
        rebuilt = takeover.rebuild(claim, entries or [], self.rules.terms(), clock_ms(), tutor=tutored)
        log = EventLog(self.redis, session.id, fence, last_seq=rebuilt.last_seq)
        log.adopt(entries or [])
        runner = SessionRunner(claim.session, rebuilt.machine, log, self.repository, self.tasks, clock_ms, self._gone)
        runner.storage.turns = takeover.snapshot_turns(claim.turns)
        pauses = await self._pauses(claim.session.user_id)
        listener = await self.listening.open(self._wanted(claim, rebuilt.first_turn, pauses), runner.spoke)
        microphone = Microphone(listener, self._keeping(claim.session.user_id, pauses))
        runner.listener = microphone
        try:
            if self.draining:  # since it was asked: whoever comes next finds the session as this node leaves it
                raise _stopping()
            if self.tutoring is not None and tutored:
                runner.tutor = self.tutoring.open(claim.session, SessionStage(runner, microphone))
            runner.say(self._news(rebuilt))
        except BaseException:
            await microphone.close()
            raise
        self.runners[session.id] = runner
        runner.start()
        if takeover.was_ending(entries or []):
            runner.handle(on.Ticked())  # the quota or the limit, when it was for that
            runner.handle(on.EndAsked("client"))
        return runner

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

    def _wanted(self, claim: ports.Claim, first_turn: int, pauses: tuple[int, ...]) -> ports.ListenerOptions:
        session = claim.session
        before, end_ms = takeover.last_spoken(claim.turns)
        return ports.ListenerOptions(
            session.id,
            session.language,
            session.reference_text,
            session.patience_ms,
            first_turn,
            session.audio_ms,
            session.done_ms,
            before,
            end_ms,
            pauses,
        )

    def _session_clock(self, session: ports.Session) -> Callable[[], int]:
        """Milliseconds since 1970, never stepping and never before the session's last sign of life."""
        start = self.clock.now()
        if session.last_sign_at is not None:
            start = max(start, session.last_sign_at)
        base = start.timestamp() - self.clock.monotonic()
        return lambda: round((base + self.clock.monotonic()) * 1000)

    async def _join_ended(self, session: ports.Session, client: Client, last_seq: int) -> Joined:
        """The end may have come while the client was away: it gets what it missed, up to session.ended."""
        settlement, turns = await self.repository.settlement(session.id, session.user_id)
        entries = await event_log.read(self.redis, session.id) or []
        log = EventLog(self.redis, session.id, session.fence, last_seq=session.last_seq)
        log.adopt(entries)
        log.check(last_seq)
        log.last_seq = max(log.last_seq, last_seq)
        at_ms = round((self.clock.now() - session.started_at).total_seconds() * 1000)
        missed = log.since(last_seq) if entries else None
        snapshot = missed is None
        if missed is None:
            payload = wire.SessionSnapshot(status="ended", turns=takeover.snapshot_turns(turns), remaining_seconds=0)
            missed = [log.number("session.snapshot", payload.model_dump(), at_ms)]
        else:
            unsent = takeover.unsent(turns, entries, session.last_seq)
            missed += [log.number(name, told.model_dump(), at_ms) for name, told in unsent]
            if void := takeover.unfinished(turns, entries):
                state = wire.SessionState(status="ended", void_turn_ids=void)
                missed.append(log.number("session.state", state.model_dump(), at_ms))
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

    def _gone(self, runner: SessionRunner) -> None:
        if self.runners.get(runner.id) is runner:
            del self.runners[runner.id]
        if runner.machine.status == "ended":
            self.tasks.spawn(self._release_lease(runner), name="release lease")

    async def _release_lease(self, runner: SessionRunner) -> None:
        try:
            await self.leases.release(runner.id, runner.session.fence)
        except Away:
            _log.debug("lease_left_to_expire", session_id=runner.id)

    async def release(self, session_id: str, seconds: float) -> bool:
        """Another node asks for the session."""
        runner = self.runners.pop(session_id, None)
        if runner is None:
            return False
        return await runner.hand_over(seconds, errors.conflict("replaced", "Another connection joined this session."))

    async def end(self, session_id: str, reason: str, seconds: float) -> bool:
        """End a session of this node and wait until its books are closed."""
        runner = self.runners.get(session_id)
        if runner is None:
            return False
        runner.handle(on.EndAsked(reason))
        over, blocked = (asyncio.ensure_future(event.wait()) for event in (runner.over, runner.blocked))
        try:
            await asyncio.wait({over, blocked}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            over.cancel()
            blocked.cancel()
        if blocked.done() and not runner.over.is_set():
            raise errors.unavailable("unavailable", "The session ends as soon as its books can be written.", 3)
        return runner.over.is_set()

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
                await self.repository.abandon(session_id, user_id)
            except Failure as failure:
                if failure.kind is not Kind.UNAVAILABLE:
                    return
            else:
                return


def _stopping() -> errors.Failure:
    return errors.unavailable("unavailable", "This node is about to stop. Connect again.", 1)
