"""The JavaScript client in Node against real nodes: lines that are cut, a node that is killed, a token that expires, a
server without room. No event is lost or doubled, and every byte of sound arrives."""

import asyncio
import base64
import contextlib
import json
import random
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from realtime.ports import ListenerOptions
from speech.events import SpeechEvent
from tests.integration.realtime.conftest import RunningNode, Stage
from tests.integration.realtime.conftest import stage as stage
from tests.support.gate import Gate
from tests.support.node import Parley
from tests.support.scripted_listener import ScriptedListener, ScriptedListening

PROGRAM = Path(__file__).parents[2] / "support" / "sdk_program.mjs"
PATIENCE = 90
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="no node on this machine")


class Exact(ScriptedListening):
    """Remembers the sound that each listener got, and from which moment on."""

    def __init__(self, sessions_max: int = 100) -> None:
        super().__init__(sessions_max)
        self.heard: list[tuple[int, bytearray]] = []

    async def open(self, wanted: ListenerOptions, emit: Callable[[SpeechEvent], None]) -> ScriptedListener:
        listener = await super().open(wanted, emit)
        got = bytearray()
        self.heard.append((wanted.start_ms, got))
        feed = listener.feed

        def remember(pcm: bytes) -> None:
            got.extend(pcm)
            feed(pcm)

        listener.feed = remember  # type: ignore[method-assign]
        return listener


class Learner:
    """The program, and what it has said so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[tuple[str, Any]] = []
        self._more = asyncio.Event()
        self._reading = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            one = json.loads(line)
            self.said.append((one["event"], one["data"]))
            self._more.set()

    async def command(self, name: str, argument: Any = None) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([name, argument]).encode() + b"\n")
        await self.process.stdin.drain()

    async def hears(self, name: str, count: int = 1, /, **members: Any) -> Any:
        async with asyncio.timeout(PATIENCE):
            while True:
                found = [data for one, data in self.said if one == name and members.items() <= data.items()]
                if len(found) >= count:
                    return found[count - 1]
                self._more.clear()
                await self._more.wait()

    def all(self, name: str) -> list[Any]:
        return [data for one, data in self.said if one == name]

    @property
    def numbers(self) -> list[int]:
        return [data["seq"] for name, data in self.said if isinstance(data, dict) and "seq" in data and "at_ms" in data]

    async def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        await self._reading


@contextlib.asynccontextmanager
async def learner(**given: Any) -> AsyncIterator[Learner]:
    assert NODE is not None
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        NODE, str(PROGRAM), json.dumps(given), stdin=pipe, stdout=pipe, limit=2**24
    )
    one = Learner(process)
    try:
        yield one
    finally:
        await one.close()


def noise(seconds: float) -> bytes:
    """Every second is another, so that a piece that is missing or doubled shows."""
    return random.Random(7).randbytes(round(seconds * 32_000))


def streamed(sound: bytes, speed: float = 4.0) -> dict[str, Any]:
    return {"sound": base64.b64encode(sound).decode(), "speed": speed}


def cut(*nodes: RunningNode) -> int:
    """As a lost network does: without a close frame."""
    broken = 0
    for node in nodes:
        runner = node.server.runner
        assert runner is not None and runner.server is not None
        for connection in list(runner.server.connections):
            if connection.transport is not None:
                connection.transport.abort()
                broken += 1
    return broken


def whole(heard: list[tuple[int, bytearray]]) -> bytes:
    """What the listeners got, one behind the other; where two got the same moment, they got the same."""
    made = bytearray()
    for start_ms, got in heard:
        at = start_ms * 32
        assert at <= len(made), "there is a hole before this listener"
        again = len(made) - at
        assert made[at:] == got[: len(made) - at]
        made.extend(got[again:])
    return bytes(made)


async def test_cut_lines_cost_neither_events_nor_sound(stage: Stage) -> None:
    listening = Exact()
    node = await stage.node(listening)
    sound = noise(12)
    async with learner(url=node.url, token=await stage.person()) as one:
        await one.command("start", {})
        await one.hears("answer", name="start")
        await one.command("stream", streamed(sound))
        for turn in (2, 5, 8):
            await one.hears("transcript.final", turn)
            assert cut(node) >= 1
        await one.hears("answer", name="stream")
        await one.command("end")
        ended = (await one.hears("answer", name="end"))["answer"]
    assert one.numbers == list(range(1, len(one.numbers) + 1))
    assert [data["text"] for data in one.all("transcript.final")] == [f"second {n}" for n in range(12)]
    assert whole(listening.heard) == sound
    assert ended["billed_seconds"] >= 12
    assert [data["state"] for data in one.all("connection")].count("reconnecting") >= 3
    session_id = one.all("session.ended")[0]["session_id"]
    assert await stage.texts(session_id) == [f"second {n}" for n in range(12)]


async def test_a_killed_node_costs_neither_events_nor_sound(stage: Stage) -> None:
    first, second = Exact(), Exact()
    owner, other = await stage.node(first), await stage.node(second)
    gate = Gate(owner.url)  # nobody comes in while it dies
    way = await gate.open()
    sound = noise(12)
    async with learner(url=way, nodes=[way, other.url], token=await stage.person()) as one:
        await one.command("start", {})
        await one.hears("answer", name="start")
        await one.command("stream", streamed(sound))
        await one.hears("transcript.final", 4)
        await gate.close()
        await owner.kill()
        await one.hears("answer", name="stream")
        await one.command("turns")
        await one.command("end")
        ended = (await one.hears("answer", name="end"))["answer"]
        session_id = one.all("session.ended")[0]["session_id"]
        assert await stage.texts(session_id) == [f"second {n}" for n in range(12)]
    assert one.numbers == list(range(1, len(one.numbers) + 1))
    assert [data["text"] for data in one.all("transcript.final")] == [f"second {n}" for n in range(12)]
    assert whole(first.heard + second.heard) == sound
    assert ended["reason"] == "client"


async def test_a_server_without_room_is_asked_again(stage: Stage) -> None:
    listening = Exact(sessions_max=1)
    node = await stage.node(listening)
    sound = noise(3)
    async with learner(url=node.url, token=await stage.person(), waitForRoom=60) as late:
        async with stage.talk(node) as before:
            await late.command("start", {})
            await late.command("stream", streamed(sound))  # kept until there is room
            await late.hears("connection", state="reconnecting")
            await before.ends()
        await late.hears("answer", name="start")
        await late.command("end")
        await late.hears("answer", name="end")
    assert [data["text"] for data in late.all("transcript.final")] == [f"second {n}" for n in range(3)]
    assert whole(listening.heard[1:]) == sound


async def test_without_patience_a_full_server_is_a_refusal_with_its_code(stage: Stage) -> None:
    node = await stage.node(Exact(sessions_max=0))
    async with learner(url=node.url, token=await stage.person()) as one:
        await one.command("start", {})
        failed = await one.hears("failed")
    assert failed["code"] == "unavailable" and failed["refused"]


async def test_a_token_that_expires_is_replaced(stage: Stage) -> None:
    """At the first connection another token is asked for; later the ticket of the last join does."""
    listening = Exact()
    node = await stage.node(listening)
    sound = noise(5)
    async with learner(url=node.url, token="expired", fresh=await stage.person()) as one:
        await one.command("start", {})
        await one.hears("answer", name="start")
        await one.command("stream", streamed(sound))
        await one.hears("transcript.final", 2)
        cut(node)
        await one.hears("answer", name="stream")
        await one.command("end")
        await one.hears("answer", name="end")
    assert one.all("error") == []
    assert [data["text"] for data in one.all("transcript.final")] == [f"second {n}" for n in range(5)]
    assert whole(listening.heard) == sound
    assert one.numbers == list(range(1, len(one.numbers) + 1))
    assert one.all("connection")[-1]["state"] == "connected"


async def test_another_client_that_joins_is_not_fought(stage: Stage) -> None:
    node = await stage.node(Exact())
    person = await stage.person()
    async with learner(url=node.url, token=person) as one:
        await one.command("start", {})
        session_id = (await one.hears("answer", name="start"))["answer"]["session_id"]
        other = stage.client(person, node)
        await other.join(session_id)
        refused = await one.hears("connection", state="refused")
        assert refused["error"] == "replaced"
        await other.end()


async def test_names_and_passwords_sign_in_and_the_tutor_answers(parley: Parley) -> None:
    account = await parley.account()
    async with learner(url=parley.url, username=account.username, password=account.password) as one:
        await one.command("start", {})
        await one.hears("answer", name="start")
        await one.command("end")
        assert (await one.hears("answer", name="end"))["answer"]["reason"] == "client"
