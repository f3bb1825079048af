"""How many actors a cluster is asked for while some come late, not at all, or die."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kit.clock import SystemClock
from kit.tasks import Tasks
from speech.engines.cluster import actors as module
from speech.engines.cluster.actors import Actors
from speech.engines.cluster.lane import ActorLane
from speech.engines.cluster.messages import Cluster, Wanted
from speech.pool.lanes import EngineBroken
from speech.pool.pool import WorkerPool
from tests.support.waiting import until


@dataclass
class Door:
    """Where actors come in: at once, or when `gate` is set."""

    workers: WorkerPool
    asked: int = 0
    shut_for: set[int] = field(default_factory=set)
    full: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, lane: ActorLane) -> None:
        self.asked += 1
        if self.asked in self.shut_for:
            await self.gate.wait()
        if self.full:
            raise EngineBroken("cluster_full", "no place")
        self.workers.add(lane)

    async def lose(self, lane: object) -> None:
        assert isinstance(lane, ActorLane)
        await self.workers.retire(lane)
        self.workers.on_lost(lane)


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    tasks = Tasks()
    yield tasks
    await tasks.close()


def made(tasks: Tasks, monkeypatch: pytest.MonkeyPatch, retry_s: float) -> tuple[Door, Actors]:
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.01)
    workers = WorkerPool(SystemClock(), tasks)
    door = Door(workers)
    wanted = Wanted("base", Path(), None, "cpu", "int8", 1, "")
    actors = Actors(Cluster("odd", least=2, most=4), wanted, workers, door.open, retry_s)
    workers.on_lost = actors.lost
    return door, actors


async def test_one_that_is_long_in_coming_holds_up_no_other(tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STEADY_SECONDS", 0.0)
    door, actors = made(tasks, monkeypatch, 60.0)
    door.shut_for = {2}
    await actors.begin(tasks, 30.0)
    await door.lose(door.workers.lanes[0])
    await until(lambda: door.asked == 3 and actors.count == 1)
    door.gate.set()
    await until(lambda: actors.count == 2)
    await asyncio.sleep(0.05)
    assert door.asked == 3
    await actors.close()
    assert len(tasks) == 0


async def test_why_actors_are_missing_is_told_until_they_are_there(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, actors = made(tasks, monkeypatch, 0.3)
    await actors.begin(tasks, 30.0)
    await until(lambda: actors.count == 2)
    assert actors.status() == {"actors": 2, "problem": None}
    await door.lose(door.workers.lanes[0])
    await asyncio.sleep(0.05)  # some looks
    assert actors.problem is not None and actors.problem.code == "actor_lost" and door.asked == 2
    door.full = True
    await until(lambda: actors.problem is not None and actors.problem.code == "cluster_full")
    door.full = False
    await until(lambda: actors.count == 2)
    await until(lambda: actors.problem is None)
    await actors.close()


async def test_an_actor_that_lived_long_is_replaced_at_once(tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> None:
    door, actors = made(tasks, monkeypatch, 60.0)
    await actors.begin(tasks, 30.0)
    await until(lambda: actors.count == 2)
    old = door.workers.lanes[0]
    actors._added_at[old] -= 60.0  # the other one is young
    await door.lose(old)
    await until(lambda: actors.count == 2 and door.asked == 3)
    assert actors.problem is None
    await actors.close()


async def test_none_is_on_its_way_after_the_end(tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> None:
    door, actors = made(tasks, monkeypatch, 60.0)
    door.shut_for = {1, 2}
    with pytest.raises(EngineBroken, match="has come yet"):
        await actors.begin(tasks, 0.1)
    await actors.close()
    assert len(tasks) == 0 and door.asked <= 2
