"""Sound that comes all at once, as after a break: others get the loop between two of its frames."""

import asyncio
import json
import struct
from collections.abc import Awaitable, Callable

import aiohttp
import pytest

from tests.integration.realtime.conftest import RunningNode, Stage

FRAMES, FRAME_MS = 200, 20
SOUND = bytes(32 * FRAME_MS)
Line = aiohttp.ClientWebSocketResponse


async def until(line: Line, begins: str) -> None:
    while not (await line.receive_str()).startswith(begins):
        pass


async def by_socketio(http: aiohttp.ClientSession, node: RunningNode, token: str) -> Line:
    line = await http.ws_connect(f"{node.url}/socket.io/?EIO=4&transport=websocket")
    await until(line, "0{")
    await line.send_str(f"40/speaking,{json.dumps({'token': token})}")
    await line.send_str('42/speaking,7["speaking.start",{}]')
    await until(line, "43/speaking,7[")
    return line


async def send_by_socketio(line: Line, seq: int) -> None:
    await line.send_str(f'451-/speaking,["audio",{{"seq":{seq}}},{{"_placeholder":true,"num":0}}]')
    await line.send_bytes(SOUND)


async def by_websocket(http: aiohttp.ClientSession, node: RunningNode, token: str) -> Line:
    line = await http.ws_connect(f"{node.url}/api/realtime/speaking")
    await line.send_json({"event": "auth", "data": {"token": token}})
    await line.send_json({"event": "speaking.start", "id": 7, "data": {}})
    await until(line, '{"ack":7')
    return line


async def send_by_websocket(line: Line, seq: int) -> None:
    await line.send_bytes(struct.pack(">IB", seq, 0) + SOUND)


Opened = Callable[[aiohttp.ClientSession, RunningNode, str], Awaitable[Line]]
Send = Callable[[Line, int], Awaitable[None]]


@pytest.mark.parametrize(
    ("opened", "send"),
    [(by_socketio, send_by_socketio), (by_websocket, send_by_websocket)],
    ids=["Socket.IO", "WebSocket"],
)
async def test_one_frame_at_a_time_is_taken(stage: Stage, opened: Opened, send: Send) -> None:
    node = await stage.node()
    async with aiohttp.ClientSession() as http:
        line = await opened(http, node, await stage.person())
        (listener,) = node.listening.listener
        for seq in range(1, FRAMES + 1):
            await send(line, seq)
        steps, before = [0.0], 0.0
        async with asyncio.timeout(60):
            while before < FRAMES * FRAME_MS:
                await asyncio.sleep(0)
                steps.append(listener.position_ms - before)
                before = listener.position_ms
        await line.close()
    assert max(steps) <= 2 * FRAME_MS, "ms of sound that were taken in one turn of the loop"
