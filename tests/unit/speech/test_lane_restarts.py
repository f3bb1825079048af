"""Lanes of the worker pool that are lost, grow, cannot start again or are retired."""

import asyncio

import pytest

from speech.pool import lanes
from speech.pool.pool import WorkerPool
from tests.support.pool import Client, Lane, settle, workers

__all__ = ["workers"]


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
