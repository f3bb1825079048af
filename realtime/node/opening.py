"""How a node becomes the owner of a session: claim it, rebuild it from PostgreSQL and the log, open its parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kit import errors, logs, tracing
from kit.clock import Clock
from kit.errors import Failure
from kit.redis import Away, Redis
from kit.tasks import Tasks
from realtime import ports, wire
from realtime.node import log as event_log
from realtime.node import takeover
from realtime.node.carrier import CarrierSlot
from realtime.node.client_slot import ClientSlot
from realtime.node.inbox import Inbox
from realtime.node.leases import Lease, Leases
from realtime.node.log import Entry, EventLog
from realtime.node.outbox import Outbox
from realtime.node.parts import Parts
from realtime.node.recorder import Recorder
from realtime.node.runner import SessionRunner
from realtime.node.session_clock import SessionClock
from realtime.node.stage import SessionStage
from realtime.node.storage import SessionStorage
from realtime.node.takeover import Rebuilt
from realtime.node.view import SessionView
from realtime.reply.microphone import Keep, Microphone
from realtime.reply.tutoring import Tutoring
from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.terms import Terms

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A runner that is not started yet. `news` are events that no node has sent. `was_ending`: clients know that the
    session ends."""

    runner: SessionRunner
    news: list[do.Emit]
    was_ending: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A claimed session and what the previous node left of it."""

    claim: ports.Claim
    entries: list[Entry]
    clock: SessionClock
    rebuilt: Rebuilt


@dataclass(frozen=True)
class Opening:
    """`terms` are those of every session."""

    node: str
    listening: ports.Listening
    redis: Redis
    leases: Leases
    tasks: Tasks
    clock: Clock
    tutoring: Tutoring | None
    pauses: ports.Pauses | None
    terms: Terms
    tracer: tracing.Tracer = tracing.NOTHING

    async def open(
        self,
        session: ports.Session,
        repository: ports.SessionRepository,
        still: Callable[[], None],
        on_gone: Callable[[SessionRunner], None],
        seen_seq: int,
    ) -> Opened:
        """Become the owner. `still` raises if the node takes no more sessions. `seen_seq` is the last event that the
        client has, as far as that is known. Failure `session_ended`; `unavailable` for a new session while Redis is
        away."""
        found = await self._find(session, repository, seen_seq)
        claimed = found.claim.session
        inbox, pauses = Inbox(), await self._pauses(claimed.user_id)
        trace = self.tracer.begin("session", {"session.id": claimed.id, "kind": claimed.kind, "fence": claimed.fence})
        wanted = replace(_wanted(found.claim, found.rebuilt.first_turn, pauses), trace=trace)
        with tracing.failing(trace):
            listener = await self.listening.open(wanted, lambda event: inbox.post(on.Spoke(event)))
            microphone = Microphone(listener, self._keeping(claimed.user_id, pauses))
            try:
                still()
                parts = self._parts(found, repository, inbox, microphone, trace)
            except BaseException:
                await microphone.close()
                raise
        runner = SessionRunner(claimed, parts, self.tasks, on_gone)
        return Opened(runner, _news(found.rebuilt), takeover.was_ending(found.entries))

    async def _find(self, session: ports.Session, repository: ports.SessionRepository, seen_seq: int) -> _Found:
        if session.fence == 0:
            # Nobody ran it yet, so nobody waits in it: without Redis it does not begin, and nothing is claimed that had
            # to be given back.
            await self.leases.renew([Lease(session.id, 1, None)])
        claim = await repository.claim(session.id, session.user_id, self.node)
        await self._note_lease(claim.session)
        entries = (await event_log.read(self.redis, session.id) or []) if claim.session.fence > 1 else []
        clock = SessionClock(self.clock, claim.session)
        tutored = self._tutoring_of(claim.session) is not None
        rebuilt = takeover.rebuild(claim, entries, self.terms, clock.now_ms(), tutor=tutored, seen_seq=seen_seq)
        return _Found(claim, entries, clock, rebuilt)

    def _tutoring_of(self, session: ports.Session) -> Tutoring | None:
        return self.tutoring if session.kind != "speaking" else None

    def _parts(
        self,
        found: _Found,
        repository: ports.SessionRepository,
        inbox: Inbox,
        microphone: Microphone,
        trace: tracing.Span,
    ) -> Parts:
        session, machine, clock = found.claim.session, found.rebuilt.machine, found.clock
        log = EventLog(self.redis, session.id, session.fence, last_seq=found.rebuilt.last_seq)
        log.adopt(found.rebuilt.known)
        view = SessionView(machine, log, clock)
        clients, carriers = ClientSlot(), CarrierSlot(clock.now_ms)
        turns = takeover.snapshot_turns(found.claim.turns)
        storage = SessionStorage(session, repository, turns, log, view, inbox)
        outbox = Outbox(log, clients, clock, storage.store, trace)
        stage = SessionStage(inbox, outbox, carriers, clock, microphone)
        tutoring = self._tutoring_of(session)
        return Parts(
            machine=machine,
            clock=clock,
            log=log,
            view=view,
            inbox=inbox,
            outbox=outbox,
            clients=clients,
            carriers=carriers,
            storage=storage,
            recorder=Recorder(session) if session.record else None,
            listener=microphone,
            tutor=tutoring.open(session, stage) if tutoring is not None else None,
            trace=trace,
        )

    async def _note_lease(self, session: ports.Session) -> None:
        """Failure `session_moved` if another node has claimed the session since: there would be two runners."""
        try:
            moved = await self.leases.renew([Lease(session.id, session.fence, None)])
        except Away:
            _log.warning("lease_not_noted", session_id=session.id)
            return
        if moved:
            raise errors.conflict("session_moved", "This session is run by another node now.")

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


def _news(rebuilt: Rebuilt) -> list[do.Emit]:
    news = [do.Emit(name, payload) for name, payload in rebuilt.unsent]
    if rebuilt.void_turn_ids:
        state = wire.SessionState(status=rebuilt.machine.status, void_turn_ids=rebuilt.void_turn_ids)
        news.append(do.Emit("session.state", state))
    return news


def _wanted(claim: ports.Claim, first_turn: int, pauses: tuple[int, ...]) -> ports.ListenerOptions:
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
