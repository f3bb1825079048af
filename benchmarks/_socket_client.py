"""A Socket.IO client that costs less than the servers it measures: packets written by hand."""

import asyncio
import secrets
import time

import aiohttp
import orjson

FRAME = secrets.token_bytes(1280)
FRAME_S = 0.04
_DESCRIBED, _AND_BYTES = '451-/speaking,["audio",{"seq":', ',"codec":"pcm16"},{"_placeholder":true,"num":0}]'


class Client:
    """Socket.IO by hand: the clients must not cost more than what they measure."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.sent = 0

    async def begin(self, token: str, join: bool) -> None:
        await self._until("0")
        await self._socket.send_str("40/speaking," + orjson.dumps({"token": token}).decode())
        await self._until("40/speaking")
        if join:
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
        reading = asyncio.ensure_future(self._answer_pings())
        turn = 0
        while (due := start + turn * FRAME_S) < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            turn += 1
            self.sent += 1
            await self._socket.send_str(_DESCRIBED + str(self.sent) + _AND_BYTES)
            await self._socket.send_bytes(FRAME)
        reading.cancel()

    async def _answer_pings(self) -> None:
        async for message in self._socket:
            if message.data == "2":
                await self._socket.send_str("3")
