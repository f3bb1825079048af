"""One connection of a session: a plain WebSocket of the protocol `parley.1`."""

import asyncio
import contextlib
import json
import struct
from collections.abc import Callable
from itertools import count
from typing import Protocol

import aiohttp

from . import errors
from ._frames import Frame
from ._json import JsonObject
from .errors import Lost

Received = Callable[[str, JsonObject, bytes], None]
"""Takes an event: its name, its data, and the sound that belongs to it."""

_UP = struct.Struct(">IB")
_DOWN = struct.Struct(">HIB")
_OPEN_SECONDS = 10.0
_LARGEST_EVENT = 128 * 1024  # bytes; the server closes the line on larger ones (docs/guides/limits.md)
_ASK_SECONDS = 25.0
_CLOSE_SECONDS = 1.0
_PING_SECONDS = 10.0  # a line that does not answer is broken half as long later


class Line(Protocol):
    """`broken` is set when it is gone, however it went."""

    @property
    def broken(self) -> asyncio.Event: ...

    async def ask(self, name: str, data: JsonObject) -> JsonObject:
        """The acknowledgement, of a refusal too. Lost."""
        ...

    async def send(self, frame: Frame) -> None:
        """Lost."""
        ...

    async def close(self) -> None: ...


class Opener(Protocol):
    """Opens a line that shows `auth` and gives events to `received`. Lost, Refused."""

    async def __call__(
        self, http: aiohttp.ClientSession, url: str, namespace: str, auth: JsonObject, received: Received
    ) -> Line: ...


class WebSocketLine:
    """Made by `opened`."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, received: Received) -> None:
        self.broken = asyncio.Event()
        self._socket = socket
        self._received = received
        self._answers: dict[int, asyncio.Future[JsonObject]] = {}
        self._ids = count(1)
        self._refusal: JsonObject | None = None  # why it closed
        self._reading = asyncio.create_task(self._read())

    async def ask(self, name: str, data: JsonObject) -> JsonObject:
        """Send an event and wait for its acknowledgement. Raises Lost."""
        if self.broken.is_set():
            raise Lost("The connection broke.")
        number = next(self._ids)
        event = json.dumps({"event": name, "id": number, "data": data})
        if len(event) > _LARGEST_EVENT:
            raise errors.refusal({"error": "too_large", "message": "An event of that size is not taken."})
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(_ASK_SECONDS):
                await self._socket.send_str(event)
                said: JsonObject = await answer
                return said
        except (OSError, aiohttp.ClientError) as error:
            self.broken.set()
            raise Lost("The connection broke.") from error
        except TimeoutError as error:
            self.broken.set()
            raise Lost("No answer came in time.") from error
        finally:
            del self._answers[number]

    async def send(self, frame: Frame) -> None:
        """Send a frame of audio. Raises Lost."""
        try:
            await self._socket.send_bytes(_UP.pack(frame.seq, frame.codec) + frame.sound)
        except (OSError, aiohttp.ClientError) as error:
            self.broken.set()
            raise Lost("The connection broke.") from error

    async def close(self) -> None:
        """End the connection."""
        self.broken.set()
        with contextlib.suppress(OSError, aiohttp.ClientError, TimeoutError):
            async with asyncio.timeout(2 * _CLOSE_SECONDS):
                await self._socket.close()
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._text(json.loads(message.data))
                elif message.type is aiohttp.WSMsgType.BINARY and not self.broken.is_set():
                    epoch, seq, _ = _DOWN.unpack_from(message.data)
                    self._received("response.audio", {"epoch": epoch, "seq": seq}, message.data[_DOWN.size :])
        finally:
            self.broken.set()
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(self._why())

    def _text(self, said: JsonObject) -> None:
        data = said.get("data") or {}
        if "ack" in said:
            answer = self._answers.get(said["ack"])
            if answer is not None and not answer.done():
                answer.set_result(data)
        elif not self.broken.is_set():  # the events of a line that was given up come again over the next
            if said.get("event") == "error":
                self._refusal = data
            self._received(str(said.get("event")), data, b"")

    def _why(self) -> Exception:
        refused = self._socket.close_code == aiohttp.WSCloseCode.POLICY_VIOLATION and self._refusal
        return errors.refusal(self._refusal or {}) if refused else Lost("The connection broke.")


async def opened(
    http: aiohttp.ClientSession, url: str, namespace: str, auth: JsonObject, received: Received
) -> WebSocketLine:
    """A line on which the server knows who we are. Lost when there is no way to it, Refused when it lets us not in."""
    address = f"{url}/api/realtime{namespace}"
    limits = aiohttp.ClientWSTimeout(ws_close=_CLOSE_SECONDS)
    try:
        async with asyncio.timeout(_OPEN_SECONDS):
            socket = await http.ws_connect(address, protocols=("parley.1",), heartbeat=_PING_SECONDS, timeout=limits)
    except aiohttp.WSServerHandshakeError as error:
        if not 400 <= error.status < 500 or error.status == 429:
            raise Lost(f"{address}: {error.status} {error.message}") from error
        # Not the server's word on this session: a proxy says the same while the server is away.
        raise errors.refusal({"error": f"http_{error.status}", "message": address}, error.status) from error
    except (OSError, aiohttp.ClientError, TimeoutError) as error:
        raise Lost(f"{address}: {error or 'no answer in time'}") from error
    line = WebSocketLine(socket, lambda name, data, sound: received(name, data, sound) if admitted else None)
    admitted = False
    try:
        answer = await line.ask("auth", auth)
        if not answer.get("ok"):
            raise errors.refusal(answer.get("error", {}))
    except BaseException:  # nobody else knows this line
        await line.close()
        raise
    admitted = True
    return line
