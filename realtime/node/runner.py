"""One session on this node: carries out what its machine wants, and feeds it what happens.

Audio goes past the machine: it only counts the frame, the bytes go straight to the listener.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from kit import closing, errors, logs
from kit.errors import Failure
from kit.tasks import Tasks
from realtime import ports, wire
from realtime.node import log as event_log
from realtime.node.carrier import Carrier
from realtime.node.log import EventLog
from realtime.node.outbox import Client, JoinReply, Outbox
from realtime.node.recorder import Recorder
from realtime.node.storage import SessionStorage, time
from realtime.reply.answering import Answering
from realtime.reply.ports import ConversationTurn
from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.audio import FrameDecision
from realtime.session.machine import Machine
from speech.events import SpeechEvent

_log = logs.get(__name__)


class SessionRunner:
    def __init__(
        self,
        session: ports.Session,
        machine: Machine,
        log: EventLog,
        repository: ports.SessionRepository,
        tasks: Tasks,
        clock_ms: Callable[[], int],
        on_gone: Callable[["SessionRunner"], None],
    ) -> None:
        """`clock_ms` is milliseconds since 1970 on a clock that never steps; `on_gone` is called once, at the end."""
        self.session = session
        self.machine = machine
        self.log = log
        self.listener: ports.Listener | None = None
        self.tutor: Answering | None = None
        self.carrier: Carrier | None = None
        self.storage = SessionStorage(session, machine, lambda: log.last_seq, repository, self.handle)
        self._recorder = Recorder(session) if session.record else None
        self.observers: tuple[str, ...] | None = None  # names; None until somebody looked
        self._repository = repository
        self._tasks = tasks
        self._clock_ms = clock_ms
        self._on_gone = on_gone
        self._started_ms = round(session.started_at.timestamp() * 1000)
        self._outbox = Outbox(log, lambda: clock_ms() - self._started_ms, self.storage.store, self._lost)
        self.blocked = self._outbox.blocked  # set while what the session wants written down is refused
        self.told = self._outbox.told
        self.over = asyncio.Event()

    @property
    def id(self) -> str:
        return self.session.id

    @property
    def client(self) -> Client | None:
        return self._outbox.client

    @property
    def remaining_seconds(self) -> int:
        return self.machine.remaining_ms(self._clock_ms()) // 1000

    def say(self, events: list[do.Emit]) -> None:
        """Tell what another node had no time to tell."""
        for event in events:
            self._outbox.emit(event)

    def rebuild_log(self) -> None:
        """Redis is back. Between events, so that nothing is written twice or out of order."""
        self._outbox.put(self.log.rebuild)

    def start(self) -> None:
        self._tasks.spawn(self._run(), name="session")

    async def _run(self) -> None:
        try:
            with logs.bind(session_id=self.id):
                await self._outbox.run()
        finally:
            try:
                await closing.one_by_one(tutor=self.tutor, listener=self.listener)
            finally:
                self.over.set()
                self._on_gone(self)
            await closing.one_by_one(carrier=self.carrier)

    @property
    def now_ms(self) -> int:
        """The session's time, as it stands in every event."""
        return self._clock_ms() - self._started_ms

    def play(self, name: str, data: dict[str, object], sound: bytes | None) -> None:
        """Sound and shapes for the client, in order with the events but neither numbered nor kept."""
        self._outbox.put_telling(lambda: self._play(name, data, sound))

    async def _play(self, name: str, data: dict[str, object], sound: bytes | None) -> None:
        await self._outbox.tell(name, {"at_ms": self.now_ms, **data, "session_id": self.id}, sound)

    def show(self, event: do.Emit) -> None:
        """Tell the client something that does not concern the machine."""
        if self.machine.open:
            self._outbox.emit(event)

    # What happens to the session.

    def handle(self, event: on.Event) -> None:
        for command in self.machine.handle(event, self._clock_ms()):
            self._carry_out(command)

    def hear(
        self, seq: int, milliseconds: float, sound: Callable[[], bytes], mark: int | None = None, *, alive: bool = True
    ) -> FrameDecision:
        """A frame of audio; `sound` gives its PCM and is called only for one that is new. `mark` and `alive`: see
        `Machine.hear`. Failure when the session no longer takes any."""
        if not self.machine.open or self.listener is None:
            raise errors.conflict("session_ended", "This session takes no more audio.")
        verdict, commands = self.machine.hear(seq, milliseconds, self._clock_ms(), mark, alive=alive)
        for command in commands:
            self._carry_out(command)
        if verdict is FrameDecision.NEW:
            pcm = sound()
            if self._recorder is not None:
                self._recorder.heard(pcm)
            self.listener.feed(pcm)
        return verdict

    def spoke(self, event: SpeechEvent) -> None:
        """The listener's voice; called on the event loop."""
        self.handle(on.Spoke(event))

    def set_patience(self, ms: int | None) -> None:
        """How long a silence ends a turn, here and wherever the session goes on."""
        if self.listener is not None:
            self.listener.set_patience(ms)
        self._outbox.put(lambda: self._repository.set_patience(self.id, self.session.fence, ms))

    async def attach(self, client: Client, last_seq: int | None) -> JoinReply:
        """Send everything to `client` from now on, after what it missed. The client before is let go."""
        self.handle(on.Joined())
        attached: asyncio.Future[JoinReply] = asyncio.get_running_loop().create_future()
        self._outbox.put(lambda: self._attach(client, last_seq or 0, attached))
        over: asyncio.Future[Any] = asyncio.ensure_future(self.over.wait())
        both: list[asyncio.Future[Any]] = [attached, over]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            over.cancel()
        if not attached.done():
            raise errors.conflict("session_moved", "This session is run by another node now.")
        return attached.result()

    def detach(self, client: Client) -> None:
        if self._outbox.client is client:
            self._outbox.client = None

    def release(self, why: Failure) -> None:
        """Let go of the session without ending it: somebody else runs it from now on."""
        self._outbox.abandon()
        self._lost(why)

    async def hand_over(self, seconds: float, why: Failure) -> bool:
        """Write down what is under way and let go. Whether that was done in time."""
        for command in self.machine.hand_over():
            self._carry_out(command)

        async def let_go() -> None:  # behind what the last of the jobs so far has to tell: the session's end
            self._outbox.put(lambda: self._outbox.drop_client(why))

        self._outbox.put(let_go)
        self._outbox.close()
        try:
            async with asyncio.timeout(seconds):
                await self.over.wait()
        except TimeoutError:
            self.release(why)
            return False
        return True

    # What the machine wants.

    def _carry_out(self, command: do.Command) -> None:
        if isinstance(command, do.StoreTurn | do.Cover | do.Settle):
            self._keep_sound()
        match command:
            case do.Emit():
                self._outbox.emit(command)
            case do.AckAudio(seq, safe_seq):
                self._outbox.put_telling(lambda: self._ack(seq, safe_seq))
            case do.StoreTurn() | do.StoreScore() | do.Cover():
                self._outbox.store(command)
            case do.Settle():
                self._outbox.put(lambda: self._settle(command))
            case do.StartReply(turn_id, wait_ms):
                self._outbox.put_telling(lambda: self._answer(turn_id, wait_ms / 1000))
            case do.InterruptReply():
                self._tasks.spawn(self._interrupt(), name="interrupt reply")
            case do.HoldReply():
                self._tasks.spawn(self._hold_reply(), name="hold reply")
            case do.ResumeReply():
                if self.tutor is not None:
                    self._tasks.spawn(self.tutor.resume(), name="resume")
            case do.AllNew(missing_ms):
                self._all_new(missing_ms)
            case do.CommitListener():
                if self.listener is not None:
                    self.listener.commit()
            case do.FinishListener():
                self._tasks.spawn(self._flush(), name="flush")
            case do.CloseListener():
                if self.listener is not None:
                    self._tasks.spawn(self.listener.close(), name="close listener")

    def _all_new(self, missing_ms: float) -> None:
        if self._recorder:
            self._recorder.skip(missing_ms)
        if self.listener is not None:
            self.listener.all_new()

    def _keep_sound(self) -> None:
        """Before the books say that it is done with."""
        if self._recorder is not None and (sound := self._recorder.take()) is not None:
            self._outbox.store(sound)

    async def _answer(self, turn_id: str, wait_s: float) -> None:
        """Behind the turn that it answers, which is in the books by now."""
        if self.tutor is not None and self.machine.open:
            lines = [ConversationTurn(turn.role, turn.text) for turn in self.storage.until(turn_id)]
            await self.tutor.start(turn_id, lines, wait_s)

    async def _interrupt(self) -> None:
        if self.tutor is not None:
            await self.tutor.interrupt()

    async def _hold_reply(self) -> None:
        left = await self.tutor.hold() if self.tutor is not None else None
        if left is not None:
            self.handle(on.ReplyHeld(round(left * 1000)))

    async def _flush(self) -> None:
        try:
            await self._interrupt()
            if self.listener is not None:
                await self.listener.finish()
        finally:
            self.handle(on.Flushed())

    async def _ack(self, seq: int, safe_seq: int) -> None:
        await self._play("audio.ack", {"seq": seq, "safe_seq": safe_seq}, None)

    async def _settle(self, command: do.Settle) -> None:
        settled = await self._repository.settle(
            self.id, self.session.fence, reason=command.reason, ended_at=time(command.ended_ms)
        )
        self.handle(on.Settled(settled.billed_seconds, settled.transcript_id))
        self._outbox.put(self._close_log)
        self._outbox.close()

    async def _close_log(self) -> None:
        await self.log.append([], event_log.ENDED_SECONDS)

    async def _attach(self, client: Client, last_seq: int, attached: "asyncio.Future[JoinReply]") -> None:
        before = self._outbox.client
        if before is not None and before is not client:
            if self.carrier is not None and self.carrier.serves(before) and not self.carrier.serves(client):
                self._tasks.spawn(self.carrier.close(), name="close peer")
            await self._outbox.drop_client(errors.conflict("replaced", "Another connection joined this session."))
        self._outbox.client = None
        missed = self.log.since(last_seq)
        if not attached.done():
            missing = len(missed) if missed is not None else 0
            attached.set_result(JoinReply(max(self.log.last_seq, last_seq), missing, missed is None))
        if missed is None:
            missed = [self._snapshot(last_seq)]
            await self.log.append(missed)
        self._outbox.client = client
        for entry in missed:
            await self._outbox.tell(entry.name, entry.data)

    def _snapshot(self, last_seq: int) -> event_log.Entry:
        now_ms = self._clock_ms()
        self.log.last_seq = max(self.log.last_seq, last_seq)
        snapshot = wire.SessionSnapshot(
            status=self.machine.status,
            turns=self.storage.turns,
            remaining_seconds=self.machine.remaining_ms(now_ms) // 1000,
        )
        return self.log.number("session.snapshot", snapshot.model_dump(), now_ms - self._started_ms)

    def _lost(self, failure: Failure) -> None:
        _log.info("session_let_go", session_id=self.id, reason=failure.code)
        self._tasks.spawn(self._outbox.drop_client(failure), name="drop client")
