"""The tutor's voice over WebRTC: heard on the track, not sent as events, and silent at once when cut off."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse

from tests.support.node import Parley, running
from tests.support.voice_server import voice_server
from tests.support.waiting import until
from tests.support.webrtc import Learner


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    async with (
        voice_server() as voice,
        running(settings.model_copy(update=voice), database_url, redis_url) as parley,
    ):
        yield parley


async def _event(socket: ClientWebSocketResponse, seen: list[Any], wanted: Any) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            message = await socket.receive()
            seen.append(message.data if isinstance(message.data, bytes) else json.loads(message.data))
            if isinstance(seen[-1], dict) and wanted(seen[-1]):
                found: dict[str, Any] = seen[-1]["data"]
                return found


async def test_the_tutor_speaks_on_the_track_and_stops_when_cut_off(node: Parley) -> None:
    account = await node.account()
    body = {"session_type": "voice"}
    async with node.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        started = await response.json()
    learner, seen = Learner(), list[Any]()
    async with node.client.ws_connect(f"/api/realtime/live?ticket={started['realtime']['ticket']}") as socket:

        async def ask(number: int, event: str, data: dict[str, Any]) -> dict[str, Any]:
            await socket.send_json({"event": event, "id": number, "data": data})
            return await _event(socket, seen, lambda said: said.get("ack") == number)

        assert (await ask(1, "session.join", {"session_id": started["session_id"]}))["ok"]
        await learner.accept((await ask(2, "webrtc.offer", {"sdp": await learner.offer()}))["sdp"])
        await learner.connected()
        assert (await ask(3, "text", {"text": "Hello, my name is Ana."}))["ok"]
        async with asyncio.timeout(60):
            while learner.loud_frames < 25:  # noqa: ASYNC110 - it happens on the network
                await asyncio.sleep(0.02)
        assert (await ask(4, "response.cancel", {}))["cancelled"]
        await _event(socket, seen, lambda said: said.get("event") == "playback.flush")
        await until(lambda: learner.quiet_frames >= 25)
        assert learner.loud_frames < 390  # of 400 at least
        assert not [one for one in seen if isinstance(one, bytes)]  # no response.audio beside the track
    await learner.close()
