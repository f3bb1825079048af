"""Processes that are kept: after a storm of ends they are tried seldom, and somebody is told."""

import asyncio
import errno
from collections.abc import Iterator

import psutil
import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from kit.processes import environment, process, waiting
from kit.processes.keeping import Heartbeat, Kept, Restarts, keep
from kit.processes.process import NotStarted, Process, python, start
from tests.support.clock import FakeClock
from tests.support.waiting import until

IN_TIME = 60.0


def program(*way: str) -> process.Program:
    return python("test", "tests.support.children", *way, variables=environment.bare())


@pytest.fixture(autouse=True)
def none_is_left() -> Iterator[None]:
    before = set(psutil.Process().children())
    yield
    assert set(psutil.Process().children()) - before == set()


def troubled() -> float | None:
    return REGISTRY.get_sample_value("parley_child_processes_troubled", {"process": "test"})


def test_the_pauses_grow_and_a_steady_life_begins_anew() -> None:
    restarts = Restarts("test", (0.0, 1.0, 4.0), steady_seconds=30, often=3)
    assert [restarts.ended(1.0) for _ in range(5)] == [0.0, 1.0, 4.0, 4.0, 4.0]
    assert restarts.ended(31.0) == 0.0
    assert restarts.times == 6


def test_a_storm_is_told_once_and_its_end_too() -> None:
    restarts = Restarts("test", (0.0, 1.0), steady_seconds=30, often=3)
    with capture_logs() as told:
        for _ in range(10):
            restarts.ended(0.5)
        in_the_storm = restarts.is_troubled, troubled()
        restarts.steady(10)
        still = restarts.is_troubled
        restarts.steady(30)
        restarts.steady(60)
    assert (in_the_storm, still) == ((True, 1), True)
    assert not restarts.is_troubled and troubled() == 0
    assert [one["event"] for one in told] == ["process_ends_too_often", "process_steady_again"]


def test_of_several_of_a_kind_each_is_in_trouble_for_itself_until_it_is_steady_or_given_up() -> None:
    one, two = (Restarts("test", (0.0,), steady_seconds=30, often=3) for _ in range(2))
    for _ in range(3):
        one.ended(0.5)
        two.ended(0.5)
    assert troubled() == 2
    one.steady(30)
    assert (troubled(), two.is_troubled) == (1, True)
    two.forget()
    assert (troubled(), two.is_troubled) == (0, False)


async def test_a_process_that_runs_steadily_again_is_no_longer_called_troubled() -> None:
    lives: list[str] = []
    restarts = Restarts("test", (0.0,), steady_seconds=0.2, often=3)

    async def live() -> None:
        lives.append("one")
        if len(lives) > 3:
            await asyncio.Event().wait()

    keeping_on = asyncio.ensure_future(keep(live, restarts, FakeClock()))
    await until(lambda: len(lives) == 4, IN_TIME)
    await until(lambda: not restarts.is_troubled, IN_TIME)
    assert troubled() == 0
    keeping_on.cancel()
    await asyncio.gather(keeping_on, return_exceptions=True)


def test_a_kept_process_is_started_again_but_not_in_a_spin() -> None:
    now, made = [100.0], []

    def begin() -> Process:
        made.append(start(program("crashes", "3")))
        return made[-1]

    kept = Kept("test", begin, Restarts("test", (0.0, 5.0, 60.0)), lambda: now[0])
    kept.start()
    for _ in range(2):
        made[-1].wait(IN_TIME)
        kept.look()
        kept.look()
    made[-1].wait(IN_TIME)
    assert len(made) == 2  # the second time it waits
    now[0] += 5.0
    assert kept.look() and len(made) == 3
    made[-1].wait(IN_TIME)
    for _ in range(50):
        now[0] += 1.0
        kept.look()
    assert len(made) == 3 and kept.has_ended
    now[0] += 20.0
    assert kept.look() and len(made) == 4
    made[-1].wait(IN_TIME)


@pytest.mark.parametrize(
    "trouble", [NotStarted("no memory", MemoryError()), OSError(errno.ENOSPC, "no room for its log")]
)
def test_one_that_cannot_be_started_now_is_started_later(trouble: Exception) -> None:
    now, troubles = [0.0], [trouble, trouble]
    made: list[Process] = []

    def begin() -> Process:
        if made and troubles:
            raise troubles.pop()
        made.append(start(program("hangs"), stdout=process.DEVNULL))
        return made[-1]

    kept = Kept("test", begin, Restarts("test", (0.0, 1.0, 1.0)), lambda: now[0])
    kept.start().kill()
    made[-1].wait(IN_TIME)
    outcomes = []
    for _ in range(3):
        outcomes.append(kept.look())
        now[0] += 1.0
    assert outcomes == [False, False, True] and not kept.has_ended
    assert not kept.look()
    made[-1].end()


async def test_the_life_of_a_process_is_repeated_whatever_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    lives: list[str] = []
    over = asyncio.Event()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def live() -> None:
        lives.append("one")
        if len(lives) == 1:
            raise NotStarted("no memory", MemoryError())
        if len(lives) == 2:
            raise ZeroDivisionError
        if len(lives) == 6:
            over.set()
            await asyncio.Event().wait()
        await waiting.ended(start(program("crashes", "1")))

    monkeypatch.setattr(asyncio, "sleep", sleep)
    keeping_on = asyncio.ensure_future(keep(live, Restarts("test", (0.0, 0.5, 2.0, 5.0)), FakeClock()))
    await asyncio.wait_for(over.wait(), IN_TIME)
    keeping_on.cancel()
    await asyncio.gather(keeping_on, return_exceptions=True)
    assert slept == [0.0, 0.5, 2.0, 5.0, 5.0]


def test_a_child_that_gives_no_sign_hangs_and_has_longer_to_begin() -> None:
    heart = Heartbeat(2, 4)
    assert [heart.tick() for _ in range(5)] == [False, False, False, False, True]
    heart.beat()
    assert [heart.tick() for _ in range(3)] == [False, False, True]
