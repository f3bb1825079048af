"""The Socket.IO server: WebSocket transport only, so that any node serves any client."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import engineio
import orjson
import socketio
from aiohttp import hdrs, web

from kit import errors, logs
from kit.http import front
from kit.http.gate import Gate
from realtime import payload
from realtime.node import guard
from realtime.node.dialogue import Dialogue
from realtime.transports.socketio import packets
from realtime.transports.socketio.line import KEY, Line
from realtime.transports.socketio.namespace import SessionNamespace
from realtime.transports.socketio.packets import Malformed, Packet

PATH = "/socket.io"
_PING_SECONDS = 10
_PONG_SECONDS = 10
_GOODBYE_SECONDS = 0.3
_MOST_REFUSALS = 3  # of a connect, on one line
_OWN_NAMES = frozenset({"connect", "disconnect", "connect_error"})  # by which the library calls its own events
_log = logs.get(__name__)


class _Json:
    """orjson in the shape of the standard library's module."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        return orjson.loads(text)


class _Doorway(engineio.AsyncServer):  # type: ignore[misc]
    """Engine.IO below our own lines."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._async: dict[str, Any] = {**vars(self)["_async"], "websocket": Line}

    async def handle_request(self, request: web.Request) -> web.StreamResponse:
        """What is not a handshake is refused before memory is allocated for it."""
        if request.method == hdrs.METH_GET and not _is_handshake(request):
            return web.json_response("Invalid websocket upgrade", status=400)
        response: web.StreamResponse = await super().handle_request(request)
        return response


class _Server(socketio.AsyncServer):  # type: ignore[misc]
    """Socket.IO that stores nothing of a packet before it is validated."""

    def _engineio_server_class(self) -> type[_Doorway]:
        return _Doorway

    async def _handle_eio_message(self, eio_sid: str, data: object) -> None:
        line: Line | None = self.environ[eio_sid].get(KEY) if eio_sid in self.environ else None
        if line is None:
            return
        try:
            if (packet := _whole(line, data)) is not None:
                await self._take(eio_sid, line, packet)
        except Malformed as error:
            line.end(str(error))
        except Exception:  # a connection that no longer answers is worse than none
            _log.exception("packet_failed")
            line.end("the server failed")

    async def _take(self, eio_sid: str, line: Line, packet: Packet) -> None:
        space = packet.namespace
        if packet.type == packets.CONNECT:
            line.dropped.discard(space)
            await self._handle_connect(eio_sid, space, packet.data)
            self._count_refusals(eio_sid, line, space)
        elif packet.type == packets.DISCONNECT:
            await self._handle_disconnect(eio_sid, space, self.reason.CLIENT_DISCONNECT)
        elif self.manager.is_connected(sid := self.manager.sid_from_eio_sid(eio_sid, space), space):
            await self._event(eio_sid, sid, packet)
        elif space not in line.dropped:
            raise Malformed("an event for a namespace that was not joined")

    async def _event(self, eio_sid: str, sid: str, packet: Packet) -> None:
        """Bypass the library, which accepts any name, even those of its own events."""
        space = self.namespace_handlers[packet.namespace]
        if packet.data is None:
            answer = guard.refusal(errors.too_large("An event is too large."))
            if packet.id is None:
                await space.emit("error", answer["error"], to=sid)
        else:
            name, *arguments = packet.data
            known = isinstance(name, str) and name not in _OWN_NAMES
            answer = await space.trigger_event(name if known else "", sid, *arguments)
        if packet.id is not None:
            ack = self.packet_class(socketio.packet.ACK, [answer], packet.namespace, packet.id, binary=False)
            await self._send_packet(eio_sid, ack)

    def _count_refusals(self, eio_sid: str, line: Line, space: str) -> None:
        if self.manager.sid_from_eio_sid(eio_sid, space) is None:
            line.refused += 1
            if line.refused >= _MOST_REFUSALS:
                line.end("refused too often")


def _whole(line: Line, data: object) -> Packet | None:
    """The packet that is complete with this frame; None when its attachment follows."""
    begun, line.pending = line.pending, None
    if isinstance(data, bytes) and begun is not None:
        return begun.whole(data)
    if not isinstance(data, str) or begun is not None:
        raise Malformed("bytes out of place" if begun is None else "text in place of bytes")
    packet = packets.read(data)
    if packet.type != packets.BINARY_EVENT:
        return packet
    line.pending = packet
    return None


def _is_handshake(request: web.Request) -> bool:
    """Whether the client may be a WebSocket. Engine.IO says itself what else is wrong with a request."""
    if request.query.get("transport") != "websocket" or "sid" in request.query:
        return True
    connection = [one.strip().lower() for one in ",".join(request.headers.getall(hdrs.CONNECTION, ())).split(",")]
    return "upgrade" in connection and bool(web.WebSocketResponse().can_prepare(request))


Stop = Callable[[], Awaitable[None]]


def attacher(dialogues: Sequence[Dialogue], gate: Gate, stop: Stop) -> front.Attach:
    """Adds the sockets to an application. `stop` lets go of the sessions, before the connections are closed."""

    def attach(app: Any) -> None:
        server = _create(dialogues, gate)
        server.attach(app, socketio_path=PATH.strip("/"))

        async def shut_down(_: Any) -> None:
            await stop()
            # A client that no longer reads must not block the rest: its queue never empties.
            leaving = [asyncio.ensure_future(server.eio.disconnect(one)) for one in list(server.eio.sockets)]
            if leaving:
                _, stuck = await asyncio.wait(leaving, timeout=_GOODBYE_SECONDS)
                for one in stuck:
                    one.cancel()
                await asyncio.gather(*leaving, return_exceptions=True)
            await server.shutdown()

        app.on_shutdown.append(shut_down)

    return attach


def _create(dialogues: Sequence[Dialogue], gate: Gate) -> _Server:
    server = _Server(
        async_mode="aiohttp",
        transports=["websocket"],
        # Events of one client are handled one after the other, in order.
        async_handlers=False,
        max_http_buffer_size=payload.MAX_MESSAGE_BYTES,
        ping_interval=_PING_SECONDS,
        ping_timeout=_PONG_SECONDS,
        cors_allowed_origins=lambda _, environ: gate.may_connect(gate.knock(environ["aiohttp.request"])),
        json=_Json,
        logger=False,
        engineio_logger=_quiet(),
    )
    for dialogue in dialogues:
        server.register_namespace(SessionNamespace(dialogue, gate))
    return server


def _quiet() -> logging.Logger:
    """Engine.IO logs a trace for whatever a hostile or dying client sends."""
    logger = logging.getLogger("parley.engineio")
    logger.setLevel(logging.CRITICAL)
    return logger
