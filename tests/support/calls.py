"""Sessions over the plain WebSocket, whose sound may go by a peer."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import soundfile

from tests.support.node import Parley
from tests.support.webrtc import Learner

_AUDIO = Path(__file__).parents[1] / "data" / "audio"


class Socket:
    """A client of the plain WebSocket."""

    patience = 60.0
    """Seconds for which an event or an acknowledgement is waited for."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket, self.asked = socket, 0
        self.events: list[dict[str, Any]] = []

    async def ask(self, event: str, data: dict[str, Any]) -> dict[str, Any]:
        self.asked += 1
        await self.socket.send_json({"event": event, "id": self.asked, "data": data})
        return await self._until(lambda message: message.get("ack") == self.asked)

    async def until(self, event: str) -> dict[str, Any]:
        return await self._until(lambda message: message.get("event") == event)

    async def _until(self, wanted: Any) -> dict[str, Any]:
        async with asyncio.timeout(self.patience):
            while True:
                message = await self.socket.receive()
                assert message.type is aiohttp.WSMsgType.TEXT, message
                parsed = json.loads(message.data)
                if "event" in parsed:
                    self.events.append(parsed)
                if wanted(parsed):
                    data: dict[str, Any] = parsed["data"]
                    return data


async def opened(parley: Parley, path: str, **event: Any) -> tuple[Socket, str]:
    account = await parley.account()
    socket = Socket(await parley.client.ws_connect(path))
    await socket.socket.send_json({"event": "auth", "data": {"token": account.access_token}})
    if path.endswith("speaking"):
        return socket, (await socket.ask("speaking.start", event))["session_id"]
    body = {"session_type": "voice"}
    async with parley.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        session_id = (await response.json())["session_id"]
    assert (await socket.ask("session.join", {"session_id": session_id}))["ok"]
    return socket, session_id


async def calling(socket: Socket, learner: Learner) -> None:
    answer = await socket.ask("webrtc.offer", {"sdp": await learner.offer()})
    assert answer["ok"], answer
    await learner.accept(answer["sdp"])
    await learner.connected()


def speech(clip: str) -> bytes:
    samples, rate = soundfile.read(_AUDIO / f"{clip}.flac", dtype="int16")
    assert rate == 16000
    sound: bytes = samples.tobytes()
    return sound
