"""What PostgreSQL refuses or does not answer: 503 within a known time, and afterwards all is well again."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from kit import patience
from kit.database import Database
from kit.errors import Failure, Kind
from server.embedded import runtime
from server.embedded.stack import EmbeddedStack

_REFUSALS = {
    "25006": "read-only",
    "25P03": "idle in a transaction",
    "25P04": "a transaction that took too long",
    "40001": "serialization",
    "40P01": "deadlock",
    "53100": "disk full",
    "53200": "out of memory",
    "53300": "too many connections",
    "53400": "a limit of the configuration",
    "55P03": "a lock",
    "57014": "cancelled",
    "57P01": "an administrator",
    "57P02": "a crash",
    "57P03": "it starts",
    "57P05": "idle",
    "58030": "the disk",
    "08006": "the connection",
}


@pytest.mark.parametrize("state", _REFUSALS, ids=_REFUSALS.values())
async def test_a_refusal_is_unavailable_and_the_pool_goes_on(database: Database, state: str) -> None:
    for block in (database.connection, database.transaction):
        with pytest.raises(Failure) as refused:
            async with block() as cx:
                await cx.execute(f"do $$ begin raise exception 'no' using errcode = '{state}'; end $$")
        assert refused.value.kind is Kind.UNAVAILABLE and refused.value.retry_after
    assert database.trouble
    async with database.connection() as cx:
        assert await cx.fetchval("select 1") == 1


async def test_a_fault_of_ours_stays_one(database: Database) -> None:
    with pytest.raises(Exception, match="division by zero") as raised:
        async with database.transaction() as tx:
            await tx.execute("select 1 / 0")
    assert not isinstance(raised.value, Failure)


async def test_after_a_fail_over_connections_are_made_anew(database: Database) -> None:
    async with database.connection() as cx:
        before = await cx.fetchval("select pg_backend_pid()")
    with pytest.raises(Failure):
        async with database.transaction() as tx:
            await tx.execute("set transaction read only")
            await tx.execute("create table x (y int)")
    async with database.connection() as cx:
        assert await cx.fetchval("select pg_backend_pid()") != before


async def test_a_request_waits_for_its_allowance_and_no_longer(database: Database) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    with patience.within(0.5):
        for block in (database.transaction, database.connection):
            with pytest.raises(Failure) as refused:
                async with block() as cx:
                    await cx.execute("select pg_sleep(60)")
            assert refused.value.kind is Kind.UNAVAILABLE
    assert loop.time() - began < 20
    async with database.connection() as cx:
        assert await cx.fetchval("select 1") == 1


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[EmbeddedStack]:
    made = EmbeddedStack(tmp_path / "data", redis=False, durable=False)
    yield made
    made.stop()


def _family(postmaster: int) -> list[int]:
    """The postmaster and its children."""
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    return [postmaster, *map(int, children)]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
async def test_a_server_that_hangs_holds_nobody_up_for_long(stack: EmbeddedStack, tmp_path: Path) -> None:
    database = await Database.open(stack.start().database_url, max_size=3)
    async with database.connection() as cx:
        await cx.fetchval("select 1")
    record = runtime.load(tmp_path / "data")
    assert record is not None
    family = _family(record.pids["postgres"])
    for pid in family:
        os.kill(pid, signal.SIGSTOP)
    try:
        loop = asyncio.get_running_loop()
        began = loop.time()
        answers = await asyncio.gather(*(_asked(database, 1.0) for _ in range(12)))
        assert all(isinstance(one, Failure) and one.kind is Kind.UNAVAILABLE for one in answers)
        cancelled = asyncio.ensure_future(_asked(database, 60.0))
        await asyncio.sleep(0.2)
        cancelled.cancel()
        await asyncio.gather(cancelled, return_exceptions=True)
        assert loop.time() - began < 20  # and not thirty seconds for each statement
    finally:
        for pid in family:
            os.kill(pid, signal.SIGCONT)
    async with asyncio.timeout(60):
        while isinstance(await _asked(database, 5.0), Failure):
            pass
    await database.close()


async def _asked(database: Database, seconds: float) -> Failure | int:
    with patience.within(seconds):
        try:
            async with database.transaction() as tx:
                return int(await tx.fetchval("select 1"))
        except Failure as failure:
            return failure


async def test_a_connection_that_is_cut_between_two_steps_is_an_outage(database: Database) -> None:
    """Wherever the cut finds the statement: its preparation, its run, or the transaction around it."""

    async def work(number: int) -> None:
        with patience.within(0.002 * (number % 8)):
            async with database.transaction() as tx:
                for step in range(50):
                    await tx.fetch(f"select generate_series(1, 200) as n{number}_{step}")

    answers = await asyncio.gather(*(work(number) for number in range(40)), return_exceptions=True)
    assert [one for one in answers if one is not None and not isinstance(one, Failure)] == []


async def test_a_caller_without_time_costs_no_connection(database_url: str) -> None:
    single = await Database.open(database_url, max_size=1)
    try:
        before = await _backend(single)
        with patience.within(0), pytest.raises(Failure) as refused:
            async with single.transaction() as tx:
                await tx.fetchval("select 1")
        assert refused.value.kind is Kind.UNAVAILABLE
        assert await _backend(single) == before
    finally:
        await single.close()


async def test_a_connection_in_use_during_a_fail_over_is_not_used_again(database: Database) -> None:
    async with database.connection() as cx:
        before = await cx.fetchval("select pg_backend_pid()")
        with pytest.raises(Failure):
            async with database.transaction() as tx:
                await tx.execute("set transaction read only")
                await tx.execute("create table x (y int)")
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(_backend(database)) for _ in range(3)]
    assert before not in [one.result() for one in asked]


async def test_a_connection_that_is_handed_over_during_a_fail_over_is_used_once(database_url: str) -> None:
    single = await Database.open(database_url, max_size=1)
    try:
        async with single.connection() as cx:
            before = await cx.fetchval("select pg_backend_pid()")
            waiting = [asyncio.ensure_future(_backend(single)) for _ in range(2)]
            await asyncio.sleep(0)
        single._renew()  # between the handing over and the use
        await asyncio.gather(*waiting)
        assert await _backend(single) != before
    finally:
        await single.close()


async def test_closing_waits_only_for_what_is_in_use(database_url: str) -> None:
    closing = await Database.open(database_url, max_size=2)
    entered, go = asyncio.Event(), asyncio.Event()

    async def use() -> None:
        async with closing.connection() as cx:
            entered.set()
            await go.wait()
            await cx.fetchval("select 1")

    using = asyncio.ensure_future(use())
    await entered.wait()
    closed = asyncio.ensure_future(closing.close())
    await asyncio.sleep(0)
    with capture_logs() as logged:
        go.set()
        await asyncio.gather(using, closed)
    assert [entry for entry in logged if entry["event"] == "database_pool_terminated"] == []
    assert not closing._free


async def _backend(database: Database) -> int:
    async with database.connection() as cx:
        return int(await cx.fetchval("select pg_backend_pid()"))
