"""One session on this node: carries out what its machine wants, and feeds it what happens.

Audio goes past the machine: it only counts the frame, the bytes go straight to the listener.
"""

import asyncio
from collections.abc import Callable, Sequence

from kit import closing, errors, logs, tracing
from kit.errors import Failure
from kit.tasks import Tasks
from realtime import ports
from realtime.node import counts
from realtime.node import log as event_log
from realtime.node.attaching import Attaching, JoinReply
from realtime.node.carrier import CarrierSlot
from realtime.node.client_slot import Client
from realtime.node.parts import Parts
from realtime.node.view import SessionView
from realtime.reply.answering import Answering
from realtime.reply.ports import ConversationTurn
from realtime.session import commands as do
from realtime.session import events as on
from realtime.session.audio import FrameDecision

_log = logs.get(__name__)


class SessionRunner:
    """Complete when it is created; from then on callers tell it what happens. `view` shows what others may see."""

    def __init__(
        self, session: ports.Session, parts: Parts, tasks: Tasks, on_gone: Callable[["SessionRunner"], None]
    ) -> None:
        """`on_gone` is called once, at the end."""
        self._session = session
        self._parts = parts
        self._machine = parts.machine
        self._outbox = parts.outbox
        self._listener = parts.listener
        self._recorder = parts.recorder
        self._attaching = Attaching(parts, tasks)
        self._tasks = tasks
        self._on_gone = on_gone
        self._over = asyncio.Event()
        self._due: set[str] = set()  # replies that were commanded and have not begun

    @property
    def session(self) -> ports.Session:
        """The row that the session began with."""
        return self._session

    @property
    def view(self) -> SessionView:
        """What others may see."""
        return self._parts.view

    @property
    def tutor(self) -> Answering | None:
        """The tutor of a conversation; None in other sessions."""
        return self._parts.tutor

    @property
    def carriers(self) -> CarrierSlot:
        """Holds the peer that carries the session's sound."""
        return self._parts.carriers

    def start(self, news: Sequence[do.Emit]) -> None:
        """Start, and send first what another node had no time to send."""
        for event in news:
            self._outbox.emit(event)
        self._parts.inbox.open(self.handle)
        self._tasks.spawn(self._run(), name="session")

    async def _run(self) -> None:
        parts, lost = self._parts, None
        try:
            with logs.bind(session_id=self._session.id), tracing.within(parts.trace):
                if (lost := await self._outbox.run()) is not None:
                    self._let_go(lost)
        finally:
            try:
                await closing.one_by_one(tutor=parts.tutor, listener=parts.listener)
            finally:
                self._over.set()
                self._on_gone(self)
                parts.trace.end(lost.code if lost is not None else None)
            await closing.one_by_one(carrier=parts.carriers)

    # What happens to the session.

    def handle(self, event: on.Event) -> None:
        """Tell the machine what happened, and carry out what it commands."""
        for command in self._machine.handle(event, self._parts.clock.now_ms()):
            self._carry_out(command)

    def hear(
        self,
        seq: int | None,
        milliseconds: float,
        sound: Callable[[], bytes],
        mark: int | None = None,
        *,
        alive: bool = True,
    ) -> FrameDecision:
        """A frame of audio; `sound` gives its PCM and is called only for one that is new. `seq` is None where nobody
        counts: it is the next one. `mark` and `alive`: see `Machine.hear`. Failure when the session no longer takes
        any."""
        machine = self._machine
        if not machine.open:
            raise errors.conflict("session_ended", "This session takes no more audio.")
        number = machine.audio.expected_seq if seq is None else seq
        verdict, commands = machine.hear(number, milliseconds, self._parts.clock.now_ms(), mark, alive=alive)
        for command in commands:
            self._carry_out(command)
        if verdict is FrameDecision.NEW:
            counts.AUDIO_SECONDS.inc(milliseconds / 1000)
            pcm = sound()
            if self._recorder is not None:
                self._recorder.heard(pcm)
            self._listener.feed(pcm)
        return verdict

    def play(self, name: str, data: dict[str, object], sound: bytes | None) -> None:
        """Send sound or shapes to the client, in order with the events but neither numbered nor kept."""
        self._outbox.play(name, data, sound)

    async def told(self, seconds: float) -> bool:
        """Whether all that happened so far was stored, logged and sent in that time."""
        return await self._outbox.told(seconds)

    def follow_redis(self, *, away: bool) -> None:
        """Redis is away, or it is there."""
        log = self._parts.log
        if away:
            log.degrade()
            self.handle(on.PartDegraded("Resuming on another node is not possible at the moment.", "redis"))
        elif log.degraded:
            self._outbox.put(log.rebuild)  # between events, so that nothing is written twice or out of order

    async def attach(self, client: Client, last_seq: int | None) -> JoinReply:
        """Send everything to `client` from now on, after what it missed. The previous client is disconnected. Failure
        `invalid_request` for an impossible `last_seq`, `session_moved`."""
        self._parts.log.check(last_seq or 0)
        self.handle(on.Joined())
        return await self._attaching.attach(client, last_seq or 0, self._over)

    def detach(self, client: Client) -> None:
        """The session goes on without `client`, if it was the attached one."""
        self._parts.clients.leave(client)

    async def end(self, reason: str, seconds: float) -> bool:
        """End, and wait until the session is settled. Whether it is in time; Failure `unavailable` if PostgreSQL takes
        no writes at the moment."""
        self.handle(on.EndAsked(reason))
        over, blocked = (asyncio.ensure_future(event.wait()) for event in (self._over, self._outbox.blocked))
        try:
            await asyncio.wait({over, blocked}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            over.cancel()
            blocked.cancel()
        if blocked.done() and not self._over.is_set():
            raise errors.unavailable("unavailable", "The session ends as soon as its books can be written.", 3)
        return self._over.is_set()

    def release(self, why: Failure) -> None:
        """Stop running the session without ending it: another node runs it from now on."""
        self._outbox.abandon()
        self._let_go(why)

    async def hand_over(self, seconds: float, why: Failure, *, wanted: bool = False) -> bool:
        """Store what is under way and stop running the session. Whether that was done in time. `wanted` by the node at
        which a client joins: it reads in the log that the session ends, and gets the last sound from the client."""
        for command in self._machine.hand_over(ends=not (wanted and self.view.logged)):
            self._carry_out(command)

        async def let_go() -> None:  # after the events of the last job so far: the session's end
            self._outbox.put(lambda: self._parts.clients.shut(why))

        self._outbox.put(let_go)
        self._outbox.close()
        try:
            async with asyncio.timeout(seconds):
                await self._over.wait()
        except TimeoutError:
            self.release(why)
            return False
        return True

    def _let_go(self, why: Failure) -> None:
        _log.info("session_let_go", session_id=self._session.id, reason=why.code)
        self._tasks.spawn(self._parts.clients.shut(why), name="drop client")

    # What the machine wants.

    def _carry_out(self, command: do.Command) -> None:
        match command:
            case do.Emit():
                self._outbox.emit(command)
            case do.AckAudio(seq, safe_seq):
                self._outbox.play("audio.ack", {"seq": seq, "safe_seq": safe_seq}, None)
            case do.StoreTurn() | do.StoreScore() | do.Cover() | do.Settle():
                self._store(command)
            case do.StartReply() | do.InterruptReply() | do.HoldReply() | do.ResumeReply():
                self._reply(command)
            case _:
                self._listen(command)

    def _store(self, command: do.StoreTurn | do.StoreScore | do.Cover | do.Settle) -> None:
        if not isinstance(command, do.StoreScore):
            self._keep_sound()
        if isinstance(command, do.Settle):
            self._outbox.put(lambda: self._settle(command))
        else:
            self._outbox.store(command)

    def _keep_sound(self) -> None:
        """Before PostgreSQL says that its frames are done with."""
        if self._recorder is not None and (sound := self._recorder.take()) is not None:
            self._outbox.store(sound)

    async def _settle(self, command: do.Settle) -> None:
        await self._parts.storage.settle(command)
        self._outbox.put(lambda: self._parts.log.append([], event_log.ENDED_SECONDS))
        self._outbox.close()

    def _reply(self, command: do.StartReply | do.InterruptReply | do.HoldReply | do.ResumeReply) -> None:
        if (tutor := self._parts.tutor) is None:
            return
        match command:
            case do.StartReply(turn_id, wait_ms):
                self._due.add(turn_id)
                # Behind the turn that it answers, which is stored by then.
                self._outbox.put_telling(lambda: self._answer(tutor, turn_id, wait_ms / 1000))
            case do.InterruptReply():
                self._due.clear()
                self._tasks.spawn(tutor.interrupt(), name="interrupt reply")
            case do.HoldReply():
                self._tasks.spawn(self._hold_reply(tutor), name="hold reply")
            case do.ResumeReply():
                self._tasks.spawn(tutor.resume(), name="resume")

    async def _answer(self, tutor: Answering, turn_id: str, wait_s: float) -> None:
        if not self._machine.open:
            return
        if turn_id in self._due:
            lines = [
                ConversationTurn(turn.role, turn.text, turn.turn_id) for turn in self._parts.storage.until(turn_id)
            ]
            await tutor.start(turn_id, lines, wait_s)
            if turn_id not in self._due:  # cut off while it began
                await tutor.interrupt()
            self._due.discard(turn_id)
        else:  # it was cut off before it began
            self.handle(on.ReplyEnded(turn_id, "", complete=False))

    async def _hold_reply(self, tutor: Answering) -> None:
        left = await tutor.hold()
        if left is not None:
            self.handle(on.ReplyHeld(round(left * 1000)))

    def _listen(
        self,
        command: do.AllNew
        | do.SetPatience
        | do.ReleaseSound
        | do.CommitListener
        | do.FinishListener
        | do.CloseListener,
    ) -> None:
        match command:
            case do.AllNew(missing_ms):
                if self._recorder is not None:
                    self._recorder.skip(missing_ms)
                self._listener.all_new()
            case do.SetPatience(ms):
                self._listener.set_patience(ms)
                self._outbox.put(lambda: self._parts.storage.set_patience(ms))
            case do.ReleaseSound():
                self._listener.release()
            case do.CommitListener():
                self._listener.commit()
            case do.FinishListener():
                self._tasks.spawn(self._flush(), name="flush")
            case do.CloseListener():
                self._tasks.spawn(self._listener.close(), name="close listener")

    async def _flush(self) -> None:
        try:
            if self._parts.tutor is not None:
                await self._parts.tutor.interrupt()
            await self._listener.finish()
        finally:
            self.handle(on.Flushed())
