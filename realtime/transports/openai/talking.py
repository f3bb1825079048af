"""A conversation of the OpenAI Realtime API: the learner's sound and texts in, the tutor's sound and text out.

Behind it is a live session with the tutor. It begins with the first sound or text, is in use while the connection
lasts, and ends with it.
"""

import asyncio

from aiohttp import web

from kit import errors, ids
from kit.caller import Caller
from kit.clock import Clock
from kit.http.gate import Gate, Knock
from kit.storable import JsonObject
from realtime.node.registry import Registry
from realtime.session import events as on
from realtime.transports.openai import context
from realtime.transports.openai.access import ENTRY
from realtime.transports.openai.answered import Answered
from realtime.transports.openai.functions import no_functions
from realtime.transports.openai.messages import EventLine
from realtime.transports.openai.talk_config import TalkConfig

_LIFE_SECONDS = 5.0


class Talking(Answered):
    """A conversation over `/v1/realtime`."""

    def __init__(
        self, line: EventLine, caller: Caller, gate: Gate, registry: Registry, clock: Clock, config: TalkConfig
    ) -> None:
        super().__init__(line, caller, gate, registry, clock, config)
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
        """An answer that is deleted while it is heard is not spoken to its end; one to what is deleted is not made."""
        awaits_answer = self._order.is_unanswered(event.get("item_id"))
        item_id = self._history.delete(event)
        if (turn_ids := self._items.drop(item_id)) and self._runner is not None:
            self._runner.handle(on.TurnsDropped(turn_ids))
        if self._responses.names(item_id):
            self._silence()
        elif awaits_answer and self._is_under_way and not self._responses.is_active:
            self._answer_what_is_left()
        elif self._waits and not (self._awaits_words or self._memory.asks):
            await self._give_up()
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
    def _awaits_words(self) -> bool:
        """Whether an answer that waits has words to wait for, known to the session or not."""
        listens = self._runner is not None and self._runner.view.listening
        return listens or self._committing > 0 or self._items.has_committed

    async def _respond_aside(self, given: object, wanted: TalkConfig) -> None:
        """From what the client gives, or from the conversation, which knows nothing of the answer."""
        found = context.of_conversation(self._order) if given is None else context.of_input(given, self._order)
        runner = await self._session()
        if runner.tutor is None:
            raise errors.unavailable("unavailable", "There is no tutor at the moment.")
        await self._gate.count(ENTRY.rate_class, self.caller.limited_as, Knock("", {}))
        runner.handle(on.LifeShown())  # it may be the session's first
        self._asides.begin(runner.tutor, found, wanted)

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
