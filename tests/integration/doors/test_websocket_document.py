"""docs/websocket.md, tried with a client library that is not ours: its client as it is printed, and its examples."""

import asyncio
import json
import re
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest
import soundfile
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.node import Account, Parley, running
from tests.support.speech import AUDIO, CLIPS_MODEL
from tests.support.voice_server import voice_server

DOCUMENT = (AUDIO.parents[2] / "docs" / "websocket.md").read_text()
TEXT = "Let us know if you have any other questions."
TONE = bytes((np.sin(np.arange(24_000 * 5) / 9) * 9000).astype("<i2").tobytes())


def _frames() -> list[bytes]:
    samples, rate = soundfile.read(AUDIO / "so762-008110159.flac", dtype="int16")
    assert rate == 16_000
    return [samples[at : at + 640].tobytes() for at in range(0, len(samples), 640)]


def _example(direction: str) -> list[bytes]:
    lines = re.findall(rf"^    ((?:[0-9a-f]{{2}} +)+){direction}: ", DOCUMENT, re.MULTILINE)
    return [bytes.fromhex(line) for line in lines]


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    async with voice_server(lambda: TONE) as voice:
        given = {**voice, "whisper_model": str(CLIPS_MODEL)}
        async with running(settings.model_copy(update=given), database_url, redis_url) as parley:
            yield parley


def _address(node: Parley) -> str:
    return node.url.replace("http", "ws", 1)


def _cut_lines(node: Parley) -> None:
    """As a lost network does: without a close frame."""
    runner = node.client.server.runner
    assert runner is not None and runner.server is not None
    for one in runner.server.connections:
        if one.transport is not None:
            one.transport.abort()


@asynccontextmanager
async def _opened(node: Parley, account: Account) -> AsyncIterator[ClientConnection]:
    async with connect(_address(node) + "/api/realtime/live", subprotocols=["parley.1"], max_size=None) as line:  # type: ignore[list-item]
        assert line.subprotocol == "parley.1"
        await line.send(json.dumps({"event": "auth", "id": 1, "data": {"token": account.access_token}}))
        assert json.loads(await line.recv()) == {"ack": 1, "data": {"ok": True}}
        yield line


async def _until(line: ClientConnection, **wanted: Any) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            message = await line.recv()
            said = json.loads(message) if isinstance(message, str) else {}
            if all(said.get(key) == value for key, value in wanted.items()):
                return dict(said["data"])


async def _joined(node: Parley, account: Account, line: ClientConnection) -> dict[str, Any]:
    body = {"session_type": "voice"}
    async with node.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        session_id = (await response.json())["session_id"]
    await line.send(json.dumps({"event": "session.join", "id": "j", "data": {"session_id": session_id}}))
    return await _until(line, ack="j")


async def test_the_client_that_it_prints_reads_a_sentence_over_a_line_that_breaks(node: Parley) -> None:
    found = re.search(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    assert found is not None
    names: dict[str, Any] = {}
    exec(found.group(1), names)
    seen: list[tuple[str, dict[str, Any]]] = []

    def on_event(name: str, data: dict[str, Any]) -> None:
        seen.append((name, data))
        if name == "speech.started":
            _cut_lines(node)

    account = await node.account()
    reading = names["Reading"](_address(node), account.access_token, TEXT, _frames(), on_event)
    ended = await asyncio.wait_for(reading.run(), 60)
    assert ended["reason"] == "client"
    finals = [data["text"] for name, data in seen if name == "transcript.final"]
    assert finals == [TEXT]
    assert [data["seq"] for _, data in seen] == list(range(1, len(seen) + 1))


async def test_its_client_raises_what_the_server_refuses(node: Parley) -> None:
    names: dict[str, Any] = {}
    exec(DOCUMENT.split("```python\n")[1].split("```")[0], names)
    reading = names["Reading"](_address(node), "no token", TEXT, [], lambda *_: None)
    with pytest.raises(names["Refused"], match="token"):
        await asyncio.wait_for(reading.run(), 60)


async def test_frames_up_are_read_as_its_examples_say(node: Parley) -> None:
    first, second = _example("up")
    account = await node.account()
    async with _opened(node, account) as line:
        await _joined(node, account, line)
        await line.send(first)
        await line.send(second)
        assert (await _until(line, event="error"))["expected_seq"] == 2
        await line.send(struct.pack(">IB", 2, 1) + second[5:])
        acknowledged = await _until(line, event="audio.ack")
        assert acknowledged["seq"] == 2


async def test_the_tutors_sound_comes_as_its_table_says(node: Parley) -> None:
    (example,) = _example("down")
    assert struct.unpack(">HIB2h", example[:7] + example[8:6:-1] + example[10:8:-1]) == (1, 3, 0, 16, -16)
    account = await node.account()
    async with _opened(node, account) as line:
        assert (await _joined(node, account, line))["voice"] == "server"
        await line.send(json.dumps({"event": "text", "data": {"text": "Hello, my name is Ana."}}))
        for number in (1, 2):
            epoch, piece, codec, sound = await _piece(line)
            assert (epoch, piece, codec) == (0, number, 0)
            assert sound == TONE[(number - 1) * 9600 : number * 9600]
        await line.send(json.dumps({"event": "response.cancel"}))
        assert (await _until(line, event="playback.flush"))["epoch"] == 1
        await line.send(json.dumps({"event": "text", "data": {"text": "I like music."}}))
        assert (await _piece(line))[:3] == (1, 1, 0)


async def _piece(line: ClientConnection) -> tuple[int, int, int, bytes]:
    async with asyncio.timeout(60):
        while True:
            message = await line.recv()
            if isinstance(message, bytes):
                return (*struct.unpack_from(">HIB", message), message[7:])


async def test_a_refusal_that_was_asked_for_is_not_told_twice(node: Parley) -> None:
    async with _opened(node, await node.account()) as line:
        await line.send(json.dumps({"event": "session.heartbeat", "id": {"any": "value"}}))
        refused = json.loads(await line.recv())
        assert (refused["ack"], refused["data"]["error"]["error"]) == ({"any": "value"}, "not_joined")
        await line.send(json.dumps({"event": "session.heartbeat"}))
        assert json.loads(await line.recv())["event"] == "error"


async def test_a_line_closes_with_the_codes_that_it_names(node: Parley) -> None:
    account = await node.account()
    async with connect(_address(node) + "/api/realtime/live?ticket=unknown") as line:
        assert json.loads(await line.recv())["event"] == "error"
        assert await _close(line) == (1008, "not_authenticated")
    async with _opened(node, account) as line:
        async with asyncio.timeout(60):
            with pytest.raises(ConnectionClosed):
                await line.send(bytes(4 * 1024 * 1024 + 1))
                await line.recv()
        assert line.close_code == 1009
    async with _opened(node, account) as first, _opened(node, account) as second:
        joined = await _joined(node, account, first)
        await second.send(json.dumps({"event": "session.join", "data": {"session_id": joined["session_id"]}}))
        assert (await _until(first, event="error"))["error"] == "replaced"
        assert (await _close(first))[0] == 1001


async def _close(line: ClientConnection) -> tuple[int | None, str | None]:
    with pytest.raises(ConnectionClosed):
        await asyncio.wait_for(line.recv(), 60)
    return line.close_code, line.close_reason
