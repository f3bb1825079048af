import asyncio
from collections.abc import AsyncIterator

import pytest

from kit import errors
from kit.clock import SystemClock
from kit.tasks import Tasks
from speech.pool import jobs, lanes
from speech.pool.pool import WorkerPool
from speech.transcription.types import EngineName, Kind, Request


class Lane:
    """Does jobs when it is told to, and writes down which."""

    engine = EngineName("test", "none", "1")

    def __init__(self) -> None:
        self.done: list[str] = []
        self.starts = 0
        self.fail: list[Exception] = []
        self.broken = False
        self.trouble: list[Exception] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.ready = asyncio.Event()
        self.ready.set()
        self.running = False

    async def start(self) -> None:
        self.starts += 1
        await self.ready.wait()
        if self.broken:
            raise lanes.EngineBroken("engine_broken", "no")
        if self.trouble:
            raise self.trouble.pop(0)
        self.running = True

    async def run(self, job: jobs.Job, deadline_s: float) -> jobs.Answer:
        await self.gate.wait()
        assert isinstance(job, jobs.Recognise)
        self.done.append(job.stream)
        if self.fail:
            raise self.fail.pop()
        return jobs.Answer(self.engine, rss=int(job.request.prompt or 0))

    async def stop(self) -> None:
        self.running = False

    def anew(self) -> "Lane":
        return Lane()


class Client:
    def __init__(self, name: str, kind: Kind | None, prompt: str = "") -> None:
        self.name, self.kind, self.prompt = name, kind, prompt
        self.answers = self.failures = 0
        self.angry = ""  # what raises

    def pending(self) -> Kind | None:
        self._do("pending")
        return self.kind

    def take(self) -> jobs.Job | None:
        self._do("take")
        self.kind = None
        return jobs.Recognise(self.name, 1, 0, b"\0" * 320, Request(prompt=self.prompt))

    def done(self, answer: jobs.Answer, queue_s: float) -> None:
        self._do("done")
        self.answers += 1

    def failed(self, error: Exception) -> None:
        self._do("failed")
        self.failures += 1

    def _do(self, what: str) -> None:
        if self.angry == what:
            raise ZeroDivisionError(what)


@pytest.fixture
async def workers() -> AsyncIterator[WorkerPool]:
    tasks = Tasks()
    workers = WorkerPool(SystemClock(), tasks, rss_limit=1000)
    yield workers
    await workers.close()
    await tasks.close()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_the_most_urgent_goes_first(workers: WorkerPool) -> None:
    lane = Lane()
    lane.gate.clear()
    first = Client("first", "partial")
    workers.join(first)
    await workers.open(lane)
    for name, kind in (("file", "file"), ("partial", "partial"), ("stable", "stable"), ("final", "final")):
        workers.join(Client(name, kind))  # type: ignore[arg-type]
    workers.notify()
    assert workers.waiting == 4
    lane.gate.set()
    await settle()
    assert lane.done == ["first", "final", "stable", "partial", "file"]


async def test_a_crowd_is_who_was_served_lately_for_each_worker(
    workers: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speech.pool.pool.COUNT_S", 0.0)
    assert workers.crowd == 1
    clients = [Client(name, "partial") for name in ("a", "b", "c")]
    for client in (*clients, Client("listens only", None)):
        workers.join(client)
    await workers.open(Lane())
    await settle()
    assert workers.crowd == 3
    await workers.open(Lane())
    assert workers.crowd == 1.5
    workers.leave(clients[0])
    assert workers.crowd == 1


async def test_who_used_least_is_served_next(workers: WorkerPool) -> None:
    lane = Lane()
    greedy, modest = Client("greedy", "partial"), Client("modest", None)
    workers.join(greedy)
    workers.join(modest)
    await workers.open(lane)
    await settle()
    lane.gate.clear()
    greedy.kind = "partial"
    workers.notify()
    await settle()
    await asyncio.sleep(0.02)
    greedy.kind = modest.kind = "partial"
    workers.notify()
    lane.gate.set()
    await settle()
    assert lane.done == ["greedy", "greedy", "modest", "greedy"]


async def test_a_lost_lane_is_started_again_and_the_client_is_told(workers: WorkerPool) -> None:
    lane = Lane()
    lane.fail = [lanes.LaneLost("died")]
    client = Client("one", "final")
    workers.join(client)
    await workers.open(lane)
    await asyncio.sleep(0.01)
    assert client.failures == 1 and lane.starts == 2
    client.kind = "final"
    workers.notify()
    await settle()
    assert client.answers == 1


async def test_a_lane_that_grew_too_large_is_started_again(workers: WorkerPool) -> None:
    lane = Lane()
    client = Client("one", "final", prompt="5000")
    workers.join(client)
    await workers.open(lane)
    await asyncio.sleep(0.01)
    assert client.answers == 1 and lane.starts == 2


async def test_a_lane_that_cannot_start_again_is_given_up(workers: WorkerPool) -> None:
    lane = Lane()
    lost: list[object] = []
    workers.on_lost = lambda lane: lost.append(1)
    lane.fail = [lanes.LaneLost("died")]
    workers.join(Client("one", "final"))
    await workers.open(lane)
    lane.broken = True
    await asyncio.sleep(0.01)
    assert lost == [1] and workers.lanes == []


async def test_a_lane_that_dies_of_every_job_is_not_made_anew_in_a_spin(
    workers: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speech.pool.lane_set._RESTART_S", (0.0, 3600.0))
    lane, client = Lane(), Client("one", "final")
    lane.fail = [lanes.LaneLost("died")] * 9
    workers.join(client)
    await workers.open(lane)
    async with asyncio.timeout(10):
        while lane.starts < 2:  # noqa: ASYNC110 - it is called from within
            await asyncio.sleep(0)
    client.kind = "final"
    workers.notify()
    await settle()
    await asyncio.sleep(0.01)
    client.kind = "final"
    workers.notify()
    await settle()
    assert (lane.starts, client.failures, workers.lanes) == (2, 2, [lane])


@pytest.mark.parametrize("broken", [False, True])
async def test_a_lane_that_is_retired_while_it_is_made_anew_is_stopped_and_not_missed(
    workers: WorkerPool, broken: bool
) -> None:
    lane = Lane()
    lost: list[object] = []
    workers.on_lost = lost.append
    lane.fail = [lanes.LaneLost("died")]
    workers.join(Client("one", "final"))
    await workers.open(lane)
    lane.ready.clear()
    lane.broken = broken
    async with asyncio.timeout(10):
        while lane.starts < 2:  # noqa: ASYNC110 - it is called from within
            await asyncio.sleep(0)
    await workers.retire(lane)
    lane.ready.set()
    await settle()
    assert (lane.running, lost, workers.lanes) == (False, [], [])


async def test_a_lane_that_is_retired_between_two_tries_is_not_tried_again(
    workers: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speech.pool.lane_set._RESTART_S", (0.0, 0.05))
    lane = Lane()
    lane.fail = [lanes.LaneLost("died")]
    workers.join(Client("one", "final"))
    await workers.open(lane)
    lane.trouble = [OSError(12, "Cannot allocate memory")]
    async with asyncio.timeout(10):
        while lane.trouble:  # noqa: ASYNC110 - it is called from within
            await asyncio.sleep(0)
    await workers.retire(lane)
    async with asyncio.timeout(10):
        while lane.running:  # noqa: ASYNC110 - it is called from within
            await asyncio.sleep(0)
    assert lane.starts == 2


async def test_a_single_job_is_tried_again_and_then_refused_by_name(workers: WorkerPool) -> None:
    lane = Lane()
    await workers.open(lane)
    job = jobs.Recognise("file", 0, 0, b"\0" * 320, Request("file"))
    lane.fail = [lanes.JobFailed("once")]
    assert (await workers.perform(job, "file")).engine.name == "test"
    lane.fail = [lanes.JobFailed("again")] * 3
    with pytest.raises(errors.Failure) as caught:
        await workers.perform(job, "file")
    assert caught.value.code == "recognition_failed"


async def test_a_client_that_left_gets_nothing_done(workers: WorkerPool) -> None:
    lane, client = Lane(), Client("gone", "final")
    workers.join(client)
    workers.leave(client)
    await workers.open(lane)
    await settle()
    assert lane.done == []
    assert workers.busy_share() < 0.1


@pytest.mark.parametrize("trouble", [TypeError("received 8, not text"), MemoryError(), RuntimeError("no new thread")])
async def test_a_lane_outlives_whatever_is_raised_in_it(workers: WorkerPool, trouble: Exception) -> None:
    lane, client = Lane(), Client("one", "final")
    workers.join(client)
    lane.fail = [trouble]
    await workers.open(lane)
    await asyncio.sleep(0.01)
    assert (client.failures, lane.starts) == (1, 2)
    client.kind = "final"
    workers.notify()
    await settle()
    assert client.answers == 1


async def test_a_lane_whose_restart_finds_no_memory_is_tried_again(
    workers: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speech.pool.lane_set._RESTART_S", (0.0, 0.0, 0.0))
    lane, client = Lane(), Client("one", "final")
    workers.join(client)
    lane.fail = [lanes.LaneLost("died")]
    await workers.open(lane)
    lane.trouble = [OSError(12, "Cannot allocate memory"), lanes.EngineBroken("engine_crashed", "no process")]
    await asyncio.sleep(0.01)
    assert (lane.starts, workers.lanes) == (4, [lane])
    client.kind = "final"
    workers.notify()
    await settle()
    assert client.answers == 1


@pytest.mark.parametrize("angry", ["pending", "take", "done", "failed"])
async def test_an_error_in_a_client_costs_neither_the_lane_nor_its_neighbours(workers: WorkerPool, angry: str) -> None:
    lane, bad, good = Lane(), Client("bad", "final"), Client("good", "final")
    bad.angry = angry
    if angry == "failed":
        lane.fail = [lanes.JobFailed("once")]
    workers.join(bad)
    workers.join(good)
    await workers.open(lane)
    await settle()
    assert good.answers == 1
    workers.heard(bad)
    good.kind = "final"
    workers.notify()
    await settle()
    assert good.answers == 2 and workers.lanes == [lane]


async def test_many_recordings_of_one_do_not_hold_up_one_of_another(workers: WorkerPool) -> None:
    lane = Lane()
    await workers.open(lane)
    lane.gate.clear()

    async def file(name: str, owner: str) -> None:
        job = jobs.Recognise(name, 1, 0, b"\0" * 320, Request())
        await workers.perform(job, "file", owner)

    many = [asyncio.ensure_future(file(f"ana {n}", "ana")) for n in range(13)]
    await settle()
    one = asyncio.ensure_future(file("ben", "ben"))
    await asyncio.sleep(0.02)
    lane.gate.set()
    await asyncio.gather(*many, one)
    assert lane.done.index("ben") <= 1
