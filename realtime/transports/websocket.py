"""The plain WebSocket `/api/realtime/live` and `/api/realtime/speaking`: for apps without Socket.IO.

Text frames are `{"event", "id"?, "data"}`; one with an `id` is answered by `{"ack": id, "data"}`. Binary frames are
sound. docs/websocket.md says it byte by byte.
"""

import asyncio
import struct
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import WSCloseCode, WSMsgType, web

from kit import errors, logs
from kit.errors import Failure
from kit.http.gate import Gate, Knock
from kit.storable import JsonObject
from realtime import payload
from realtime.node import guard
from realtime.node.connection import Connection
from realtime.node.dialogue import Dialogue

PROTOCOL = "parley.1"
_CODECS = ("pcm16", "opus")
_UP = struct.Struct(">IB")
_DOWN = struct.Struct(">HIB")
_AUTH_SECONDS = 10.0
_SEND_SECONDS = 10.0
_PING_SECONDS = 10.0
CLOSE_SECONDS = 1.0
"""How long the other side may take to answer a close."""

_log = logs.get(__name__)


@dataclass(frozen=True, eq=False)
class Line:
    """A socket, and the transport below it for a client that takes nothing."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None

    def alive(self) -> bool:
        """Whether the connection still stands."""
        return self.transport is not None and not self.transport.is_closing()

    async def tell(self, message: JsonObject) -> None:
        """Send a message."""
        await self.send(orjson.dumps(message).decode())

    async def close(self, code: int) -> None:
        await self.socket.close(code=code)

    def abort(self) -> None:
        """Cut the connection, whatever waits."""
        if self.transport is not None:
            self.transport.abort()

    async def send(self, message: str | bytes) -> None:
        """A client that reads nothing for 10 s is disconnected; it can resume later."""
        if self.socket.closed:
            return
        try:
            async with asyncio.timeout(_SEND_SECONDS):
                if isinstance(message, bytes):
                    await self.socket.send_bytes(message)
                else:
                    await self.socket.send_str(message)
        except TimeoutError:
            _log.info("slow_client_let_go")
            self.abort()
        except (ConnectionError, RuntimeError):
            return  # it disconnected meanwhile; its reader notices, too


class Door:
    """One of the two paths."""

    def __init__(self, dialogue: Dialogue, gate: Gate) -> None:
        self._dialogue = dialogue
        self._gate = gate
        self._open: set[web.WebSocketResponse] = set()

    def attach(self, app: web.Application) -> None:
        """Add the route to the application."""
        app.router.add_get(f"/api/realtime{self._dialogue.namespace}", self.handle)
        app.on_shutdown.append(self._shut_down)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, until it ends."""
        knock = self._gate.knock(request)
        self._gate.check_page(knock)
        socket = web.WebSocketResponse(
            protocols=(PROTOCOL,),
            heartbeat=_PING_SECONDS,
            max_msg_size=payload.MAX_MESSAGE_BYTES,
            compress=False,
            timeout=CLOSE_SECONDS,
        )
        await socket.prepare(request)
        line = Line(socket, request.transport)
        self._open.add(socket)
        connection: Connection | None = None
        try:
            connection = await self._admitted(line, request.query.get("ticket"), knock)
            if connection is not None:
                await self._converse(line, connection)
        finally:
            self._open.discard(socket)
            if connection is not None:
                self._dialogue.left(connection)
            await socket.close()
        return socket

    async def _admitted(self, line: Line, ticket: str | None, knock: Knock) -> Connection | None:
        """The connection of an admitted client; None when it was refused."""
        try:
            said = {"data": {"ticket": ticket}} if ticket else await _first_message(line.socket)
            caller, only_session = await self._dialogue.identify(said.get("data"), knock)
        except Failure as failure:
            await line.tell({"event": "error", "data": guard.body(failure)})
            await line.socket.close(code=WSCloseCode.POLICY_VIOLATION, message=failure.code.encode())
            return None
        if "id" in said:
            await line.tell({"ack": said["id"], "data": {"ok": True}})

        async def send(name: str, data: JsonObject, sound: bytes | None) -> None:
            if sound is None:
                await line.tell({"event": name, "data": data})
            else:
                await line.send(_DOWN.pack(data["epoch"] & 0xFFFF, data["seq"], 0) + sound)

        async def disconnect() -> None:
            await line.socket.close(code=WSCloseCode.GOING_AWAY)

        connection = Connection(caller, only_session, send, disconnect, line.alive)
        self._dialogue.entered(connection)
        return connection

    async def _converse(self, line: Line, connection: Connection) -> None:
        async for message in line.socket:
            if message.type is WSMsgType.BINARY:
                await self._dialogue.take(connection, "audio", _audio(message.data))
            elif message.type is WSMsgType.TEXT:
                await self._event(line, connection, message.data)
            await asyncio.sleep(0)  # buffered messages come without waiting, and others need the loop, too

    async def _event(self, line: Line, connection: Connection, text: str) -> None:
        try:
            said, event = payload.envelope(text)
        except Failure as failure:
            await line.tell({"event": "error", "data": guard.body(failure)})
            return
        asked = "id" in said
        answer = await self._dialogue.take(connection, event, (said.get("data"),), asked=asked)
        if asked:
            await line.tell({"ack": said["id"], "data": answer})

    async def _shut_down(self, _: web.Application) -> None:
        closing = [socket.close(code=WSCloseCode.GOING_AWAY) for socket in list(self._open)]
        await asyncio.gather(*closing, return_exceptions=True)


async def _first_message(socket: web.WebSocketResponse) -> JsonObject:
    """`{"event": "auth", "id"?, "data": {"token" | "ticket"}}`."""
    try:
        async with asyncio.timeout(_AUTH_SECONDS):
            message = await socket.receive()
    except TimeoutError as error:
        raise errors.unauthenticated(message="Send an auth event first, within 10 seconds.") from error
    if message.type is WSMsgType.TEXT:
        said, event = payload.envelope(message.data)
        if event == "auth":
            return said
    raise errors.unauthenticated(message="Send an auth event first, or connect with ?ticket=.")


def _audio(data: bytes) -> tuple[Any, ...]:
    """The arguments for the guard, which names what is wrong."""
    if len(data) < _UP.size:
        return ()
    seq, codec = _UP.unpack_from(data)
    return {"seq": seq, "codec": _CODECS[codec] if codec < len(_CODECS) else f"codec {codec}"}, data[_UP.size :]
