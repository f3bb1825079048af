"""Socket.IO as a line of the Python client, by the client that others use: it proves what the door promises."""

import asyncio
import contextlib
from typing import Any

import aiohttp
import socketio

from clients.python.parley_client import JsonObject, errors
from clients.python.parley_client._frames import Frame
from clients.python.parley_client._line import Received
from clients.python.parley_client.errors import Lost

_ASK_SECONDS = 60.0
_CONNECT_SECONDS = 60.0
_CODECS = ("pcm16", "opus")


class SocketIoLine:
    """Made by `opened`."""

    def __init__(self, socket: socketio.AsyncClient, namespace: str) -> None:
        self.broken = asyncio.Event()
        self.socket = socket
        self.namespace = namespace

    async def ask(self, name: str, data: Any, *binary: bytes) -> JsonObject:
        if self.broken.is_set():
            raise Lost("not connected")
        payload = (data, *binary) if binary else data
        asking = asyncio.ensure_future(self.socket.call(name, payload, namespace=self.namespace, timeout=_ASK_SECONDS))
        breaking = asyncio.ensure_future(self.broken.wait())
        both: list[asyncio.Future[Any]] = [asking, breaking]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            breaking.cancel()
            if unanswered := not asking.done():
                asking.cancel()
        if unanswered:
            await asyncio.gather(asking, return_exceptions=True)
            raise Lost("the connection broke")
        try:
            answer: JsonObject = asking.result()
        except (socketio.exceptions.SocketIOError, OSError) as error:
            raise Lost(str(error)) from error
        return answer

    async def send(self, frame: Frame) -> None:
        described = {"seq": frame.seq, "codec": _CODECS[frame.codec]}
        try:
            await self.socket.emit("audio", (described, frame.sound), namespace=self.namespace)
        except (socketio.exceptions.SocketIOError, OSError) as error:
            raise Lost(str(error)) from error

    async def close(self) -> None:
        self.broken.set()
        await _quit(self.socket)


async def opened(
    http: aiohttp.ClientSession, url: str, namespace: str, auth: JsonObject, received: Received
) -> SocketIoLine:
    """Lost, Refused."""
    socket = socketio.AsyncClient(reconnection=False, logger=False, engineio_logger=False)
    line = SocketIoLine(socket, namespace)
    refusal: JsonObject = {}

    def refused(data: Any) -> None:
        body = data.get("data") if isinstance(data, dict) else None
        refusal.update(body if isinstance(body, dict) else {})

    async def take(name: str, data: JsonObject, *binary: bytes) -> None:
        if not line.broken.is_set():
            received(name, data, binary[0] if binary else b"")

    socket.on("*", take, namespace=namespace)
    socket.on("connect_error", refused, namespace=namespace)
    socket.on("disconnect", lambda *_: line.broken.set(), namespace=namespace)
    try:
        await socket.connect(
            url, namespaces=[namespace], transports=["websocket"], auth=auth, wait_timeout=_CONNECT_SECONDS
        )
    except socketio.exceptions.ConnectionError as error:
        await line.close()
        if refusal:
            raise errors.refusal(refusal) from error
        raise Lost(str(error)) from error
    except BaseException:
        await line.close()
        raise
    return line


async def _quit(socket: socketio.AsyncClient) -> None:
    """On a dead connection the library waits for ever for its queue to empty, and one that never opened leaves its HTTP
    client open."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(1):
            await socket.disconnect()
    http = socket.eio.http
    if http is not None and not http.closed:
        await http.close()
