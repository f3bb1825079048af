"""Recognition processes in trouble: operators see it as long as it lasts."""

import pytest
from prometheus_client import REGISTRY

from kit.clock import SystemClock
from kit.tasks import Tasks
from speech.pool import lanes
from speech.pool.pool import WorkerPool
from tests.support.pool import Client, Lane
from tests.support.waiting import until


def troubled() -> float:
    return REGISTRY.get_sample_value("parley_child_processes_troubled", {"process": "recognition"}) or 0


async def test_a_lane_that_is_given_up_or_works_again_is_not_called_troubled_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tasks = Tasks()
    workers = WorkerPool(SystemClock(), tasks)
    monkeypatch.setattr("speech.pool.lane_set._RESTART_S", (0.0,) * 5)
    before = troubled()
    hopeless = Lane()
    hopeless.fail = [lanes.LaneLost("died")]
    workers.join(Client("one", "final"))
    await workers.open(hopeless)
    hopeless.trouble = [OSError(12, "Cannot allocate memory")] * 9
    await until(lambda: workers.lanes == [])
    assert troubled() == before
    lane, client = Lane(), Client("two", "final")
    lane.fail = [lanes.LaneLost("died")]
    workers.join(client)
    await workers.open(lane)
    lane.trouble = [OSError(12, "Cannot allocate memory")] * 4
    await until(lambda: lane.starts == 6)
    assert troubled() == before + 1
    workers._lanes._lives[lane].began -= 60
    client.kind = "final"
    workers.notify()
    await until(lambda: client.answers == 1)
    await until(lambda: troubled() == before)
    await workers.close()
    await tasks.close()


class _Unstoppable(Lane):
    async def stop(self) -> None:
        await super().stop()
        raise OSError(24, "Too many open files")


async def test_a_lane_that_cannot_be_ended_is_replaced_and_keeps_no_other_from_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tasks = Tasks()
    workers = WorkerPool(SystemClock(), tasks)
    monkeypatch.setattr("speech.pool.lane_set._RESTART_S", (0.0,) * 5)
    gone: list[object] = []
    workers.on_lost = gone.append
    hopeless = _Unstoppable()
    hopeless.fail = [lanes.LaneLost("died")]
    workers.join(Client("one", "final"))
    await workers.open(hopeless)
    hopeless.trouble = [OSError(12, "Cannot allocate memory")] * 9
    await until(lambda: gone == [hopeless])
    last = Lane()
    await workers.open(_Unstoppable())
    await workers.open(last)
    await workers.close()
    assert not last.running
    await tasks.close()
