import asyncio

from kit.clock import SystemClock
from kit.jobs import Jobs
from kit.tasks import Tasks
from tests.support.waiting import until


async def test_a_job_runs_after_its_transaction_and_only_then(database):
    tasks, seen = Tasks(), []
    jobs = Jobs(database, SystemClock(), tasks)

    async def handle(payload):
        seen.append(payload["n"])

    jobs.register("count", handle)
    jobs.start()
    try:
        async with database.transaction() as tx:
            await jobs.enqueue(tx, "count", {"n": 1})
            await asyncio.sleep(0.1)
            assert seen == []
        await until(lambda: seen == [1])
    finally:
        await tasks.close()


async def test_a_job_that_fails_is_tried_again(database):
    tasks, tries = Tasks(), []
    jobs = Jobs(database, SystemClock(), tasks)

    async def handle(_payload):
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError("away")

    jobs.register("fragile", handle)
    jobs.start()
    try:
        async with database.transaction() as tx:
            await jobs.enqueue(tx, "fragile", {})
        await until(lambda: len(tries) == 2)
    finally:
        await tasks.close()


async def test_a_job_with_a_key_waits_only_once(database):
    jobs = Jobs(database, SystemClock(), Tasks())
    async with database.transaction() as tx:
        assert await jobs.enqueue(tx, "index", {}, key="all") is not None
        assert await jobs.enqueue(tx, "index", {}, key="all") is None
