"""One side of the socket between a node and a media worker: frames, and questions with their answers."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast

from kit import errors, logs
from kit.errors import Failure
from kit.storable import JsonObject
from realtime.transports.webrtc.frames import Frame, Kind, Reader, packed

_MOST_SOUND = 1024 * 1024  # bytes unsent: half a minute of one peer; later sound is dropped
_MOST_UNSENT = 8 * 1024 * 1024  # the other side no longer reads
_log = logs.get(__name__)


class LinkLost(Exception):
    """The other process is gone or stopped reading."""


class Link(asyncio.Protocol):
    """`take` gets the other side's frames except answers; `lost` is called once, at the end."""

    def __init__(self, take: Callable[[Frame], None], lost: Callable[[], None]) -> None:
        self._take = take
        self._lost = lost
        self._reader = Reader()
        self._transport: asyncio.WriteTransport | None = None
        self._asked = 0
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self.dropped = 0

    def send(self, kind: Kind, peer: int, payload: bytes = b"", number: int = 0) -> None:
        """Never waits: a side that does not read loses sound, and finally the link."""
        if self._transport is None or self._transport.is_closing():
            return
        unsent = self._transport.get_write_buffer_size()
        if kind is Kind.SOUND and unsent > _MOST_SOUND:
            self.dropped += 1
            return
        if unsent > _MOST_UNSENT:
            _log.error("media_link_stuck", unsent=unsent)
            self._transport.abort()
            return
        self._transport.write(packed(Frame(kind, peer, payload, number)))

    def tell(self, kind: Kind, peer: int, data: JsonObject) -> None:
        """Send a message that needs no answer."""
        self.send(kind, peer, json.dumps(data).encode())

    async def ask(self, kind: Kind, peer: int, data: JsonObject) -> JsonObject:
        """The answer. Raises the other side's Failure, or LinkLost."""
        if self._transport is None or self._transport.is_closing():
            raise LinkLost
        self._asked += 1
        number = self._asked
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            self.send(kind, peer, json.dumps(data).encode(), number)
            return cast(JsonObject, await answer)
        finally:
            del self._waiting[number]

    def answer(self, question: Frame, data: JsonObject) -> None:
        """Answer a question."""
        self.send(Kind.ANSWER, question.peer, json.dumps(data).encode(), question.number)

    def refuse(self, question: Frame, why: Failure) -> None:
        """Answer a question with a failure."""
        body = {
            "kind": why.kind,
            "code": why.code,
            "message": why.message,
            "details": why.details,
            "retry_after": why.retry_after,
        }
        self.send(Kind.REFUSAL, question.peer, json.dumps(body).encode(), question.number)

    def close(self) -> None:
        """End the connection."""
        if self._transport is not None:
            self._transport.close()

    # ---- asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        """Bytes from the other side."""
        assert self._transport is not None
        try:
            for frame in self._reader.feed(data):
                self._received(frame)
        except ValueError as error:
            _log.error("media_link_broken", why=str(error))
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is over: every open question fails with LinkLost."""
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(LinkLost())
        self._lost()

    def _received(self, frame: Frame) -> None:
        if frame.kind is Kind.ANSWER or frame.kind is Kind.REFUSAL:
            answer = self._waiting.get(frame.number)
            if answer is None or answer.done():
                return  # the caller was cancelled
            if frame.kind is Kind.ANSWER:
                answer.set_result(json.loads(frame.payload))
            else:
                answer.set_exception(_failure(json.loads(frame.payload)))
            return
        try:
            self._take(frame)
        except Exception as error:  # an error of one peer must not affect the others
            _log.exception("media_frame_failed", kind=frame.kind.name)
            if frame.number:
                self.refuse(frame, errors.of(error))


def _failure(body: JsonObject) -> Failure:
    return Failure(
        errors.Kind(body["kind"]),
        body["code"],
        body["message"],
        details=body["details"],
        retry_after=body["retry_after"],
    )
