"""Hostile clients at every door: 200 malformed messages of each family, and nothing but refusals comes of them.

The node is a process of its own: its log and its memory are looked at from outside.
"""

import asyncio
import contextlib
import json
import os
import random
import socket
import sys
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.support import hostile, hostile_bodies, hostile_messages, hostile_socketio
from tests.support.calls import Socket
from tests.support.hostile import Attack, Family
from tests.support.victim import Victim

ATTACKS = 200
A_LINE = 40  # attacks over one line, as long as it lives: so few that its rate limit is not what answers
PATIENCE = 60.0  # a deaf line never answers
SPARE_MB = 40
_DROPPED = (ConnectionError, aiohttp.ClientError)


@dataclass
class Node(Victim):
    """A node, and a learner who is in a session all the time."""

    token: str = ""
    ticket: str = ""
    asked: int = field(default=1000)

    def memory(self) -> float:
        """Resident, MB."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def complaints(self) -> list[str]:
        lines = (self.folder / "log").read_text(errors="replace").splitlines()
        return [line for line in lines if "Traceback" in line or "[error" in line or "[critical" in line]

    def number(self) -> int:
        self.asked += 1
        return self.asked


@pytest.fixture
async def node(tmp_path: Path, database_url: str, redis_url: str) -> AsyncIterator[Node]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    generous = {f"PARLEY_LIMIT_{name}": "1000000" for name in ("HEAVY", "PUBLIC", "LOGIN", "READ", "WRITE")}
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PARLEY_WHISPER_DOWNLOAD": "false",
        "PARLEY_VOICE_DOWNLOAD": "false",
        "TMPDIR": str(tmp_path),
        **generous,
    }
    made = Node(environment, tmp_path, port)
    await made.start()
    try:
        await made.sign_in()
        made.token = made.headers["Authorization"].split()[1]
        yield made
    finally:
        await made.kill()


# ---- lines


async def socketio_line(http: aiohttp.ClientSession, node: Node) -> aiohttp.ClientWebSocketResponse:
    line = await http.ws_connect("/socket.io/?EIO=4&transport=websocket", max_msg_size=0)
    await line.receive_str()
    await line.send_str(f"40{hostile.NAMESPACE},{json.dumps({'token': node.token})}")
    assert (await line.receive_str()).startswith(f"40{hostile.NAMESPACE},")
    return line


async def websocket_line(http: aiohttp.ClientSession, node: Node) -> aiohttp.ClientWebSocketResponse:
    line = await http.ws_connect("/api/realtime/speaking", max_msg_size=0)
    await line.send_json({"event": "auth", "id": "in", "data": {"token": node.token}})
    assert (await line.receive_json())["data"]["ok"]
    return line


async def openai_line(http: aiohttp.ClientSession, node: Node) -> aiohttp.ClientWebSocketResponse:
    line = await http.ws_connect("/v1/realtime?intent=transcription", headers=node.headers, max_msg_size=0)
    assert (await line.receive_json())["type"] == "session.created"
    return line


async def talk_line(http: aiohttp.ClientSession, node: Node) -> aiohttp.ClientWebSocketResponse:
    line = await http.ws_connect("/v1/realtime?model=auto", headers=node.headers, max_msg_size=0)
    assert (await line.receive_json())["type"] == "session.created"
    return line


def socketio_probe(number: int) -> tuple[str, Callable[[str], bool]]:
    mark = f"43{hostile.NAMESPACE},{number}["
    return f'42{hostile.NAMESPACE},{number}["session.heartbeat",{{}}]', lambda text: text.startswith(mark)


def websocket_probe(number: int) -> tuple[str, Callable[[str], bool]]:
    said = {"event": "session.heartbeat", "id": number, "data": {}}
    return json.dumps(said), lambda text: json.loads(text).get("ack") == number


def openai_probe(number: int) -> tuple[str, Callable[[str], bool]]:
    said = {"type": "no.such.event", "event_id": f"probe{number}"}
    return json.dumps(said), lambda text: f'"probe{number}"' in text


async def survives(line: aiohttp.ClientWebSocketResponse, attack: Attack, probe: Any, accepted: list[str]) -> bool:
    """Whether the line answers an event behind the attack; False when it was closed. TimeoutError: it is deaf."""
    asked, is_answer = probe
    try:
        for message in [*attack, asked]:
            await (line.send_bytes(message) if isinstance(message, bytes) else line.send_str(message))
    except _DROPPED:
        return False
    async with asyncio.timeout(PATIENCE):
        while True:
            message = await line.receive()
            if message.type is not aiohttp.WSMsgType.TEXT:
                if message.type is aiohttp.WSMsgType.BINARY:
                    continue
                return False
            if message.data == "2":
                with contextlib.suppress(*_DROPPED):
                    await line.send_str("3")
            elif is_answer(message.data):
                return True
            elif '"ok":true' in message.data:
                accepted.append(message.data)


async def _lives(learner: Socket) -> None:
    while (await learner.ask("session.heartbeat", {}))["ok"]:  # noqa: ASYNC110 - a beat, not a wait
        await asyncio.sleep(1)


Opened = Callable[[aiohttp.ClientSession, Node], Awaitable[aiohttp.ClientWebSocketResponse]]
DOORS: dict[str, tuple[Opened, Any, list[Family]]] = {
    "socketio": (socketio_line, socketio_probe, hostile_socketio.SOCKETIO),
    "websocket": (websocket_line, websocket_probe, hostile_messages.WEBSOCKET),
    "openai": (openai_line, openai_probe, [hostile_messages.openai_events]),
    "talk": (talk_line, openai_probe, [hostile_messages.talk_events]),
}


async def attacked(node: Node, door: str, family: Family, number: int, seed: int) -> None:
    opened, probe, _ = DOORS[door]
    chance = random.Random(seed)
    accepted: list[str] = []
    async with aiohttp.ClientSession(node.url) as http:
        line, left = await opened(http, node), A_LINE
        for _ in range(number):
            attack = family(chance)
            if left == 0 or line.closed:
                await line.close()
                line, left = await opened(http, node), A_LINE
            left -= 1
            try:
                if not await survives(line, attack, probe(node.number()), accepted):
                    await line.close()
            except TimeoutError:
                pytest.fail(f"deaf after {[one[:300] for one in attack]}")
        await line.close()
    assert accepted == []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("door", DOORS)
async def test_malformed_messages_are_refused_one_by_one(node: Node, door: str) -> None:
    async with aiohttp.ClientSession(node.url) as http:
        learner = Socket(await websocket_line(http, node))
        started = await learner.ask("speaking.start", {})
        assert started["ok"]
        living = asyncio.ensure_future(_lives(learner))
        families = DOORS[door][2]
        for family in families:  # once before, for all that is loaded and made only when it is first needed
            await attacked(node, door, family, 40, seed=1)
        before = node.memory()
        for family in families:
            await attacked(node, door, family, ATTACKS, seed=zlib.crc32(family.__name__.encode()))
            assert node.complaints() == [], family.__name__
        assert node.memory() < before + SPARE_MB
        living.cancel()
        with pytest.raises(asyncio.CancelledError):  # nobody else was disturbed
            await living
        assert (await learner.ask("text", {"text": "All is well."}))["ok"]
        assert (await learner.until("transcript.final"))["text"] == "All is well."
        assert (await learner.ask("session.end", {}))["ok"]
        await learner.until("session.ended")
    assert node.complaints() == []


async def _answers(node: Node, path: str, requests: Any, headers: dict[str, str]) -> set[int]:
    statuses = set()
    alone = aiohttp.TCPConnector(force_close=True)  # what is behind a broken body on its connection is lost
    async with aiohttp.ClientSession(node.url, headers=headers, connector=alone) as http:
        for more, body in requests:
            async with asyncio.timeout(PATIENCE), http.post(path, data=body, headers=more) as response:
                statuses.add(response.status)
                assert response.status < 500, (more, body[:500], await response.text())
                if response.status >= 400:
                    said = await response.json()
                    assert "error" in said or "error" in said["detail"]
    return statuses


async def test_malformed_bodies_of_whip_are_refused(node: Node) -> None:
    async with aiohttp.ClientSession(node.url) as http:
        learner = Socket(await websocket_line(http, node))
        ticket = (await learner.ask("speaking.start", {}))["resume_ticket"]
        bearer = {"Authorization": f"Bearer {ticket}"}
        chance = random.Random(7)
        await _answers(node, "/api/live/whip", [hostile_bodies.bodies(chance) for _ in range(40)], bearer)
        before = node.memory()
        statuses = await _answers(
            node, "/api/live/whip", [hostile_bodies.bodies(chance) for _ in range(ATTACKS)], bearer
        )
        assert 400 in statuses
        assert node.memory() < before + SPARE_MB
        assert (await learner.ask("session.end", {}))["ok"]
    assert node.complaints() == []


FORMS = ["/v1/audio/transcriptions", "/v1/audio/translations", "/api/learn/english/evaluate", "/api/rag/documents"]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("path", FORMS)
async def test_malformed_forms_are_refused(node: Node, path: str) -> None:
    chance = random.Random(8)
    await _answers(node, path, [hostile_bodies.forms(chance) for _ in range(40)], node.headers)
    before = node.memory()
    await _answers(node, path, [hostile_bodies.forms(chance) for _ in range(ATTACKS)], node.headers)
    assert node.memory() < before + SPARE_MB
    assert list(node.folder.rglob("upload-*")) == []
    assert node.complaints() == []


async def test_ten_million_announced_attachments_are_not_waited_for(node: Node) -> None:
    async with aiohttp.ClientSession(node.url) as http:
        line = await socketio_line(http, node)
        before = node.memory()
        with contextlib.suppress(*_DROPPED):
            await line.send_str(f'4510000000-{hostile.NAMESPACE},["audio",{{"_placeholder":true,"num":0}}]')
            for _ in range(200):
                await line.send_bytes(b"\0" * 1_000_000)
        async with asyncio.timeout(PATIENCE):
            while (await line.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
        assert node.memory() < before + SPARE_MB
        await line.close()
    assert node.complaints() == []
