"""Every door that somebody can knock at with a credential, opened in the same way."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Protocol

import socketio
from aiohttp import ClientWebSocketResponse, FormData

from realtime import wire
from tests.support.node import Parley

OPEN = "open"
NAMESPACES = (wire.LIVE, wire.SPEAKING)
SDP = {"Content-Type": "application/sdp"}
FRAME = b"\0\0" * 640
_SECONDS = 60.0
_NO_CALL = "rtc_0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f90"


class Line(Protocol):
    async def ask(self, event: str, data: Any) -> dict[str, Any]:
        """The acknowledgement, or for `audio` the error."""
        ...


class Socket:
    """A plain WebSocket, let in."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.events: list[dict[str, Any]] = []

    async def ask(self, event: str, data: Any) -> dict[str, Any]:
        if event == "audio":
            await self.socket.send_bytes(b"\0\0\0\x01\0" + FRAME)
            return {"ok": False, "error": (await self.until(lambda said: said.get("event") == "error"))["data"]}
        await self.socket.send_json({"event": event, "id": 1, "data": data})
        return dict((await self.until(lambda said: said.get("ack") == 1))["data"])

    async def until(self, wanted: Any) -> dict[str, Any]:
        async with asyncio.timeout(_SECONDS):
            while True:
                said: dict[str, Any] = await self.socket.receive_json()
                self.events.append(said)
                if wanted(said):
                    return said

    async def closed(self) -> dict[str, Any]:
        """Wait for the end; the error that was told before it."""
        async with asyncio.timeout(_SECONDS):
            async for message in self.socket:
                self.events.append(message.json())
        return dict(next(said for said in reversed(self.events) if said.get("event") == "error")["data"])


class SocketIo:
    """A Socket.IO connection, let in."""

    def __init__(self, client: socketio.AsyncClient, namespace: str) -> None:
        self.client = client
        self.namespace = namespace

    async def ask(self, event: str, data: Any) -> dict[str, Any]:
        sent = ({"seq": 1}, FRAME) if event == "audio" else data
        answer: dict[str, Any] = await self.client.call(event, sent, self.namespace, timeout=_SECONDS)
        return answer


@asynccontextmanager
async def websocket(
    node: Parley, namespace: str, auth: Mapping[str, str], origin: str | None
) -> AsyncIterator[tuple[str, Socket]]:
    """`open`, or the code with which the line was refused."""
    async with AsyncExitStack() as stack:
        socket = await stack.enter_async_context(node.client.ws_connect(f"/api/realtime{namespace}", origin=origin))
        line = Socket(socket)
        await socket.send_json({"event": "auth", "id": 0, "data": dict(auth)})
        said = await line.until(lambda said: said.get("ack") == 0 or said.get("event") == "error")
        yield OPEN if "ack" in said else said["data"]["error"], line


@asynccontextmanager
async def socket_io(
    node: Parley, namespace: str, auth: Mapping[str, str], origin: str | None
) -> AsyncIterator[tuple[str, SocketIo]]:
    """`open`, or the code with which the connection was refused."""
    client = socketio.AsyncClient(reconnection=False)
    refused: list[Any] = []
    client.on("connect_error", lambda said: refused.append(said), namespace=namespace)
    headers = {} if origin is None else {"Origin": origin}
    try:
        try:
            await client.connect(
                node.url,
                headers=headers,
                transports=["websocket"],
                namespaces=[namespace],
                auth=dict(auth),
                wait_timeout=_SECONDS,
            )
        except socketio.exceptions.ConnectionError:
            told = refused[-1] if refused else None
            yield told["data"]["error"] if isinstance(told, dict) else "closed", SocketIo(client, namespace)
        else:
            yield OPEN, SocketIo(client, namespace)
    finally:
        await client.disconnect()


async def whip(node: Parley, ticket: str, origin: str | None) -> str:
    """`open` (the offer is looked at), or the code of the refusal."""
    headers = {**SDP, "Authorization": f"Bearer {ticket}", **_from(origin)}
    async with node.client.post("/api/live/whip", data="v=0\r\n", headers=headers) as response:
        code = str((await response.json())["detail"]["error"])
        return OPEN if code == "invalid_request" else code


async def openai_files(node: Parley, token: str, origin: str | None) -> str:
    """`open` (the form is looked at), or the code of the refusal."""
    headers = {"Authorization": f"Bearer {token}", **_from(origin)}
    form = FormData({"model": "whisper-1"})
    form.add_field("other", b"x", filename="x")
    async with node.client.post("/v1/audio/transcriptions", data=form, headers=headers) as response:
        code = str((await response.json())["error"]["code"])
        return OPEN if code == "invalid_request" else code


async def openai_realtime(node: Parley, token: str, origin: str | None) -> str:
    headers = {"Authorization": f"Bearer {token}", **_from(origin)}
    path = "/v1/realtime?intent=transcription"
    async with node.client.get(path, headers=headers) as response:
        if response.status == 426 or response.status == 400:  # no WebSocket: that is what the next one is
            return OPEN
        return str((await response.json())["error"]["code"])


async def openai_calls(node: Parley, token: str, origin: str | None) -> str:
    """`open` (the offer is looked at), or the code of the refusal."""
    headers = {**SDP, "Authorization": f"Bearer {token}", **_from(origin)}
    async with node.client.post("/v1/realtime/calls", data="v=0\r\n", headers=headers) as response:
        code = str((await response.json())["error"]["code"])
        return OPEN if code == "invalid_request" else code


async def openai_side_band(node: Parley, token: str, origin: str | None) -> str:
    """`open` (the call is looked for), or the code of the refusal."""
    return await _of_a_call(node, "GET", f"/v1/realtime?call_id={_NO_CALL}", token, origin)


async def openai_hang_up(node: Parley, token: str, origin: str | None) -> str:
    """`open` (the call is looked for), or the code of the refusal."""
    return await _of_a_call(node, "POST", f"/v1/realtime/calls/{_NO_CALL}/hangup", token, origin)


async def _of_a_call(node: Parley, method: str, path: str, token: str, origin: str | None) -> str:
    headers = {"Authorization": f"Bearer {token}", **_from(origin)}
    async with node.client.request(method, path, headers=headers) as response:
        code = str((await response.json())["error"]["code"])
        return OPEN if code == "not_found" else code


def _from(origin: str | None) -> dict[str, str]:
    return {} if origin is None else {"Origin": origin}
