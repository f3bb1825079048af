"""A transcription session of the OpenAI Realtime API: one connection, its settings, its items.

Behind it is an ordinary live session, started by the first sound and billed as one. It ends with the connection: that
API knows no resuming.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, WSMsgType, web

from kit import errors, logs, patience
from kit.caller import Caller
from kit.clock import Clock
from kit.errors import Failure
from kit.http.gate import Gate
from kit.storable import JsonObject
from realtime.node import guard
from realtime.node.registry import Registry
from realtime.node.runner import SessionRunner
from realtime.session import events as on
from realtime.transports.openai import messages
from realtime.transports.openai.config import Config
from realtime.transports.openai.items import Event, Items, identified, new_id
from realtime.transports.openai.messages import EventLine, Tell, told_as
from realtime.transports.openai.order import ItemOrder

if TYPE_CHECKING:
    from realtime.transports.openai.sound import Sound

_PIECE_BYTES = 100 * guard.BYTES_A_MS
_COMMITTED = "input_audio_buffer.committed"
_CLEARED = "input_audio_buffer.cleared"
_OF_ITEMS = frozenset({"conversation.item.added", "conversation.item.done"})
_NO_EVENT = "Sessions have no such event from clients."
_log = logs.get(__name__)


class Transcribing:
    """One connection: its settings, its items, and its session once there is sound. A `Client` for the outbox."""

    def __init__(
        self, line: EventLine, caller: Caller, gate: Gate, registry: Registry, clock: Clock, config: Config
    ) -> None:
        self.caller = caller
        self._line = line
        self._gate = gate
        self._registry = registry
        self._clock = clock
        self._config = config
        self._id = new_id("sess")
        self._order = ItemOrder()
        self._items = Items(lambda: new_id("item"), self._order)
        self._sound: Sound | None = None
        self._runner: SessionRunner | None = None
        self._rate = guard.audio_bucket()
        self._uncommitted = False
        self._committing = 0  # commits that are on their way through the session
        self._over = False
        self._asker: Tell | None = None  # who sent the event that is being taken, where there are several
        self._event_id: str | None = None  # of that event
        self._handlers: dict[str, Callable[[JsonObject], Awaitable[None]]] = {
            "session.update": self._update,
            "transcription_session.update": self._update_old,
            messages.APPEND: self._append,
            "input_audio_buffer.commit": self._commit,
            "input_audio_buffer.clear": self._clear,
            "conversation.item.retrieve": self._retrieve,
        }

    @property
    def alive(self) -> bool:
        """Whether the connection still stands."""
        return self._line.alive()

    async def converse(self, socket: web.WebSocketResponse) -> None:
        """Take messages until the connection ends."""
        await self._describe("created")
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._take(message.data)
            elif message.type is WSMsgType.BINARY:
                await self._complain(errors.invalid("Events are text frames; sound is base64 in them."), None)
            await asyncio.sleep(0)  # buffered messages come without waiting, and others need the loop, too

    def left(self) -> None:
        """The client is gone: the session ends."""
        self._over = True
        if (runner := self._runner) is not None:
            runner.detach(self)
            runner.handle(on.EndAsked("client"))

    # What the client sends.

    async def _take(self, text: str, tell: Tell | None = None) -> None:
        """An event of a client; with `tell` only that client is told what is wrong with it."""
        event_id = self._event_id = None
        self._asker = tell
        self._shows_life()
        try:
            event, event_id = messages.read(text)
            self._event_id = event_id
            if (handler := self._handlers.get(event["type"])) is None:
                raise errors.invalid(_NO_EVENT, [("/type", "another event")], "unknown_event")
            with patience.within():
                await handler(event)
        except Failure as failure:
            await self._complain(failure, event_id, tell)
        except Exception as error:
            _log.exception("event_failed")
            await self._complain(errors.of(error), event_id, tell)

    def _shows_life(self) -> None:
        """A client that sends anything uses the session, not only one that sends sound."""
        if self._runner is not None:
            self._runner.handle(on.LifeShown())

    async def _update(self, event: JsonObject) -> None:
        await self._configure(self._config.updated(event.get("session"), old=False))

    async def _update_old(self, event: JsonObject) -> None:
        await self._configure(self._config.updated(event.get("session"), old=True))

    async def _configure(self, wanted: Config) -> None:
        before = self._config
        if self._runner is not None and (wanted.language, wanted.patience_ms) != (before.language, before.patience_ms):
            raise errors.conflict("session_running", "Language and silence are set before the first sound.")
        if wanted.format != before.format:
            self._sound = None
        self._config = wanted
        self._items.detects_turns = wanted.turn_detection is not None
        await self._describe("updated")

    async def _append(self, event: JsonObject) -> None:
        if not isinstance(audio := event.get("audio"), str):
            raise errors.invalid("audio is base64.", [("/audio", "a text is needed")])
        if self._sound is None:
            from realtime.transports.openai.sound import Sound

            self._sound = Sound(self._config.format)
        pcm = self._sound.decode(audio)
        runner = await self._session()
        self._uncommitted = self._uncommitted or bool(pcm)
        for start in range(0, len(pcm), _PIECE_BYTES):
            await self._hear(runner, pcm[start : start + _PIECE_BYTES])

    async def _commit(self, _: JsonObject) -> None:
        if (runner := self._runner) is None or not self._uncommitted:
            raise _nothing_to_commit()
        if self._sound is not None and (rest := self._sound.rest()):
            await self._hear(runner, rest)
        self._uncommitted = False
        runner.handle(on.CommitAsked())
        # Through the session's queue: it comes back here behind all that was heard before it.
        self._committing += 1
        complain = partial(self._complain, _nothing_to_commit(), self._event_id, self._asker)
        runner.play(_COMMITTED, {"before": self._items.commits, "complain": complain}, b"")

    async def _committed(self, before: int, complain: Callable[[], Awaitable[None]]) -> None:
        """All that was heard before the client's commit is known here."""
        self._committing -= 1
        if not self._items.detects_turns:
            await self._tell(self._items.commit())
        elif self._items.commits == before and not self._items.is_speaking:
            await complain()

    async def _clear(self, _: JsonObject) -> None:
        self._sound = None
        self._uncommitted = False
        if self._runner is None:
            await self._tell([{"type": _CLEARED}])
        else:
            self._runner.handle(on.SoundClaimed())  # a voice in it is known before it is dropped
            self._runner.handle(on.TurnsDropped())
            self._runner.play(_CLEARED, {}, b"")  # behind all that was heard, and before the turn ends
            self._runner.handle(on.CommitAsked())

    async def _retrieve(self, event: JsonObject) -> None:
        item_id = event.get("item_id")
        if not isinstance(item_id, str) or (item := self._order.item(item_id)) is None:
            raise errors.invalid("There is no such item.", [("/item_id", "an item")], "item_retrieve_invalid_item_id")
        await self._tell([{"type": "conversation.item.retrieved", "item": item}], self._asker)

    async def _session(self) -> SessionRunner:
        """The live session, started with the first sound. Failure `live_quota_exceeded`, `session_active`."""
        if self._over:  # events may still wait that the client sent before it was told
            raise errors.conflict("session_ended", "This live session has ended.")
        if self._runner is None:
            await self._gate.again(self.caller)
            self._registry.admit()
            session_id = await self._started()
            with self._registry.undone_when_it_fails(session_id, self.caller.user_id):
                self._runner = (await self._registry.join(session_id, self.caller.user_id, self, None)).runner
                if self._runner is None:
                    raise errors.conflict("session_ended", "This live session has ended.")
        if not self._runner.view.open:  # it is told of that soon
            raise errors.conflict("session_ended", "This live session has ended.")
        return self._runner

    async def _started(self) -> str:
        config = self._config
        return await self._registry.repository.start_speaking(
            self.caller.user_id,
            language=config.language,
            reference_text=None,
            patience_ms=config.patience_ms,
            takeover=False,
        )

    async def _hear(self, runner: SessionRunner, pcm: bytes) -> None:
        milliseconds = len(pcm) / guard.BYTES_A_MS
        while not self._rate.take(milliseconds, self._clock.monotonic()):  # noqa: ASYNC110 - time is what is awaited
            await asyncio.sleep(0.05)
        runner.hear(None, milliseconds, lambda: pcm)
        await asyncio.sleep(0)  # a message may hold a minute: others get their turn in between

    # What the session says.

    async def send(self, name: str, data: JsonObject, sound: bytes | None = None) -> None:
        """An event of the session, as the client's protocol has it."""
        now = self._clock.monotonic()
        told: list[Event] = self._items.expire(now)
        if name == "speech.started":
            told += self._items.started(data["turn_id"], data["start_ms"])
        elif name == "speech.stopped":
            told += self._items.stopped(data["turn_id"], data["end_ms"], now)
        elif name == "transcript.partial":
            told += self._items.partial(data["turn_id"], data["text"], data["stable_prefix_length"])
        elif name == "transcript.final":
            told += self._items.final(data["turn_id"], data["text"])
        elif name == _CLEARED:
            self._items.clear()
            told.append({"type": _CLEARED})
        await self._tell(told)
        if name == _COMMITTED:
            await self._committed(data["before"], data["complain"])
        if name == "session.ended":
            await self.drop(errors.conflict("session_ended", f"The session has ended: {data['reason']}."))

    async def drop(self, failure: Failure) -> None:
        """Say why, then end the connection."""
        self._runner, self._over = None, True
        await self._complain(failure, None)
        await self._line.close(WSCloseCode.GOING_AWAY)

    async def expel(self, failure: Failure) -> None:
        """The credential has ended, and with the line the session does."""
        self._over = True
        await self._complain(failure, None)
        await self._line.close(WSCloseCode.POLICY_VIOLATION)

    async def _describe(self, what: str, tell: Tell | None = None) -> None:
        kind = "transcription_session" if self._config.old else "session"
        await self._tell([{"type": f"{kind}.{what}", "session": self._config.described(self._id)}], tell)

    async def _complain(self, failure: Failure, event_id: object, tell: Tell | None = None) -> None:
        await self._tell([told_as(failure, event_id)], tell)

    async def _tell(self, events: list[Event], tell: Tell | None = None) -> None:
        left = [event for event in events if not self._is_deleted(event)]
        for event in left:
            if event["type"] in _OF_ITEMS:
                self._order.keep(event["item"])
        for event in self._in_dialect(left):
            await (tell or self._line.tell)(identified(event))

    def _is_deleted(self, event: Event) -> bool:
        """Whether it is about an item that the client has deleted meanwhile."""
        return event["type"] in _OF_ITEMS and not self._order.has(event["item"]["id"])

    def _in_dialect(self, events: list[Event]) -> list[Event]:
        return events


def _nothing_to_commit() -> Failure:
    return errors.conflict("input_audio_buffer_commit_empty", "There is no sound to commit.")
