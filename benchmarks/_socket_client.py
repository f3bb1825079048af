"""Clients that cost less than the servers they measure: Socket.IO's packets by hand, and the plain WebSocket."""

import asyncio
import contextlib
import secrets
import time

import aiohttp
import orjson

FRAME = secrets.token_bytes(1280)
FRAME_S = 0.04
_DESCRIBED, _AND_BYTES = '451-/speaking,["audio",{"seq":', ',"codec":"pcm16"},{"_placeholder":true,"num":0}]'


class Client:
    """Socket.IO by hand. `sent` counts frames."""

    PATH = "/socket.io/?EIO=4&transport=websocket"
    PROTOCOLS: tuple[str, ...] = ()

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.sent = 0
        self._refused = ""

    async def begin(self, token: str) -> None:
        """Connect, and start a session when there is a token."""
        await self._until("0")
        await self._socket.send_str("40/speaking," + orjson.dumps({"token": token}).decode())
        await self._until("40/speaking")
        if token:
            await self._socket.send_str('42/speaking,7["speaking.start",{"takeover":true}]')
            answer = await self._until("43/speaking,7")
            assert orjson.loads(answer[13:])[0]["ok"], answer

    async def _until(self, prefix: str) -> str:
        while True:
            message = await self._socket.receive()
            if message.type is aiohttp.WSMsgType.TEXT and message.data.startswith(prefix):
                return str(message.data)
            if message.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSE):
                raise RuntimeError("the connection closed")

    async def speak(self, start: float, until: float) -> None:
        """A frame every 40 ms from `start` on."""
        reading = asyncio.ensure_future(self._read())
        turn = 0
        while (due := start + turn * FRAME_S) < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            turn += 1
            self.sent += 1
            try:
                await self._send()
            except ConnectionError as error:
                raise RuntimeError(f"the server closed with {self._socket.close_code}: {self._refused}") from error
        reading.cancel()

    async def _send(self) -> None:
        await self._socket.send_str(_DESCRIBED + str(self.sent) + _AND_BYTES)
        await self._socket.send_bytes(FRAME)

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionError):  # the next frame says it
            async for message in self._socket:
                if message.data == "2":
                    await self._socket.send_str("3")
                elif message.type is aiohttp.WSMsgType.TEXT and '"error"' in message.data:
                    self._refused = message.data


class PlainClient(Client):
    """The same over a plain WebSocket, as docs/websocket.md has it."""

    PATH = "/api/realtime/speaking"
    PROTOCOLS = ("parley.1",)

    async def begin(self, token: str) -> None:
        if not token:
            return
        for number, (event, data) in enumerate(
            (("auth", {"token": token}), ("speaking.start", {"takeover": True})), start=1
        ):
            await self._socket.send_str(orjson.dumps({"event": event, "id": number, "data": data}).decode())
            answer = await self._until(f'{{"ack":{number},')
            assert orjson.loads(answer)["data"]["ok"], answer

    async def _send(self) -> None:
        await self._socket.send_bytes(self.sent.to_bytes(4, "big") + b"\0" + FRAME)
