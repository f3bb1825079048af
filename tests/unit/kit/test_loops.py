"""Loops of a node: no failure ends one, and each tells how it is."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from kit import errors
from kit.tasks import Tasks
from tests.support.waiting import until


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    made = Tasks()
    yield made
    await made.close()


async def test_a_loop_survives_whatever_it_meets(tasks: Tasks) -> None:
    met: list[Exception] = [ValueError("a fault"), OSError(28, "no space"), errors.unavailable("unavailable", "away")]
    rounds: list[int] = []

    async def act() -> None:
        rounds.append(1)
        if met:
            raise met.pop(0)

    tasks.keep(act, name="work")
    await until(lambda: len(rounds) > 4)
    assert tasks.lives[0].state() == ("ok", "work")


async def test_a_failing_loop_says_why_and_since_when_but_no_message(tasks: Tasks) -> None:
    async def act() -> None:
        raise ValueError("words of a user")

    tasks.keep(act, name="work", pause=0.01)
    await until(lambda: tasks.lives[0].failures > 1)
    state, told = tasks.lives[0].state()
    assert (state, "ValueError" in told, "user" in told) == ("failing", True, False)


async def test_a_stuck_and_an_ended_loop_are_told(tasks: Tasks) -> None:
    async def hang() -> None:
        await asyncio.sleep(60)

    tasks.keep(hang, name="hangs", round_seconds=0.01)
    await until(lambda: tasks.lives[0].state()[0] == "stuck")
    ended = tasks.keep(hang, name="ends")
    life = tasks.lives[1]
    ended.cancel()
    await asyncio.gather(ended, return_exceptions=True)
    assert life.state()[0] == "ended"
    assert life not in tasks.lives  # somebody wanted it to end


async def test_a_rare_loop_that_failed_does_not_wait_for_its_usual_hour(tasks: Tasks) -> None:
    rounds: list[int] = []

    async def act() -> None:
        rounds.append(1)
        if len(rounds) < 3:
            raise errors.unavailable("unavailable", "away")

    tasks.keep(act, name="sweep", pause=3600)
    await until(lambda: len(rounds) == 3)
