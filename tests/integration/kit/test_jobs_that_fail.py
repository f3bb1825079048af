"""What is wanted while it fails is not lost, and outages never bring the end of a job nearer."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from kit.database import Database
from kit.jobs import Jobs
from kit.tasks import Tasks
from tests.support.clock import FakeClock
from tests.support.waiting import until


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    made = Tasks()
    yield made
    await made.close()


async def _state(database: Database) -> tuple[int, bool]:
    async with database.connection() as cx:
        row = await cx.fetchrow("select attempts, failed_at is not null as failed from jobs")
    assert row is not None
    return row["attempts"], row["failed"]


async def _attempt(jobs: Jobs, clock: FakeClock) -> None:
    """One more, until its end is written."""
    clock.advance(300)
    await jobs._round()
    await until(lambda: not jobs._held)


async def test_a_new_wish_during_the_last_attempt_is_heard(database: Database, tasks: Tasks) -> None:
    clock, seen, given_up, running, go = FakeClock(), [], [], asyncio.Event(), asyncio.Event()
    jobs = Jobs(database, clock, tasks)

    async def broken(payload: dict[str, int]) -> None:
        seen.append(payload["n"])
        if len(seen) == 8:
            running.set()
            await go.wait()
        if payload["n"] == 1:
            raise KeyError("a fault")

    async def give_up(payload: dict[str, int]) -> None:
        given_up.append(payload["n"])

    jobs.register("read", broken, give_up)
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "read", {"n": 1}, key="book")
    for _ in range(7):
        await _attempt(jobs, clock)
    assert await _state(database) == (7, False)
    clock.advance(300)
    await jobs._round()
    await running.wait()
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "read", {"n": 2}, key="book")
    go.set()
    await until(lambda: not jobs._held)
    assert (await _state(database), given_up) == ((0, False), [])
    await jobs._round()  # at once
    await until(lambda: not jobs._held)
    assert seen == [1] * 8 + [2]
    async with database.connection() as cx:
        assert await cx.fetchval("select count(*) from jobs") == 0


async def test_without_a_new_wish_the_eighth_failure_is_the_last(database: Database, tasks: Tasks) -> None:
    clock, given_up = FakeClock(), []
    jobs = Jobs(database, clock, tasks)

    async def broken(_payload: dict[str, int]) -> None:
        raise KeyError("a fault")

    async def give_up(payload: dict[str, int]) -> None:
        given_up.append(payload["n"])

    jobs.register("read", broken, give_up)
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "read", {"n": 1}, key="book")
    for _ in range(8):
        assert given_up == []
        await _attempt(jobs, clock)
    assert (await _state(database), given_up) == ((8, True), [1])


async def test_attempts_that_met_an_outage_do_not_count(database: Database, tasks: Tasks) -> None:
    clock, given_up = FakeClock(), []
    error: Exception = OSError(28, "No space left on device")
    jobs = Jobs(database, clock, tasks)

    async def away(_payload: dict[str, int]) -> None:
        raise error

    async def give_up(payload: dict[str, int]) -> None:
        given_up.append(payload["n"])

    jobs.register("read", away, give_up)
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "read", {"n": 1})
    for _ in range(9):
        await _attempt(jobs, clock)
    error = KeyError("a fault")
    for _ in range(7):
        await _attempt(jobs, clock)
    assert given_up == []
    await _attempt(jobs, clock)
    assert given_up == [1]
