"""A conversation of the OpenAI Realtime API: the learner's sound and texts in, the tutor's sound and text out.

Behind it is a live session with the tutor. It begins with the first sound or text, is in use while the connection
lasts, and ends with it.
"""

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from kit import errors, ids
from kit.caller import Caller
from kit.clock import Clock
from kit.errors import Failure
from kit.http.gate import Gate, Knock
from kit.storable import JsonObject
from realtime.node.registry import Registry
from realtime.node.runner import SessionRunner
from realtime.reply.ports import CallPiece
from realtime.session import events as on
from realtime.transports.openai import context
from realtime.transports.openai.access import ENTRY
from realtime.transports.openai.asides import Asides
from realtime.transports.openai.functions import Functions, no_functions
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

_LIFE_SECONDS = 5.0
_CALL = "function.call"  # comes back through the session's queue, behind the words before it
_BYTES_PER_MS = VOICE_RATE * 2 / 1000


class Talking(Transcribing):
    """A conversation over `/v1/realtime`."""

    def __init__(
        self, line: EventLine, caller: Caller, gate: Gate, registry: Registry, clock: Clock, config: TalkConfig
    ) -> None:
        super().__init__(line, caller, gate, registry, clock, config.heard)
        self._talk = config
        functions = Functions()
        self._history = History(self._order, functions)
        self._memory = Memory(self._order, config, self._recalled, self._called)
        self._responses = Responses(new_id, self._order, functions, old=config.old)
        self._next: TalkConfig | None = None  # the response that waits for the end of the one under way
        self._typed: TalkConfig | None = None  # the one that has cut it off
        self._asides = Asides(registry.tasks, self._tell, old=config.old)
        self._speech: Speech | None = None
        self._items.detects_turns = config.heard.turn_detection is not None
        self._handlers |= {
            "session.update": self._update_talk,
            "conversation.item.create": self._create_item,
            "conversation.item.delete": self._delete_item,
            "conversation.item.truncate": self._truncate,
            "response.create": self._respond,
            "response.cancel": self._cancel,
        }
        del self._handlers["transcription_session.update"]

    async def converse(self, socket: web.WebSocketResponse) -> None:
        """The connection itself is a sign of life: a client that listens sends nothing, or pings only."""
        living = self._registry.tasks.spawn(self._live(), name="client lives")
        try:
            await super().converse(socket)
        finally:
            living.cancel()

    async def _live(self) -> None:
        while True:
            await asyncio.sleep(_LIFE_SECONDS)
            self._shows_life()

    def left(self) -> None:
        """The client is gone: the session ends."""
        self._asides.close()
        super().left()

    async def drop(self, failure: Failure) -> None:
        """Say why, then end the connection."""
        self._asides.close()
        await super().drop(failure)

    # What the client sends.

    async def _update_talk(self, event: JsonObject) -> None:
        wanted = self._talk.updated(event.get("session"))
        self._check_tools(wanted, "session")
        before = self._talk
        if self._runner is not None and wanted.language != before.language:
            raise errors.conflict("session_running", "The language is set before the first sound.")
        if self._runner is not None and wanted.patience_ms != before.patience_ms:
            self._runner.handle(on.PatienceSet(wanted.patience_ms))
        if self._runner is not None:
            self._runner.handle(on.AnsweringSet(wanted.by_itself, wanted.yields))
        if wanted.heard.format != before.heard.format:
            self._sound = None
        if wanted.format != before.format:
            self._speech = None
        self._talk, self._config = wanted, wanted.heard
        self._items.detects_turns = wanted.heard.turn_detection is not None
        self._instruct()
        await self._describe("updated")

    async def _create_item(self, event: JsonObject) -> None:
        await self._tell(self._history.create(event))

    async def _delete_item(self, event: JsonObject) -> None:
        """An answer that is deleted while it is heard is not spoken to its end."""
        item_id = self._history.delete(event)
        if (turn_ids := self._items.drop(item_id)) and self._runner is not None:
            self._runner.handle(on.TurnsDropped(turn_ids))
        if self._responses.names(item_id):
            self._silence()
        await self._tell([{"type": "conversation.item.deleted", "item_id": item_id}])

    async def _truncate(self, event: JsonObject) -> None:
        """The transcript keeps what was heard; the rest is dropped."""
        told = self._history.truncate(event)
        if self._responses.names(told["item_id"]):
            self._silence()
        await self._tell([told])

    async def _respond(self, event: JsonObject) -> None:
        """Typed turns, what functions gave, and spoken turns that are not answered by themselves are answered when the
        client asks for it."""
        given = event.get("response")
        wanted = self._talk if given is None else self._talk.for_response(given)
        self._check_tools(wanted, "response")
        if given is not None and given.get("conversation") == "none":
            await self._respond_aside(given.get("input"), wanted)
        elif text := self._history.text:
            runner = await self._session()
            if self._waits:
                await self._give_up()
            self._typed = wanted if self._is_under_way else None
            self._instruct(wanted)
            self._history.answered()
            runner.handle(on.TextTyped(text, ids.secret()))
        elif self._history.has_outputs or self._may_answer(wanted):
            await self._session()
            self._history.answered()
            self._next = wanted
            self._answer_next()  # a call is complete while its response may still be heard
        else:
            raise errors.conflict("nothing_to_answer", "Say or type something first.")

    def _may_answer(self, wanted: TalkConfig) -> bool:
        """Whether an answer can be made of what was said and not typed, or of instructions alone. Failure while there
        is one."""
        if self._is_answering:
            why = "Conversation already has an active response in progress."
            raise errors.conflict("conversation_already_has_active_response", why)
        listens = self._runner is not None and self._runner.view.listening
        if listens or self._committing or self._items.is_waiting or self._memory.asks:
            return True
        return self._registry.calls_functions and bool(wanted.instructions or self._history.has_notes)

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

    async def _respond_aside(self, given: object, wanted: TalkConfig) -> None:
        """From what the client gives, or from the conversation, which knows nothing of the answer."""
        found = context.of_conversation(self._order) if given is None else context.of_input(given, self._order)
        runner = await self._session()
        if runner.tutor is None:
            raise errors.unavailable("unavailable", "There is no tutor at the moment.")
        await self._gate.count(ENTRY.rate_class, self.caller.limited_as, Knock("", {}))
        runner.handle(on.LifeShown())  # it may be the session's first
        self._asides.begin(runner.tutor, found, wanted)

    def _answer_next(self) -> None:
        if self._next is None or self._runner is None or self._is_answering:
            return
        wanted, self._next = self._next, None
        self._instruct(wanted)
        self._runner.handle(on.AnswerAsked())

    def _check_tools(self, wanted: TalkConfig, where: str) -> None:
        """Failure `tools_unsupported` where there is the built-in tutor only."""
        if wanted.tools and not self._registry.calls_functions:
            raise no_functions(f"/{where}/tools")

    async def _cancel(self, event: JsonObject) -> None:
        wanted = event.get("response_id")
        if wanted is not None and self._asides.cancel(wanted):
            return
        if not self._is_answering or not (wanted is None or self._responses.names(wanted)):
            raise errors.conflict("response_cancel_not_active", "There is no response to cancel.")
        if self._waits:
            await self._give_up()
        else:
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
            tutor.instruct(wanted.instructions or None, self._memory)
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
