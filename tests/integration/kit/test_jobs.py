import asyncio
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import asyncpg

from kit.clock import SystemClock
from kit.database import Database
from kit.errors import Failure
from kit.jobs import Jobs
from kit.storable import JsonObject
from kit.tasks import Tasks
from tests.support.clock import FakeClock
from tests.support.waiting import until

LEASE = timedelta(minutes=2)


async def test_a_job_runs_after_its_transaction_and_only_then(database: Database) -> None:
    tasks, seen = Tasks(), []
    jobs = Jobs(database, SystemClock(), tasks)

    async def handle(payload: JsonObject) -> None:
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


async def test_a_job_that_fails_is_tried_again(database: Database) -> None:
    tasks, tries = Tasks(), []
    jobs = Jobs(database, SystemClock(), tasks)

    async def handle(_payload: JsonObject) -> None:
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


async def test_a_job_with_a_key_waits_only_once(database: Database) -> None:
    jobs = Jobs(database, SystemClock(), Tasks())
    async with database.transaction() as tx:
        assert await jobs.enqueue(tx, "index", {}, key="all") is not None
        assert await jobs.enqueue(tx, "index", {}, key="all") is None


async def test_the_loop_outlives_whatever_the_database_says_and_health_tells(database: Database) -> None:
    tasks, seen = Tasks(), []
    jobs = Jobs(database, SystemClock(), tasks)

    async def handle(payload: JsonObject) -> None:
        seen.append(payload["n"])

    jobs.register("count", handle)
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "count", {"n": 1})
        await tx.execute("alter table jobs rename to jobs_elsewhere")  # an error that nobody foresaw
    jobs.start()
    try:
        await until(lambda: tasks.lives[0].failures > 1)
        assert tasks.lives[0].state()[0] == "failing"
        async with database.connection() as cx:
            await cx.execute("alter table jobs_elsewhere rename to jobs")
        await until(lambda: seen == [1])
        await until(lambda: tasks.lives[0].state()[0] == "ok")
    finally:
        await tasks.close()


async def test_a_read_only_database_pauses_jobs_and_loses_none(database: Database, database_url: str) -> None:
    tasks, seen = Tasks(), []
    jobs = Jobs(database, SystemClock(), tasks)

    async def handle(payload: JsonObject) -> None:
        seen.append(payload["n"])

    jobs.register("count", handle)
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "count", {"n": 1})
    await read_only(database_url, True)
    try:
        jobs.start()
        await until(lambda: tasks.lives[0].failures > 1)
        assert seen == []
        await read_only(database_url, False)
        await until(lambda: seen == [1])
    finally:
        await tasks.close()


async def test_whoever_lost_the_lease_is_stopped_and_ends_nothing(database: Database) -> None:
    tasks, started, over = Tasks(), [], []
    clock = FakeClock()
    jobs = Jobs(database, clock, tasks)

    async def handle(_payload: JsonObject) -> None:
        started.append(1)
        try:
            await asyncio.Event().wait()
        finally:
            over.append(1)

    jobs.register("long", handle)
    jobs.start()
    try:
        async with database.transaction() as tx:
            await jobs.enqueue(tx, "long", {})
        await until(lambda: started == [1])
        async with database.connection() as cx:  # as another node does when the lease has run out
            await cx.execute("update jobs set holder = gen_random_uuid(), leased_until = $1", clock.now() + LEASE)
        clock.advance(60)
        await until(lambda: over == [1])
        async with database.connection() as cx:
            assert await cx.fetchval("select count(*) from jobs where holder is not null and last_error is null") == 1
    finally:
        await tasks.close()


async def test_a_renewal_that_fails_is_tried_again_and_the_job_runs_once(database: Database) -> None:
    clock, tasks, other_tasks, runs, go = FakeClock(), Tasks(), Tasks(), [], asyncio.Event()
    jobs, other = Jobs(database, clock, tasks), Jobs(database, clock, other_tasks)

    async def handle(_payload: JsonObject) -> None:
        runs.append(1)
        await go.wait()

    jobs.register("long", handle)
    other.register("long", handle)
    jobs.start()
    try:
        async with database.transaction() as tx:
            await jobs.enqueue(tx, "long", {})
        await until(lambda: runs == [1])
        other.start()
        async with database.connection() as cx:
            await cx.execute(
                "create function refuse() returns trigger language plpgsql as "
                "$$ begin raise exception 'no' using errcode = '25006'; end $$"
            )
            await cx.execute("create trigger refusing before update on jobs for each row execute function refuse()")
        clock.advance(60)
        await until(lambda: tasks.lives[1].failures)
        async with database.connection() as cx:
            await cx.execute("drop trigger refusing on jobs")
        await until(lambda: not tasks.lives[1].failures)
        clock.advance(90)  # beyond the first lease
        await asyncio.gather(jobs._renew(), other._round())
        assert runs == [1]
        go.set()
        await until(lambda: not jobs._held)
    finally:
        await tasks.close()
        await other_tasks.close()


async def test_a_job_that_is_wanted_again_while_it_runs_runs_again(database: Database) -> None:
    tasks, runs, last_look = Tasks(), [], asyncio.Event()
    jobs = Jobs(database, SystemClock(), tasks)

    async def handle(payload: JsonObject) -> None:
        runs.append(payload["n"])
        await last_look.wait()

    jobs.register("embed", handle)
    jobs.start()
    try:
        async with database.transaction() as tx:
            await jobs.enqueue(tx, "embed", {"n": 1}, key="model")
        await until(lambda: runs == [1])
        async with database.transaction() as tx:
            await jobs.enqueue(tx, "embed", {"n": 2}, key="model")
        last_look.set()
        await until(lambda: runs == [1, 2] and not jobs._held)
        async with database.connection() as cx:
            assert await cx.fetchval("select count(*) from jobs") == 0
    finally:
        await tasks.close()


async def test_the_end_of_a_job_is_written_when_the_database_takes_it_again(
    database: Database, database_url: str
) -> None:
    tasks, runs = Tasks(), []
    jobs = Jobs(database, SystemClock(), tasks)

    async def handle(_payload: JsonObject) -> None:
        runs.append(1)
        await read_only(database_url, True)
        await drop_idle(database)

    jobs.register("once", handle)
    jobs.start()
    try:
        async with database.transaction() as tx:
            await jobs.enqueue(tx, "once", {})
        await until(lambda: runs == [1] and database.trouble)
        await read_only(database_url, False)
        await until(lambda: not jobs._held)
        async with database.connection() as cx:
            assert (runs, await cx.fetchval("select count(*) from jobs")) == ([1], 0)
    finally:
        await tasks.close()


async def test_owners_take_turns(database: Database) -> None:
    tasks, order = Tasks(), []
    jobs = Jobs(database, SystemClock(), tasks)
    running = 0

    async def handle(payload: JsonObject) -> None:
        nonlocal running
        running += payload["owner"] == "ana"
        assert running <= 1  # one of hers at a time
        order.append(payload["owner"])
        await asyncio.sleep(0.02)
        running -= payload["owner"] == "ana"

    jobs.register("read", handle)
    async with database.transaction() as tx:
        for owner in ["ana"] * 13 + ["ben"]:
            await jobs.enqueue(tx, "read", {"owner": owner}, owner=owner)
    jobs.start()
    try:
        await until(lambda: len(order) == 14, 30)
        assert order.index("ben") < 3
    finally:
        await tasks.close()


async def read_only(database_url: str, on: bool) -> None:
    """As after a fail-over: connections from now on cannot write, and those that there are neither."""
    name = urlsplit(database_url).path.strip("/")
    connection = await asyncpg.connect(database_url)
    await connection.execute("set default_transaction_read_only = off")
    await connection.execute(f'alter database "{name}" set default_transaction_read_only = {"on" if on else "off"}')
    await connection.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()", name
    )
    await connection.close()


async def drop_idle(database: Database) -> None:
    """So that the next use finds a new connection."""
    for _ in range(3):
        try:
            async with database.connection() as cx:
                await cx.fetchval("select 1")
        except Failure:
            continue


async def test_a_job_that_fails_for_good_is_given_up_and_one_that_meets_outages_never(database: Database) -> None:
    clock, tasks, given_up, tries = FakeClock(), Tasks(), [], []
    jobs = Jobs(database, clock, tasks)

    async def broken(_payload: JsonObject) -> None:
        raise KeyError("a fault")

    async def away(_payload: JsonObject) -> None:
        tries.append(1)
        raise OSError(28, "No space left on device")

    async def give_up(payload: JsonObject) -> None:
        given_up.append(payload["n"])

    jobs.register("broken", broken, give_up)
    jobs.register("away", away, give_up)
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "broken", {"n": 1})
        await jobs.enqueue(tx, "away", {"n": 2})
    jobs.start()
    try:
        while not given_up or len(tries) < 10:
            clock.advance(300)
            seen = len(tries)
            await until(partial(lambda seen: len(tries) > seen, seen))
        assert given_up == [1]
        async with database.connection() as cx:
            while await cx.fetchval("select count(*) from jobs where failed_at is null") != 1:  # noqa: ASYNC110 - soon
                await asyncio.sleep(0.01)
    finally:
        await tasks.close()
