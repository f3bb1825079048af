"""One job, one run at a time: also when a clock is set or a machine pauses."""

import asyncio

from kit.database import Database
from kit.jobs import Handler, Jobs
from kit.storable import JsonObject
from kit.tasks import Tasks
from tests.support.clock import FakeClock
from tests.support.waiting import until


async def test_a_lease_that_ran_out_while_its_job_runs_is_renewed_and_not_taken_anew(database: Database) -> None:
    clock, tasks, runs, go = FakeClock(), Tasks(), [], asyncio.Event()
    jobs = Jobs(database, clock, tasks)

    async def handle(_payload: JsonObject) -> None:
        runs.append(1)
        await go.wait()

    jobs.register("long", handle)
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "long", {})
    await jobs._round()
    await until(lambda: runs == [1])
    try:
        clock.step(600)
        await jobs._round()  # before any renewal
        assert len(jobs._held) == 1
        await jobs._renew()
        async with database.connection() as cx:
            assert await cx.fetchval("select leased_until > $1 from jobs", clock.now())
        go.set()
        await until(lambda: not jobs._held)
        async with database.connection() as cx:
            assert (runs, await cx.fetchval("select count(*) from jobs")) == ([1], 0)
    finally:
        await tasks.close()


async def test_work_whose_job_somebody_else_took_is_stopped_after_the_clock_was_set(database: Database) -> None:
    clock, tasks, other_tasks, running = FakeClock(), Tasks(), Tasks(), []
    jobs, other = Jobs(database, clock, tasks), Jobs(database, clock, other_tasks)

    def handler(name: str) -> Handler:
        async def handle(_payload: JsonObject) -> None:
            running.append(name)
            try:
                await asyncio.Event().wait()
            finally:
                running.remove(name)

        return handle

    jobs.register("long", handler("one"))
    other.register("long", handler("other"))
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "long", {})
    try:
        await jobs._round()
        await until(lambda: running == ["one"])
        clock.step(600)
        await other._round()
        await until(lambda: running == ["one", "other"])
        clock.step(600)
        await jobs._round()  # its stale work is still there
        assert len(jobs._held) == 1
        await other._renew()
        await jobs._renew()
        await until(lambda: running == ["other"] and not jobs._held)
        await jobs._round()
        assert len(other._held) == 1 and not jobs._held
    finally:
        await tasks.close()
        await other_tasks.close()


async def test_a_last_failure_gives_up_nothing_that_somebody_else_works_on(database: Database) -> None:
    clock, tasks, other_tasks, given_up, go = FakeClock(), Tasks(), Tasks(), [], asyncio.Event()
    jobs, other = Jobs(database, clock, tasks), Jobs(database, clock, other_tasks)
    tries = []

    async def broken(_payload: JsonObject) -> None:
        tries.append(1)
        if len(tries) == 8:
            await go.wait()
        raise KeyError("a fault")

    async def works(_payload: JsonObject) -> None:
        await asyncio.Event().wait()

    async def give_up(_payload: JsonObject) -> None:
        given_up.append(1)

    jobs.register("read", broken, give_up)
    other.register("read", works, give_up)
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "read", {})
    try:
        while len(tries) < 8:
            clock.advance(300)
            await jobs._round()
            await until(lambda: not jobs._held or len(tries) == 8)
        clock.step(600)
        await other._round()
        await until(lambda: len(other._held) == 1)
        go.set()
        await until(lambda: not jobs._held)
        assert given_up == []
        async with database.connection() as cx:
            assert await cx.fetchval("select failed_at is null and holder is not null from jobs")
    finally:
        await tasks.close()
        await other_tasks.close()
