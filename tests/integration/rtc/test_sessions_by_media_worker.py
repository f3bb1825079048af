"""The same sessions when another process carries the peers, and what is left of them when that one is killed."""

import asyncio
import contextlib
import gc
import os
import signal
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from realtime.transports.webrtc.process import WorkerProcess
from tests.support.calls import calling, opened, speech
from tests.support.node import Account, Parley, running
from tests.support.voice_server import voice_server
from tests.support.waiting import until
from tests.support.webrtc import Learner

MODEL = Path(__file__).parents[2] / "data" / "models" / "whisper-clips-test"
CLIP = "so762-008110159"
TEXT = "Let us know if you have any other questions."


def _pids() -> list[int]:
    """The media workers of this process. What earlier tests left for the garbage collector has ended."""
    found = (one.pid for one in gc.get_objects() if isinstance(one, WorkerProcess) and one.is_ready)
    return [pid for pid in found if pid is not None]


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _sockets() -> int:
    """Those of this process; files that a library keeps open are its own affair."""
    found = 0
    for one in Path("/dev/fd").iterdir():
        with contextlib.suppress(OSError):  # the folder itself was open while we looked
            found += stat.S_ISSOCK(os.fstat(int(one.name)).st_mode)
    return found


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    """With one media worker, and a voice server: eight seconds of a tone for each sentence."""
    async with voice_server() as voice:
        changed = {"media_workers": 1, "whisper_model": str(MODEL), **voice}
        before = _sockets()
        async with running(settings.model_copy(update=changed), database_url, redis_url) as parley:
            await until(_pids)
            pids = _pids()
            yield parley
            pids += _pids()
        assert not any(map(_runs, pids))
        await until(lambda: _sockets() <= before)


async def _media(node: Parley, account: Account) -> tuple[str, str]:
    """What the health page says of it."""
    async with node.client.get("/api/health/detailed", headers=account.headers) as response:
        found = {check["name"]: check for check in (await response.json())["checks"]}["media"]
        return found["status"], found["detail"]


async def test_a_learner_is_heard_and_hears_the_tutor_who_can_be_cut_off(node: Parley) -> None:
    socket, _ = await opened(node, "/api/realtime/live")
    learner = Learner()
    await calling(socket, learner)
    admin = await node.admin()
    assert await _media(node, admin) == ("ok", "1 in 1 of 1 media workers")
    learner.microphone.say(speech(CLIP))
    assert (await socket.until("transcript.final"))["text"] == TEXT
    await until(lambda: learner.loud_frames >= 25)
    assert (await socket.ask("response.cancel", {}))["cancelled"]
    await socket.until("playback.flush")
    await until(lambda: learner.quiet_frames >= 25)
    assert learner.loud_frames < 390  # of 400 at least
    assert not [event for event in socket.events if event["event"] == "response.audio"]
    assert (await socket.ask("session.end", {}))["ok"]
    await socket.until("session.ended")
    await until(lambda: learner.connection.connectionState == "closed")
    async with asyncio.timeout(60):
        while await _media(node, admin) != ("ok", "0 in 1 of 1 media workers"):  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.05)
    await learner.close()
    await socket.socket.close()


async def test_the_channel_carries_the_session_alone(node: Parley) -> None:
    socket, session_id = await opened(node, "/api/realtime/live")
    learner = Learner()
    refused = await socket.ask("webrtc.offer", {"sdp": "v=0\r\nrubbish"})
    assert refused["error"]["error"] == "invalid_request"
    assert (await socket.ask("webrtc.candidate", {"candidate": ""}))["error"]["error"] == "no_peer"
    await calling(socket, learner)
    assert (await socket.ask("webrtc.candidate", {"candidate": "rubbish"}))["error"]["error"] == "invalid_request"
    assert (await learner.ask("text", {"text": "Too early."}))["error"]["error"] == "not_joined"
    joined = await learner.ask("session.join", {"session_id": session_id, "last_seq": 0})
    assert joined["ok"] and joined["replayed"] >= 1
    assert (await socket.until("error"))["error"] == "replaced"
    await socket.socket.close()
    assert (await learner.ask("text", {"text": "Hello, my name is Ana."}))["ok"]
    await learner.until("response.delta")
    learner.say("x" * 100_000)
    await until(lambda: "too_large" in [e["data"]["error"] for e in learner.events if e["event"] == "error"])
    assert (await learner.ask("webrtc.close", {"failed": True}))["ok"]  # the answer comes before the end
    await until(lambda: learner.connection.connectionState == "closed")
    await learner.close()


async def test_media_is_published_by_whip_and_ended_by_delete(node: Parley) -> None:
    account = await node.account()
    body = {"session_type": "voice"}
    async with node.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        started = await response.json()
    publisher = Learner(listens=False)
    headers = {"Content-Type": "application/sdp", "Authorization": f"Bearer {started['realtime']['ticket']}"}
    async with node.client.post("/api/live/whip", data=await publisher.offer(), headers=headers) as response:
        assert response.status == 201, await response.text()
        location = response.headers["Location"]
        await publisher.accept(await response.text())
    await publisher.connected()
    for status in (200, 404):
        async with node.client.delete(location) as response:
            assert response.status == status
    await until(lambda: publisher.connection.connectionState == "closed")
    await publisher.close()


async def test_a_session_outlives_the_worker_that_carried_its_sound(
    node: Parley, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, may_start, start = await node.admin(), asyncio.Event(), WorkerProcess._start

    async def starting(worker: WorkerProcess) -> None:
        await may_start.wait()
        await start(worker)

    monkeypatch.setattr(WorkerProcess, "_start", starting)
    socket, _ = await opened(node, "/api/realtime/live")
    first, second = Learner(), Learner()
    await calling(socket, first)
    (killed,) = _pids()
    os.kill(killed, signal.SIGKILL)
    warning = await socket.until("session.warning")
    assert (warning["reason"], warning["part"]) == ("degraded", "media")
    assert (await socket.ask("session.heartbeat", {}))["status"] == "active"
    status, detail = await _media(node, admin)
    assert (status, detail[:9]) == ("degraded", "0 in 0 of")
    may_start.set()
    await calling(socket, second)  # the offer waits until there is a worker again
    second.microphone.say(speech(CLIP))
    assert (await socket.until("transcript.final"))["text"] == TEXT
    assert not _runs(killed)
    assert (await socket.ask("session.end", {}))["ok"]
    await socket.until("session.ended")
    for learner in (first, second):
        await learner.close()
    await socket.socket.close()
