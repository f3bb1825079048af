"""The Socket.IO server: WebSocket transport only, so that any node serves any client."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import orjson
import socketio

from kit.http.gate import Gate
from realtime.node.dialogue import Dialogue
from realtime.transports.socketio.namespace import SessionNamespace

PATH = "/socket.io"
_MAX_MESSAGE_BYTES = 4 * 1024 * 1024  # larger than any frame, so that an oversized one is refused by name
_PING_SECONDS = 10
_PONG_SECONDS = 10
_GOODBYE_SECONDS = 0.3


class _Json:
    """orjson in the shape of the standard library's module."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        return orjson.loads(text)


Stop = Callable[[], Awaitable[None]]


def attacher(dialogues: Sequence[Dialogue], gate: Gate, stop: Stop) -> Callable[[Any], None]:
    """Adds the sockets to an application. `stop` lets go of the sessions, before the connections are closed."""

    def attach(app: Any) -> None:
        server = _create(dialogues, gate)
        server.attach(app, socketio_path=PATH.strip("/"))

        async def shut_down(_: Any) -> None:
            await stop()
            # A client that takes nothing any more must not hold up the rest: it waits in vain for its queue to empty.
            leaving = [asyncio.ensure_future(server.eio.disconnect(one)) for one in list(server.eio.sockets)]
            if leaving:
                _, stuck = await asyncio.wait(leaving, timeout=_GOODBYE_SECONDS)
                for one in stuck:
                    one.cancel()
                await asyncio.gather(*leaving, return_exceptions=True)
            await server.shutdown()

        app.on_shutdown.append(shut_down)

    return attach


def _create(dialogues: Sequence[Dialogue], gate: Gate) -> socketio.AsyncServer:
    server = socketio.AsyncServer(
        async_mode="aiohttp",
        transports=["websocket"],
        # Events of one client are handled one after the other, in order.
        async_handlers=False,
        max_http_buffer_size=_MAX_MESSAGE_BYTES,
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
