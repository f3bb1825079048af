"""A learner by WebRTC in real sessions: captions from a microphone, events on the channel, everything closed."""

import asyncio
import gc
import json
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from realtime.transports.webrtc.peer import LOST_SECONDS
from tests.support.calls import calling, opened, speech
from tests.support.node import Parley, running
from tests.support.waiting import until
from tests.support.webrtc import Learner

DATA = Path(__file__).parents[2] / "data"
CLIP = "so762-008110159"
TEXT = "Let us know if you have any other questions."


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(DATA / "models" / "whisper-clips-test")})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


def _peers(parley: Parley) -> list[str]:
    return [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("peer")]


def _threads() -> int:
    """But for those that the event loop keeps for later."""
    return sum(not one.name.startswith("asyncio_") for one in threading.enumerate())


async def test_what_is_said_into_the_microphone_becomes_captions(node: Parley) -> None:
    socket, _ = await opened(node, "/api/realtime/speaking")
    learner = Learner()
    await calling(socket, learner)
    learner.microphone.say(speech(CLIP))
    final = await socket.until("transcript.final")
    assert final["text"] == TEXT
    assert (await socket.ask("session.end", {}))["ok"]
    ended = await socket.until("session.ended")
    assert ended["billed_seconds"] >= 3
    await until(lambda: learner.connection.connectionState == "closed" and not _peers(node))
    await learner.close()
    await socket.socket.close()


async def test_the_channel_carries_the_session_alone(parley: Parley) -> None:
    socket, session_id = await opened(parley, "/api/realtime/live")
    learner = Learner()
    await calling(socket, learner)
    assert (await learner.ask("text", {"text": "Too early."}))["error"]["error"] == "not_joined"
    joined = await learner.ask("session.join", {"session_id": session_id, "last_seq": 0})
    assert joined["ok"] and joined["replayed"] >= 1
    assert (await socket.until("error"))["error"] == "replaced"
    await socket.socket.close()
    assert (await learner.ask("text", {"text": "Hello, my name is Ana."}))["ok"]
    await learner.until("response.done")
    assert (await learner.ask("session.end", {}))["ok"]
    await learner.until("session.ended")
    numbers = [one["data"]["seq"] for one in learner.events if one["event"] not in ("audio.ack", "error")]
    assert numbers == list(range(1, len(numbers) + 1))
    await until(lambda: not _peers(parley))
    await learner.close()


async def test_a_second_offer_replaces_the_first_peer(parley: Parley) -> None:
    socket, _ = await opened(parley, "/api/realtime/live")
    first, second = Learner(), Learner()
    await calling(socket, first)
    await calling(socket, second)
    await until(lambda: first.connection.connectionState == "closed")
    assert second.connection.connectionState == "connected"
    assert (await socket.ask("session.heartbeat", {}))["status"] == "active"
    for one in (first, second):
        await one.close()
    await socket.socket.close()
    await until(lambda: not _peers(parley))


async def test_an_offer_that_is_none_is_refused_by_name(parley: Parley) -> None:
    socket, _ = await opened(parley, "/api/realtime/live")
    refused = await socket.ask("webrtc.offer", {"sdp": "v=0\r\nrubbish"})
    assert refused["error"]["error"] == "invalid_request"
    early = await socket.ask("webrtc.candidate", {"candidate": "", "sdpMid": "0"})
    assert early["error"]["error"] == "no_peer"
    assert (await socket.ask("session.heartbeat", {}))["ok"]
    await socket.socket.close()
    assert not _peers(parley)


async def test_connecting_and_leaving_again_and_again_leaves_nothing(parley: Parley) -> None:
    socket, _ = await opened(parley, "/api/realtime/live")
    tasks, threads = 0, 0
    for cycle in range(6):
        learner = Learner()
        await calling(socket, learner)
        await learner.close()
        await until(lambda: not _peers(parley))
        if cycle == 1:  # what is started once has been started
            tasks, threads = len(parley.resources.tasks), _threads()
    await until(lambda: len(parley.resources.tasks) <= tasks)
    assert _threads() <= threads
    await socket.socket.close()
    gc.collect()


async def test_a_client_that_is_killed_is_noticed(parley: Parley) -> None:
    assert LOST_SECONDS <= 5
    socket, session_id = await opened(parley, "/api/realtime/live")
    program = str(Path(__file__).parents[2] / "support" / "webrtc_client.py")
    child = await asyncio.create_subprocess_exec(
        sys.executable, program, cwd=str(DATA.parents[1]), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdin is not None and child.stdout is not None
    answer = await socket.ask("webrtc.offer", json.loads(await child.stdout.readline()))
    child.stdin.write(json.dumps(answer).encode() + b"\n")
    assert await child.stdout.readline() == b"connected\n"
    child.kill()
    await child.wait()
    await until(lambda: not _peers(parley))
    joined = await socket.ask("session.join", {"session_id": session_id})
    assert joined["status"] == "active"  # the session outlives its peer
    await socket.socket.close()
