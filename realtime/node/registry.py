"""The sessions that this node runs: joining, taking over, letting go."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from kit import errors, logs, tracing
from kit.clock import Clock
from kit.errors import Failure, Kind
from kit.locks import KeyedLocks
from kit.redis import Away, Redis
from kit.tasks import Tasks
from kit.tracing import Tracer
from realtime import acks, ports
from realtime.node import counts
from realtime.node.bus import Bus
from realtime.node.client_slot import Client
from realtime.node.ended import EndedSession
from realtime.node.leases import Lease, Leases
from realtime.node.opening import Opening
from realtime.node.runner import SessionRunner
from realtime.reply.tutoring import Tutoring
from realtime.session import events as on
from realtime.session.terms import Terms

_RELEASE_SECONDS = 0.7
_FORGET_SECONDS = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)  # longer, and it has timed out by itself
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Rules:
    """How long silence and absence may last, in seconds."""

    silence_s: float = 15.0
    grace_s: float = 120.0
    heartbeat_s: float = 5.0

    def terms(self) -> Terms:
        """The same for the machine, in ms."""
        return Terms(limit_ms=0, silence_ms=round(self.silence_s * 1000), grace_ms=round(self.grace_s * 1000))


@dataclass(frozen=True, slots=True)
class Joined:
    """What a client gets when it joins, and the session if it runs here."""

    ack: acks.JoinAck
    runner: SessionRunner | None


@dataclass
class Registry:
    """`repository` is set by the wiring, because the repository needs the nodes, too."""

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
    tracer: Tracer = tracing.NOTHING
    draining: bool = False
    degraded: bool = False
    repository: ports.SessionRepository = field(init=False)
    runners: dict[str, SessionRunner] = field(default_factory=dict)
    _joining: KeyedLocks = field(default_factory=KeyedLocks)  # a session is taken over once

    @property
    def calls_functions(self) -> bool:
        """Whether there is a tutor that calls functions."""
        return self.tutoring is not None and self.tutoring.tutor.calls_functions

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
        if not client.alive:  # it waited long: do not take the session from the client's new connection
            raise errors.conflict("replaced", "This connection has broken.")
        runner = await self._own(session_id)
        if runner is None or runner.session.user_id != user_id:
            session = await self.repository.find(session_id, user_id)
            if session.ended_at is not None:
                return Joined(await self._tell_the_end(session, client, last_seq), None)
            try:
                runner = await self._take_over(session, last_seq or 0)
            except Failure as failure:
                if failure.code != "session_ended":
                    raise
                # Its owner had been asked to end it, and did so at the release.
                session = await self.repository.find(session_id, user_id)
                return Joined(await self._tell_the_end(session, client, last_seq), None)
        welcome = await runner.attach(client, last_seq)
        counts.JOINS.labels("new" if last_seq is None else "again").inc()
        view = runner.view
        return Joined(
            acks.JoinAck(
                session_id=session_id,
                status=view.status,
                seq=welcome.seq,
                audio_seq=view.audio_seq,
                replayed=welcome.missed,
                snapshot=welcome.snapshot,
                remaining_seconds=view.remaining_seconds,
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

    async def _tell_the_end(self, session: ports.Session, client: Client, last_seq: int | None) -> acks.JoinAck:
        settled = await self.repository.settlement(session.id, session.user_id)
        ended = EndedSession(session, *settled, round((self.clock.now() - session.started_at).total_seconds() * 1000))
        return await ended.tell(client, last_seq or 0, self.redis, self.rules.heartbeat_s)

    async def _take_over(self, session: ports.Session, seen_seq: int = 0) -> SessionRunner:
        self.admit(resumed=session.fence > 0)
        if session.owner not in (None, self.node):
            await self.bus.ask(str(session.owner), "release", session.id, _RELEASE_SECONDS)
        opened = await self._opening().open(session, self.repository, self._still, self._gone, seen_seq)
        runner = opened.runner
        self.runners[session.id] = runner
        counts.TAKEN_OVER.inc(session.fence > 0)
        runner.start(opened.news)
        if opened.was_ending:
            runner.handle(on.Ticked())  # the quota or the limit, when it was for that
            runner.handle(on.EndAsked("client"))
        return runner

    def _opening(self) -> Opening:
        return Opening(
            self.node,
            self.listening,
            self.redis,
            self.leases,
            self.tasks,
            self.clock,
            self.tutoring,
            self.pauses,
            self.rules.terms(),
            self.tracer,
        )

    def _still(self) -> None:
        """Draining may have begun meanwhile: the next owner finds the session as this node leaves it."""
        if self.draining:
            raise _stopping()

    def _gone(self, runner: SessionRunner) -> None:
        if self.runners.get(runner.session.id) is runner:
            del self.runners[runner.session.id]
        if runner.view.status == "ended":
            self.tasks.spawn(self._release_lease(runner), name="release lease")

    async def _own(self, session_id: str) -> SessionRunner | None:
        """This node's runner of the session, unless another node has taken it within the last second."""
        if (runner := self.runners.get(session_id)) is None:
            return None
        lease = Lease(session_id, runner.session.fence, runner.view.stretch)
        try:
            if not await self.leases.renew([lease]):
                return runner
        except Away:
            return runner  # the fence in PostgreSQL decides
        if self.runners.get(session_id) is not runner:  # it ended meanwhile, which gives its lease back
            return None
        runner.release(errors.conflict("session_moved", "Another node runs this session now."))
        del self.runners[session_id]
        return None

    async def _release_lease(self, runner: SessionRunner) -> None:
        try:
            await self.leases.release(runner.session.id, runner.session.fence)
        except Away:
            _log.debug("lease_left_to_expire", session_id=runner.session.id)

    async def release(self, session_id: str, seconds: float) -> bool:
        """Another node asks for the session."""
        runner = self.runners.pop(session_id, None)
        if runner is None:
            return False
        why = errors.conflict("replaced", "Another connection joined this session.")
        return await runner.hand_over(seconds, why, wanted=True)

    async def end(self, session_id: str, reason: str, seconds: float) -> bool:
        """End a session of this node and wait until it is settled."""
        runner = self.runners.get(session_id)
        return runner is not None and await runner.end(reason, seconds)

    @contextlib.contextmanager
    def undone_when_it_fails(self, session_id: str, user_id: str) -> Iterator[None]:
        """For the block that joins a new session: when that fails the session is ended."""
        try:
            yield
        except BaseException:
            self.forget(session_id, user_id)
            raise

    def forget(self, session_id: str, user_id: str) -> None:
        """End a session that no client knows of, as soon as PostgreSQL can be written."""
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
