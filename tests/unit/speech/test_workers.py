"""Which client the worker pool serves next."""

import asyncio

import pytest

from kit import errors
from speech.pool import jobs, lanes
from speech.pool.pool import WorkerPool
from speech.transcription.types import Request
from tests.support.pool import Client, Lane, settle, workers

__all__ = ["workers"]


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
