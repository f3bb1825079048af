"""Side-bands: over a WebSocket a backend hears the events of a running call and sends some of its own, while the sound
and the page stay on WebRTC."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Protocol

import orjson
from aiohttp import WSCloseCode, WSMessage, WSMsgType

from kit import errors
from kit.caller import Caller
from kit.errors import Failure, Kind
from kit.storable import JsonObject
from kit.tasks import Tasks
from realtime.transports.openai.items import identified
from realtime.transports.openai.messages import Tell, told_as

_MOST_EVENTS = 1000
_MOST_CHARACTERS = 4 * 1024 * 1024
_MOST_TOGETHER = 64 * 1024  # characters of one message, but for a single event
_CLOSE_SECONDS = 5.0
_TOO_SLOW = "The events are read too slowly."


class Controlled(Protocol):
    """A call as its side-bands see it."""

    async def controlled(self, text: str, tell: Tell, band: "SideBand") -> None:
        """An event of a side-band, which alone is told what is wrong with it. Nothing when `band` is closed by the time
        it is taken."""
        ...

    async def join(self, band: "SideBand") -> None:
        """Every event goes to this side-band, too, from now on; `session.created` first. Failure
        `too_many_side_bands`, `session_ended`, `unavailable`."""
        ...

    def leave(self, band: "SideBand") -> None:
        """No more events."""
        ...


class Socket(Protocol):
    """What a side-band reads, and closes."""

    def __aiter__(self) -> AsyncIterator[WSMessage]: ...

    async def close(self, *, code: int, message: bytes) -> object: ...


class BandLine(Protocol):
    """The line of a side-band, which may come from another node."""

    @property
    def socket(self) -> Socket: ...

    async def send(self, message: str) -> None:
        """Events, one a line where the side-band sends several `together`."""
        ...

    def abort(self) -> None: ...


class SideBand:
    """One of them. Its events wait in its own queue and are sent by its own task, so that one that reads slowly holds
    nobody: when too much waits, it is closed."""

    def __init__(self, line: BandLine, caller: Caller, tasks: Tasks, together: int = 1) -> None:
        """So many events at most are sent `together`."""
        self.caller = caller
        self.on_end: Callable[[], asyncio.Task[bool | None] | None] = lambda: None
        """Called when it is closed; it tells why when the task is done."""
        self._line = line
        self._tasks = tasks
        self._together = together
        self._waiting: deque[str] = deque()
        self._characters = 0
        self._changed = asyncio.Event()
        self._room = asyncio.Event()
        self._sent = asyncio.Event()
        self._closing: tuple[int, str] | None = None
        self._ending: asyncio.Task[bool | None] | None = None

    @property
    def open(self) -> bool:
        """Whether it still hears and controls the call."""
        return self._closing is None

    async def converse(self, call: Controlled) -> None:
        """Until either side ends it."""
        sending = self._tasks.spawn(self._send(), name="side-band")
        try:
            await self._listen(call)
        finally:
            call.leave(self)
            self.end(WSCloseCode.OK, "")
            await asyncio.wait([sending])

    async def refuse(self, failure: Failure) -> None:
        """Say why there is nothing to control, and close."""
        self.end_with(failure, WSCloseCode.GOING_AWAY)
        await self._send()

    def pass_on(self, text: str) -> None:
        """An event of the call."""
        if self._closing is not None:
            return
        self._put(text)
        if len(self._waiting) > _MOST_EVENTS or self._characters > _MOST_CHARACTERS:
            self._drop()
            self.end_with(errors.limited("too_slow", _TOO_SLOW, 1), WSCloseCode.TRY_AGAIN_LATER)

    def pass_on_all(self, texts: list[str]) -> None:
        """Events that were counted elsewhere, where too many close it."""
        if self._closing is None:
            for text in texts:
                self._put(text)

    async def sent(self, seconds: float) -> bool:
        """Whether it is open, and has sent within that time all that waited."""
        try:
            async with asyncio.timeout(seconds):
                await self._sent.wait()
        except TimeoutError:
            return False
        return self.open

    def end(self, code: int, reason: str) -> None:
        """Close, once what waits was sent, or could not be sent in a few seconds."""
        if self._closing is None:
            self._closing = code, reason
            self._ending = self.on_end()
        for event in (self._changed, self._room, self._sent):
            event.set()

    async def expel(self, failure: Failure) -> None:
        """The credential has ended. The call goes on with its own."""
        self._drop()  # it is told nothing more of the call
        self.end_with(failure, WSCloseCode.POLICY_VIOLATION)

    async def _listen(self, call: Controlled) -> None:
        try:
            await call.join(self)
        except Failure as failure:
            later = failure.kind is Kind.UNAVAILABLE
            self.end_with(failure, WSCloseCode.TRY_AGAIN_LATER if later else WSCloseCode.GOING_AWAY)
            return
        async for message in self._line.socket:
            if not self.open:
                return
            if message.type is WSMsgType.TEXT:
                await call.controlled(message.data, self.tell, self)
            elif message.type is WSMsgType.BINARY:
                why = errors.invalid("Events are text frames; sound goes over the call's track.")
                await self.tell(identified(told_as(why)))
            await self._room_for_more()

    async def _room_for_more(self) -> None:
        """Who asks much is heard as fast as it reads the answers. Not while an event is taken: the call waits then."""
        await asyncio.sleep(0)  # many small events are read without a pause, and others get their turn
        while self._closing is None and len(self._waiting) >= _MOST_EVENTS // 2:
            self._room.clear()
            await self._room.wait()

    async def tell(self, message: JsonObject) -> None:
        """Send an event to this side-band only."""
        self.pass_on(orjson.dumps(message).decode())

    def _put(self, text: str) -> None:
        self._waiting.append(text)
        self._characters += len(text)
        self._sent.clear()
        self._changed.set()

    def end_with(self, failure: Failure, code: int) -> None:
        """Close, and say why."""
        if self._closing is None:
            self._put(orjson.dumps(identified(told_as(failure))).decode())
            self.end(code, failure.code)

    def _drop(self) -> None:
        self._waiting.clear()
        self._characters = 0

    async def _send(self) -> None:
        while self._closing is None:
            if self._waiting:
                await self._send_next()
            else:
                self._changed.clear()
                await self._changed.wait()
        code, reason = self._closing
        if self._ending is not None:
            await asyncio.wait([self._ending])
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                while self._waiting:
                    await self._send_next()
                await self._line.socket.close(code=code, message=reason.encode())
        except TimeoutError:  # it takes nothing, not even that
            self._line.abort()

    async def _send_next(self) -> None:
        texts = [self._waiting.popleft()]
        size = len(texts[0])
        while self._waiting and len(texts) < self._together and size + len(self._waiting[0]) <= _MOST_TOGETHER:
            texts.append(self._waiting.popleft())
            size += len(texts[-1])
        self._characters -= size
        self._room.set()
        await self._line.send("\n".join(texts))
        if not self._waiting:
            self._sent.set()


class SideBands:
    """Those of one call."""

    MOST = 4

    def __init__(self) -> None:
        self._bands: list[SideBand] = []
        self._over: str | None = None

    def add(self, band: SideBand) -> None:
        """Failure `too_many_side_bands`, `session_ended`."""
        if self._over is not None:
            raise errors.conflict("session_ended", "This call has ended.")
        if len(self._bands) >= self.MOST:
            raise errors.conflict("too_many_side_bands", f"A call has at most {self.MOST} side-bands.")
        self._bands.append(band)

    def discard(self, band: SideBand) -> None:
        if band in self._bands:
            self._bands.remove(band)

    def tell(self, message: JsonObject) -> None:
        """An event for all of them."""
        if self._bands:
            text = orjson.dumps(message).decode()
            for band in self._bands:
                band.pass_on(text)

    def end(self, reason: str) -> None:
        """The call is over."""
        self._over = reason
        for band in self._bands:
            band.end(WSCloseCode.OK, reason)
