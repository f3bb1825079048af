"""A Socket.IO line from below: who never joins, who takes nothing, and what may be sent."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from realtime.transports.socketio import line as lines
from tests.integration.realtime.conftest import RunningNode, Stage

PATH = "/socket.io/?EIO=4&transport=websocket"


async def opened(http: aiohttp.ClientSession, node: RunningNode, token: str | None = None) -> Any:
    line = await http.ws_connect(node.url + PATH)
    assert (await line.receive_str()).startswith("0{")
    if token is not None:
        await line.send_str(f"40/speaking,{json.dumps({'token': token})}")
        assert (await line.receive_str()).startswith("40/speaking,")
    return line


async def rest(line: aiohttp.ClientWebSocketResponse) -> list[str]:
    """What still comes until the line ends."""
    async with asyncio.timeout(60):
        return [message.data async for message in line if message.type is aiohttp.WSMsgType.TEXT]


async def test_a_line_that_joins_no_namespace_is_closed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "HOME_SECONDS", 0.5)
    node = await stage.node()
    async with aiohttp.ClientSession() as http:
        silent, busy = await opened(http, node), await opened(http, node)

        async def pongs() -> None:
            while True:
                await busy.send_str("3")
                await asyncio.sleep(0.05)

        sending = asyncio.ensure_future(pongs())
        for line in (silent, busy):
            await rest(line)
            assert line.close_code == aiohttp.WSCloseCode.POLICY_VIOLATION
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def test_a_line_with_a_namespace_stays_and_goes_when_it_leaves(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "HOME_SECONDS", 0.5)
    node = await stage.node()
    async with aiohttp.ClientSession() as http:
        line = await opened(http, node, await stage.person())
        await asyncio.sleep(1)
        await line.send_str('42/speaking,1["session.heartbeat",{}]')
        answers = [await line.receive_str(), await line.receive_str()]
        assert any(one.startswith("43/speaking,1[") for one in answers)
        await line.send_str("41/speaking,")
        await rest(line)
        assert line.close_code == aiohttp.WSCloseCode.POLICY_VIOLATION


async def test_three_refused_connects_end_a_line(stage: Stage) -> None:
    node = await stage.node()
    async with aiohttp.ClientSession() as http:
        line = await opened(http, node)
        for _ in range(10):
            await line.send_str('40/speaking,{"ticket":"unknown"}')
        answers = await rest(line)
        assert len(answers) == 3
        assert all(one.startswith("44/speaking,") for one in answers)


async def test_a_client_that_takes_nothing_is_let_go_and_nothing_piles_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_SEND_SECONDS", 0.5)
    node = await stage.node()
    reader, writer = await asyncio.open_connection("127.0.0.1", node.server.port, limit=1024)
    writer.write(
        f"GET {PATH} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")

    def frame(text: str) -> bytes:
        data = text.encode()
        return b"\x81" + bytes([0xFE]) + len(data).to_bytes(2, "big") + b"\0\0\0\0" + data

    user = await stage.person()
    writer.write(frame(f"40/speaking,{json.dumps({'token': user})}"))
    asked = frame(f'42/speaking,1["session.heartbeat",{{"{"x" * 150}":0}}]') * 200
    with pytest.raises(ConnectionError):
        async with asyncio.timeout(60):
            while True:  # answers are not read: in the end the server cuts the line
                writer.write(asked)
                await writer.drain()
    writer.transport.abort()


@pytest.mark.parametrize("name", ["connect", "disconnect", "connect_error"])
async def test_an_event_by_a_name_of_the_library_is_an_unknown_event(stage: Stage, name: str) -> None:
    node = await stage.node()
    async with aiohttp.ClientSession() as http:
        line = await opened(http, node, await stage.person())
        for number in (1, 2):
            await line.send_str(f'42/speaking,{number}["{name}",{{"token":"x"}}]')
            while not (answer := await line.receive_str()).startswith(f"43/speaking,{number}["):
                pass
            assert json.loads(answer.split(",", 1)[1].lstrip("12"))[0]["error"]["error"] == "unknown_event"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (PATH, {}),
        (PATH, {"Connection": "xupgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}),
        (PATH, {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "1"}),
        (PATH, {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Key": "x"}),
        (PATH + "&sid=x", {"Connection": "Upgrade", "Upgrade": "websocket"}),
        (PATH + "&j=x", {}),
        ("/socket.io/?EIO=4&transport=polling", {}),
        ("/socket.io/?EIO=3&transport=websocket", {}),
        ("/socket.io/", {}),
    ],
)
async def test_what_is_no_handshake_is_refused_and_keeps_no_place(
    stage: Stage, path: str, headers: dict[str, str]
) -> None:
    node = await stage.node()
    async with aiohttp.ClientSession() as http, http.get(node.url + path, headers=headers) as response:
        assert response.status == 400
