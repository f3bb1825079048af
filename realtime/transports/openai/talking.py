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
from realtime.transports.openai.items import Event, new_id
from realtime.transports.openai.responses import Responses, in_beta
from realtime.transports.openai.talk_config import TalkConfig
from realtime.transports.openai.transcribing import EventLine, Tell, Transcribing
from speech.synthesis.voices import RATE as VOICE_RATE

if TYPE_CHECKING:
    from realtime.transports.openai.sound import Speech

_LIFE_SECONDS = 5.0
_LONGEST_TEXT = 4000
_CALL = "function.call"  # comes back through the session's queue, behind the words before it
_BYTES_PER_MS = VOICE_RATE * 2 / 1000


class Talking(Transcribing):
    """A conversation over `/v1/realtime`."""

    def __init__(
        self, line: EventLine, caller: Caller, gate: Gate, registry: Registry, clock: Clock, config: TalkConfig
    ) -> None:
        super().__init__(line, caller, gate, registry, clock, config.heard)
        self._talk = config
        self._functions = Functions(self._called)
        self._responses = Responses(new_id, self._order, self._functions, old=config.old)
        self._next: TalkConfig | None = None  # the response that waits for the end of the one under way
        self._typed: TalkConfig | None = None  # the one that has cut it off
        self._asides = Asides(registry.tasks, self._tell, old=config.old)
        self._texts: list[str] = []
        self._speech: Speech | None = None
        self._items.detects_turns = config.heard.turn_detection is not None
        self._handlers |= {
            "session.update": self._update_talk,
            "conversation.item.create": self._create_item,
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
        if wanted.heard.format != before.heard.format:
            self._sound = None
        if wanted.format != before.format:
            self._speech = None
        self._talk, self._config = wanted, wanted.heard
        self._items.detects_turns = wanted.heard.turn_detection is not None
        self._instruct()
        await self._describe("updated")

    async def _create_item(self, event: JsonObject) -> None:
        """The client may name the item; without a name it gets ours."""
        wanted = event.get("item")
        item: JsonObject = wanted if isinstance(wanted, dict) else {}
        gives = item.get("type") == "function_call_output"
        text = None if gives else _text(item)
        item_id = item.get("id")
        self._order.check_new(item_id, event.get("previous_item_id"))
        if text is None:
            said = self._functions.give(item)
        elif len("\n".join([*self._texts, text])) > _LONGEST_TEXT:
            raise errors.conflict("too_many_items", "Ask for a response first.")
        else:
            self._texts.append(text)
            said = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}
        item_id = item_id or new_id("item")
        before = self._order.append(item_id, "function" if gives else "user")
        item = {"id": item_id, "object": "realtime.item", "status": "completed", **said}
        told: list[Event] = [
            {"type": f"conversation.item.{step}", "previous_item_id": before, "item": item}
            for step in ("added", "done")
        ]
        await self._tell(told)

    async def _truncate(self, event: JsonObject) -> None:
        """The transcript keeps what was heard; the rest is dropped."""
        item_id, part, end_ms = event.get("item_id"), event.get("content_index", 0), event.get("audio_end_ms")
        if not isinstance(item_id, str) or type(end_ms) is not int or end_ms < 0:
            raise errors.invalid("item_id and audio_end_ms are needed.", [("/audio_end_ms", "milliseconds")])
        if type(part) is not int or part != 0:
            raise errors.invalid("An answer has one part.", [("/content_index", "0")])
        self._order.check_truncation(item_id, end_ms)
        if self._responses.names(item_id):
            self._silence()
        told = {"item_id": item_id, "content_index": part, "audio_end_ms": end_ms}
        await self._tell([{"type": "conversation.item.truncated", **told}])

    async def _respond(self, event: JsonObject) -> None:
        """Spoken turns are answered by themselves; typed ones, and what functions gave, when the client asks for it."""
        given = event.get("response")
        wanted = self._talk if given is None else self._talk.for_response(given)
        self._check_tools(wanted, "response")
        if given is not None and given.get("conversation") == "none":
            await self._respond_aside(given.get("input"), wanted)
        elif self._texts:
            text, runner = "\n".join(self._texts), await self._session()
            self._texts.clear()
            self._typed = wanted if self._responses.is_active else None
            self._instruct(wanted)
            self._functions.has_news = False
            runner.handle(on.TextTyped(text, ids.secret()))
        elif self._functions.has_news:
            self._functions.has_news = False
            self._next = wanted
            if not self._responses.is_active:  # the call is complete while its response may still be heard
                self._answer_again()
        elif self._runner is None or not self._items.is_waiting:
            raise errors.conflict("nothing_to_answer", "Say or type something first.")

    async def _respond_aside(self, given: object, wanted: TalkConfig) -> None:
        """From what the client gives, or from the conversation, which knows nothing of the answer."""
        found = context.of_conversation(self._order) if given is None else context.of_input(given, self._order)
        runner = await self._session()
        if runner.tutor is None:
            raise errors.unavailable("unavailable", "There is no tutor at the moment.")
        await self._gate.count(ENTRY.rate_class, self.caller.limited_as, Knock("", {}))
        runner.handle(on.LifeShown())  # it may be the session's first
        self._asides.begin(runner.tutor, found, wanted)

    def _answer_again(self) -> None:
        wanted, self._next = self._next, None
        if wanted is not None and self._runner is not None:
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
        if not self._responses.is_active or not (wanted is None or self._responses.names(wanted)):
            raise errors.conflict("response_cancel_not_active", "There is no response to cancel.")
        self._silence()

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
            self._instruct()
        return runner

    def _instruct(self, talk: TalkConfig | None = None) -> None:
        """From the next reply on; by `talk` until that is over."""
        wanted = talk or self._talk
        tutor = self._runner.tutor if self._runner is not None else None
        self._functions.offer(wanted.tools, wanted.tool_choice)
        if tutor is not None:
            tutor.instruct(wanted.instructions or None, self._functions if tutor.calls_functions else None)
        self._responses.spoken = wanted.modality == "audio" and (tutor is None or tutor.voiced)
        self._responses.metadata = wanted.metadata

    def _called(self, turn_id: str, piece: CallPiece | None) -> None:
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
            told = self._responses.done(data["text"], complete=data["complete"])
            self._functions.ended(data["turn_id"], data["text"])
            typed, self._typed = self._typed, None
            self._instruct(typed)
            await self._tell(told)
            self._answer_again()
        elif name == "session.warning" and data.get("part") == "language_model":
            self._responses.troubled()
        elif name == _CALL:
            piece = data["piece"]
            await self._tell(self._responses.calls_end() if piece is None else self._responses.called(piece))
        else:
            await super().send(name, data, sound)

    def _encoded(self, sound: bytes) -> str:
        if self._speech is None:
            from realtime.transports.openai.sound import Speech

            self._speech = Speech(self._talk.format)
        return self._speech.encode(sound)

    async def _describe(self, what: str, tell: Tell | None = None) -> None:
        await self._tell([{"type": f"session.{what}", "session": self._talk.described(self._id)}], tell)

    def _in_dialect(self, events: list[Event]) -> list[Event]:
        return [told for one in events if (told := in_beta(one)) is not None] if self._talk.old else events


def _text(item: JsonObject) -> str:
    """The text of a message of the user. Failure `invalid_request` for any other item."""
    content = item.get("content") if item.get("role") == "user" else None
    if not isinstance(content, list) or not content:
        wrong = [("/item", "a user's message, or what a function gave")]
        raise errors.invalid("Only messages of the user and what functions gave can be added.", wrong)
    texts = [
        part.get("text") if isinstance(part, dict) and part.get("type") == "input_text" else None for part in content
    ]
    text = "\n".join(one for one in texts if isinstance(one, str)).strip()
    if len(texts) != len([one for one in texts if isinstance(one, str)]) or not 0 < len(text) <= _LONGEST_TEXT:
        raise errors.invalid(
            f"Only input_text of 1 to {_LONGEST_TEXT:,} characters is taken.", [("/item/content", "text")]
        )
    return text
