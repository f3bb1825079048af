"""The connection below a request: what is not HTTP is answered like every other error, and slow clients are cut off.

A client that sends the head of a request byte by byte ("slow loris") is cut off after `HEAD_SECONDS`, an idle
connection after `IDLE_SECONDS`; that is longer than the proxies in front keep theirs, so that they close first. A
client that takes nothing of its answer for `TAKEN_SECONDS` is cut off, too: it may hold the place of another meanwhile.
One that takes little at a time is not: the event loop says only that a whole piece has gone, so the bytes are counted.
Bodies have limits of their own (`bodies.py`, `uploads.py`, `spooled.py`).

Nothing that comes is unpacked: aiohttp would unpack the rest of a refused body for ten seconds without a pause,
while nobody else is served. `requests.check` refuses what is compressed.
"""

import asyncio
import contextlib
import fcntl
import sys
import termios
from collections.abc import Callable
from typing import Any

from aiohttp import hdrs, web
from aiohttp.http import RawRequestMessage
from aiohttp.web_protocol import RequestHandler

from kit import errors, logs
from kit.http import failures, requests, security

HEAD_SECONDS = 20.0
IDLE_SECONDS = 75.0
TAKEN_SECONDS = 60.0

_log = logs.get(__name__)


class Runner(web.AppRunner):
    """An `AppRunner` whose connections are these."""

    def __init__(self, app: web.Application, *, head_seconds: float = HEAD_SECONDS, **options: Any) -> None:
        super().__init__(app, access_log=None, keepalive_timeout=IDLE_SECONDS, **options)
        self._head_seconds = head_seconds

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(
            made.request_handler,
            request_factory=_marking(made.request_factory),
            head_seconds=self._head_seconds,
            access_log=None,
            keepalive_timeout=IDLE_SECONDS,
            auto_decompress=False,
        )


def _marking(make: Callable[..., web.BaseRequest]) -> Callable[..., web.BaseRequest]:
    def marked(message: RawRequestMessage, *rest: Any) -> web.BaseRequest:
        if hdrs.EXPECT not in message.headers or (bare := requests.without_expectation(message)) is None:
            return make(message, *rest)
        request = make(bare, *rest)
        request[requests.UNMET] = True
        return request

    return marked


class _Server(web.Server):
    def __init__(self, handler: Any, *, head_seconds: float, **options: Any) -> None:
        super().__init__(handler, **options)
        self._head_seconds = head_seconds

    def __call__(self) -> RequestHandler:
        return _Connection(self, self._head_seconds, loop=self._loop, **self._kwargs)


class _Connection(RequestHandler):
    __slots__ = ("_head_seconds", "_late", "_left", "_untaken")

    def __init__(self, server: web.Server, head_seconds: float, **options: Any) -> None:
        super().__init__(server, **options)
        self._head_seconds = head_seconds
        self._late: asyncio.TimerHandle | None = None
        self._untaken: asyncio.TimerHandle | None = None
        self._left = 0

    def pause_writing(self) -> None:
        super().pause_writing()
        self._look_again()

    def resume_writing(self) -> None:
        self._forget_untaken()
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        waiter = self._waiter
        if waiter is None or waiter.done():
            self._forget_timer()
        elif self._late is None and not self._upgraded:
            self._late = self._loop.call_later(self._head_seconds, self._cut_off)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._forget_timer()
        self._forget_untaken()
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """For requests that never reached the application, and for failures outside its middlewares."""
        if request.writer.output_size > 0:
            raise ConnectionError("a part of another answer was sent already")
        if isinstance(exc, ConnectionResetError) and (request.transport is None or request.transport.is_closing()):
            raise exc  # the client hung up before its body was read; the library ends the connection without a word
        if status < 500:
            failure = errors.invalid("The request is not valid HTTP.")
        else:
            _log.error("request_failed", method=request.method, path=request.path, exc_info=exc)
            failure = errors.internal()
        request_id = requests.new_id()
        response = failures.response(request, failure, status=status, request_id=request_id)
        response.headers[requests.REQUEST_ID_HEADER] = request_id
        security.describe(request, response)
        response.force_close()
        return response

    def log_exception(self, *args: Any, **options: Any) -> None:
        """aiohttp reads an unused body to its end; an error in it is not logged as ours."""
        if isinstance(options.get("exc_info"), web.RequestPayloadError):
            _log.debug("broken_body_dropped")
        else:
            super().log_exception(*args, **options)

    def _cut_off(self) -> None:
        self._late = None
        if self._waiter is not None and not self._waiter.done():
            self.force_close()

    def _look_again(self) -> None:
        if self.transport is not None:
            self._left = _unsent(self.transport)
            self._untaken = self._loop.call_later(TAKEN_SECONDS, self._give_up)

    def _give_up(self) -> None:
        self._untaken = None
        if self.transport is None:
            return
        if _unsent(self.transport) < self._left:
            self._look_again()
        else:
            self.transport.abort()

    def _forget_untaken(self) -> None:
        if self._untaken is not None:
            self._untaken.cancel()
            self._untaken = None

    def _forget_timer(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def _unsent(transport: asyncio.WriteTransport) -> int:
    """The bytes that the client has not taken yet: ours, and those that the system keeps, where it tells."""
    unsent = transport.get_write_buffer_size()
    if sys.platform == "linux" and (socket := transport.get_extra_info("socket")) is not None:
        with contextlib.suppress(OSError):
            kept = fcntl.ioctl(socket.fileno(), termios.TIOCOUTQ, bytes(4))  # of a socket: SIOCOUTQ, the same number
            unsent += int.from_bytes(kept, sys.byteorder)
    return unsent
