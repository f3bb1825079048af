"""The tutor's side of a conversation of the OpenAI Realtime API: its live session, and the answers that come of it."""

from typing import TYPE_CHECKING

from kit import ids
from kit.caller import Caller
from kit.clock import Clock
from kit.errors import Failure
from kit.http.gate import Gate
from kit.storable import JsonObject
from realtime.node.registry import Registry
from realtime.node.runner import SessionRunner
from realtime.reply.ports import CallPiece
from realtime.session import events as on
from realtime.transports.openai.asides import Asides
from realtime.transports.openai.functions import Functions
from realtime.transports.openai.history import History
from realtime.transports.openai.items import Event, new_id
from realtime.transports.openai.memory import Memory
from realtime.transports.openai.messages import EventLine, Tell
from realtime.transports.openai.responses import Responses, in_beta
from realtime.transports.openai.talk_config import TalkConfig
from realtime.transports.openai.transcribing import Transcribing
from speech.synthesis.voices import RATE as VOICE_RATE

if TYPE_CHECKING:
    from realtime.transports.openai.sound import Speech

_CALL = "function.call"  # comes back through the session's queue, behind the words before it
_BYTES_PER_MS = VOICE_RATE * 2 / 1000


class Answered(Transcribing):
    """What the learner says is answered, one response at a time."""

    def __init__(
        self, line: EventLine, caller: Caller, gate: Gate, registry: Registry, clock: Clock, config: TalkConfig
    ) -> None:
        super().__init__(line, caller, gate, registry, clock, config.heard)
        self._talk = config
        functions = Functions()
        self._history = History(self._order, functions)
        self._memory = Memory(self._order, config, self._recalled, self._called, self._silence)
        self._responses = Responses(new_id, self._order, functions, old=config.old)
        self._next: TalkConfig | None = None  # the response that waits for the end of the one under way
        self._typed: TalkConfig | None = None  # the one that has cut it off
        self._asides = Asides(registry.tasks, self._tell, old=config.old)
        self._speech: Speech | None = None
        self._items.detects_turns = config.heard.turn_detection is not None

    def left(self) -> None:
        """The client is gone: the session ends."""
        self._asides.close()
        super().left()

    async def drop(self, failure: Failure) -> None:
        """Say why, then end the connection."""
        self._asides.close()
        await super().drop(failure)

    # Answers.

    @property
    def _is_answering(self) -> bool:
        """Whether there is an answer that is not over, though nothing may be told of it yet."""
        return self._is_under_way or self._waits

    @property
    def _is_under_way(self) -> bool:
        """Whether an answer is being made, whose end the session will tell."""
        return self._responses.is_active or (self._runner is not None and self._runner.view.replying)

    @property
    def _waits(self) -> bool:
        """Whether an answer is only asked for, until the words before it are known."""
        return self._runner is not None and self._runner.view.asked

    def _answer_next(self) -> None:
        if self._next is None or self._runner is None or self._is_answering:
            return
        wanted, self._next = self._next, None
        self._instruct(wanted)
        self._runner.handle(on.AnswerAsked())

    def _answer_what_is_left(self) -> None:
        """What is answered has changed before the first word of the answer: it is made again, if there is a question
        left."""
        if self._next is None and self._memory.asks:
            self._next = self._memory.wanted
        self._silence()

    async def _give_up(self) -> None:
        """An answer that still waits is not made: the session will tell nothing of it."""
        self._silence()
        await self._ended("", complete=False)

    def _silence(self) -> None:
        self._responses.cancelled()
        if self._runner is not None:
            self._runner.handle(on.SilenceAsked())

    # The session.

    async def _started(self) -> str:
        talk = self._talk
        return await self._registry.repository.start_voice(
            self.caller.user_id, language=talk.language, patience_ms=talk.patience_ms
        )

    async def _session(self) -> SessionRunner:
        new = self._runner is None
        runner = await super()._session()
        if new:
            runner.handle(on.AnsweringSet(self._talk.by_itself, self._talk.yields))
            self._instruct()
        return runner

    def _instruct(self, talk: TalkConfig | None = None) -> None:
        """From the next reply on; by `talk` until that is over."""
        wanted = talk or self._talk
        tutor = self._runner.tutor if self._runner is not None else None
        self._memory.wanted, self._memory.follows = wanted, tutor is not None and tutor.calls_functions
        if tutor is not None:
            tutor.instruct(wanted.instructions or None, self._memory, aloud=wanted.modality == "audio")
        self._responses.spoken = wanted.modality == "audio" and (tutor is None or tutor.voiced)
        self._responses.metadata = wanted.metadata

    def _recalled(self) -> None:
        """An answer begins that knows all that is here; the typed texts are said by now."""
        text = self._history.text
        self._history.answered()
        if text and self._runner is not None:
            self._runner.handle(on.TextTyped(text, ids.secret(), asks=False))

    def _called(self, piece: CallPiece | None) -> None:
        if self._runner is not None:
            self._runner.play(_CALL, {"piece": piece}, b"")

    # What the session says.

    async def send(self, name: str, data: JsonObject, sound: bytes | None = None) -> None:
        """An event of the session, as the client's protocol has it."""
        if name == "response.delta":
            await self._tell(self._responses.said(data["text"]))
        elif name == "response.audio" and sound is not None:
            await self._tell(self._responses.sounded(self._encoded(sound), len(sound) / _BYTES_PER_MS))
        elif name == "response.done":
            self._speech = None
            self._responses.cut_short(self._memory.why_short(data["turn_id"]))
            await self._ended(data["text"], complete=data["complete"])
        elif name == _CALL:
            piece = data["piece"]
            await self._tell(self._responses.calls_end() if piece is None else self._responses.called(piece))
        else:
            await super().send(name, data, sound)

    async def _ended(self, text: str, *, complete: bool) -> None:
        """A response is over, and so is what was wanted for it alone; the one that waits for its end begins."""
        told = self._responses.done(text, complete=complete)
        typed, self._typed = self._typed, None
        self._instruct(typed)
        await self._tell(told)
        self._answer_next()

    def _encoded(self, sound: bytes) -> str:
        if self._speech is None:
            from realtime.transports.openai.sound import Speech

            self._speech = Speech(self._talk.format)
        return self._speech.encode(sound)

    async def _describe(self, what: str, tell: Tell | None = None) -> None:
        await self._tell([{"type": f"session.{what}", "session": self._talk.described(self._id)}], tell)

    def _in_dialect(self, events: list[Event]) -> list[Event]:
        return [told for one in events if (told := in_beta(one)) is not None] if self._talk.old else events
