"""Media workers as processes: started again when they die or hang, and gone with whoever started them."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kit.clock import SystemClock
from kit.errors import Failure
from kit.processes.keeping import Heartbeat
from kit.storable import JsonObject
from kit.tasks import Tasks
from realtime.transports.webrtc import media_processes as crews
from realtime.transports.webrtc import process
from realtime.transports.webrtc.media_processes import MediaProcesses
from realtime.transports.webrtc.peers import PeerSettings
from tests.support.waiting import until
from tests.support.webrtc import Learner

ROOT = Path(__file__).parents[3]


def _runs(pid: int) -> bool:
    """A process that ended but was not asked for its status is one that nobody looks after."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def _answer(event: str, data: object) -> JsonObject:
    return {"ok": True}


@pytest.fixture
async def media_processes() -> AsyncIterator[MediaProcesses]:
    tasks = Tasks()
    made = MediaProcesses(1, tasks, SystemClock(), PeerSettings(24_000), "error")
    await made.start()
    async with asyncio.timeout(60):
        while not made.state()[0]:  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.05)
    pids = [worker.pid for worker in made.workers]
    yield made
    pids += [worker.pid for worker in made.workers]
    await made.close()
    assert not any(_runs(pid) for pid in pids if pid is not None)
    await until(lambda: len(tasks) == 0)


async def test_peers_of_a_worker_that_hangs_are_lost_and_it_is_replaced(
    media_processes: MediaProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = Learner(channel=False)
    gone: list[bool] = []
    peer = media_processes.peer(lambda pcm: None, _answer, gone.append)
    await learner.accept(await peer.answer(await learner.offer()))
    await learner.connected()
    await until(lambda: peer.plays)
    worker = media_processes.workers[0]
    first, patient = worker.pid, worker._heart
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    worker._heart = Heartbeat(2, 2)  # not before: one that gets no time looks like one that hangs
    await until(lambda: gone)
    worker._heart = patient
    assert gone == [True]
    assert not peer.plays
    await until(lambda: media_processes.state() == (True, "0 in 1 of 1 media workers, 1 started again"))
    assert media_processes.workers[0].pid != first
    assert not _runs(first)
    await learner.close()


@pytest.mark.skipif(sys.platform != "linux", reason="counts in /proc")
async def test_peers_that_come_and_go_leave_nothing_in_the_worker(media_processes: MediaProcesses) -> None:
    async def cycle() -> None:
        gone, learner = asyncio.Event(), Learner()
        heard: list[bytes] = []
        peer = media_processes.peer(heard.append, _answer, lambda lost: gone.set())
        await learner.accept(await peer.answer(await learner.offer()))
        await learner.connected()
        peer.say(bytes(48_000))
        await until(lambda: heard)
        await learner.close()
        await asyncio.wait_for(gone.wait(), 60)

    def held() -> list[int]:
        process = Path(f"/proc/{media_processes.workers[0].pid}")
        return [len(list((process / kind).iterdir())) for kind in ("fd", "task")]

    before = held()
    for _ in range(6):
        await cycle()
    # The event loop keeps threads of its own for later, and the garbage collector is not waited for.
    spare = min(32, (os.cpu_count() or 1) + 4)
    await until(lambda: held()[0] <= before[0] and held()[1] <= before[1] + spare)


async def test_a_worker_that_cannot_start_is_tried_again_and_offers_are_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crews, "_START_PATIENCE", 1.0)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    tasks = Tasks()
    broken = MediaProcesses(1, tasks, SystemClock(), PeerSettings(24_000), "critical")
    await broken.start()
    with pytest.raises(Failure) as refused:
        await broken.ready()
    assert (refused.value.code, refused.value.retry_after) == ("unavailable", 1)
    assert not broken.state()[0]
    await broken.close()
    await tasks.close()


async def test_a_worker_that_fails_in_an_unforeseen_way_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    started = process.WorkerProcess._start
    troubles = [MemoryError(), RuntimeError("no thread"), subprocess.SubprocessError("no pid")]

    async def start(worker: process.WorkerProcess) -> None:
        if troubles:
            raise troubles.pop()
        await started(worker)

    monkeypatch.setattr(process.WorkerProcess, "_start", start)
    monkeypatch.setattr(crews, "_BACKOFF", (0.0,))
    tasks = Tasks()
    media_processes = MediaProcesses(1, tasks, SystemClock(), PeerSettings(24_000), "critical")
    await media_processes.start()
    await media_processes.ready()
    assert media_processes.state()[0]
    await media_processes.close()
    await tasks.close()


async def test_an_offer_that_nobody_waits_for_any_more_leaves_no_peer(media_processes: MediaProcesses) -> None:
    learner = Learner(channel=False)
    gone: list[bool] = []
    peer = media_processes.peer(lambda pcm: None, _answer, gone.append)
    asking = asyncio.ensure_future(peer.answer(await learner.offer()))
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert gone == [False]
    assert media_processes.state()[1].startswith("0 in")
    other = media_processes.peer(lambda pcm: None, _answer, gone.append)
    with pytest.raises(Failure) as refused:
        await other.answer("v=0\r\nrubbish")
    assert refused.value.code == "invalid_request"
    assert gone == [False, False]
    with pytest.raises(Failure) as none:
        await other.candidate({"candidate": ""})
    assert none.value.code == "no_peer"
    await learner.close()


async def test_a_worker_ends_with_a_node_that_is_killed() -> None:
    program = str(ROOT / "tests" / "support" / "orphan.py")
    node = await asyncio.create_subprocess_exec(sys.executable, program, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert node.stdout is not None
    pids = json.loads(await asyncio.wait_for(node.stdout.readline(), 60))
    assert all(map(_runs, pids))
    node.kill()
    await node.wait()
    await until(lambda: not any(map(_lives, pids)))


def _lives(pid: int) -> bool:
    """Whoever takes over orphans may be slow to ask how they ended."""
    status = Path(f"/proc/{pid}/stat")
    return _runs(pid) and not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
