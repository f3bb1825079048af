"""The WebSocket below a Socket.IO client, as Engine.IO wants it: frames in and out, and an end in time.

For a frame that it cannot read Engine.IO logs a trace, or keeps the connection without answering any more. So only
valid frames of its protocol 4 reach it; anything else ends the connection.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSCloseCode, web

from kit import logs
from kit.storable import JsonObject
from realtime.transports.socketio.packets import Packet

KEY = "parley.line"
"""The key of a line in the environment that the libraries pass on."""

HOME_SECONDS = 10.0
"""How long a line may stay without a namespace."""

_SEND_SECONDS = 10.0
_CLOSE_SECONDS = 1.0
_MOST_UNSENT = 256  # packets; a client that sends without reading the answers must wait
_AT_ONCE = 8 * 1024  # characters that the transport buffers without back-pressure
_LONGEST_PONG = 64
_CLOSE, _PONG, _MESSAGE, _SOUND = "1", "3", "4", "45"
_log = logs.get(__name__)


class Line:
    """`pending` is the event whose attachment comes next; `dropped` are namespaces from which the server let the client
    go, which may not know it yet."""

    def __init__(self, handler: Callable[["Line"], Awaitable[None]], server: Any) -> None:
        """As Engine.IO makes one: `handler` is a method of its socket."""
        engine = handler.__self__  # type: ignore[attr-defined]
        self._handler = handler
        self._queue: asyncio.Queue[Any] = engine.queue
        self._sid: str = engine.sid
        self._take: Callable[[str, str | bytes], Awaitable[None]] = server.handlers["message"]
        self._largest = server.max_http_buffer_size
        self.pending: Packet | None = None
        self.dropped: set[str] = set()
        self.refused = 0
        self._homes = 0
        self._over = False
        self._why = ""
        self._taken = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    async def __call__(self, environ: JsonObject) -> web.WebSocketResponse:
        request: web.Request = environ["aiohttp.request"]
        self._socket = web.WebSocketResponse(max_msg_size=self._largest, compress=False, timeout=_CLOSE_SECONDS)
        await self._socket.prepare(request)
        assert request.transport is not None
        self._transport = request.transport
        self._look_for_home()
        environ[KEY] = self
        try:
            await self._handler(self)
        finally:
            await self.close()
        return self._socket

    # Whether it has a home.

    def enter(self) -> None:
        """One more namespace uses the connection."""
        self._homes += 1
        self._forget_timer()

    def leave(self) -> None:
        """One namespace less uses it; without any it is closed after a while."""
        self._homes -= 1
        if not self._homes and not self._over:
            self._look_for_home()

    def _look_for_home(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(HOME_SECONDS, self.end, "no namespace was joined")

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    # What Engine.IO calls.

    async def wait(self) -> str | bytes:
        """The next frame that is one. OSError when there will be none. Sound, which never waits for anything, goes past
        Engine.IO, which starts a task for each frame that it waits for."""
        while isinstance(frame := await self._receive(), bytes) or frame.startswith(_SOUND):
            if isinstance(frame, bytes):
                await asyncio.sleep(0)  # buffered frames come without waiting, and others need the loop, too
                await self._take(self._sid, frame)
            else:
                await self._take(self._sid, frame[1:])
        return frame

    async def _receive(self) -> str | bytes:
        while self._queue.qsize() > _MOST_UNSENT and not self._over:
            self._taken.clear()
            await self._taken.wait()
        data = (await self._socket.receive()).data if not self._over else None
        if isinstance(data, bytes) or (isinstance(data, str) and _is_frame(data)):
            return data
        if isinstance(data, str) and not data.startswith(_CLOSE):
            self.end("no frame of Engine.IO 4")
        raise ConnectionAbortedError

    async def send(self, message: str | bytes) -> None:
        """OSError for a client that reads nothing for 10 s: it is disconnected and can resume later."""
        if len(message) + self._transport.get_write_buffer_size() < _AT_ONCE:  # nothing that could be waited for
            await self._write(message)
        else:
            try:
                async with asyncio.timeout(_SEND_SECONDS):
                    await self._write(message)
            except TimeoutError as error:
                _log.info("slow_client_let_go")
                self._transport.abort()
                raise ConnectionAbortedError from error
        self._taken.set()

    async def _write(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            await self._socket.send_bytes(message)
        else:
            await self._socket.send_str(message)

    async def close(self) -> None:
        """End the connection."""
        self._over = True
        self._taken.set()
        self._forget_timer()
        code = WSCloseCode.POLICY_VIOLATION if self._why else WSCloseCode.OK
        await self._socket.close(code=code, message=self._why.encode())

    # What the server decides.

    def end(self, why: str) -> None:
        """Stop reading; buffered frames may still be sent, for a second."""
        if self._over:
            return
        self._over = True
        self._why = why
        _log.info("line_ended", why=why)
        self._taken.set()
        self._queue.put_nowait(None)  # Engine.IO's writer closes the line behind what waits
        asyncio.get_running_loop().call_later(_CLOSE_SECONDS, self._transport.abort)


def _is_frame(data: str) -> bool:
    return data.startswith(_MESSAGE) or (data.startswith(_PONG) and len(data) <= _LONGEST_PONG)
