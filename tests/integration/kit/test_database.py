"""The pool: connections are kept between uses, lost ones are noticed, and nobody starves; what a restart looks like."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from kit import errors
from kit.database import Database
from kit.errors import Failure, Kind
from server.embedded import runtime
from server.embedded.stack import EmbeddedStack


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[EmbeddedStack]:
    made = EmbeddedStack(tmp_path / "data", redis=False)
    yield made
    made.stop()


async def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="cannot be reached") as refused:
        await Database.open(f"postgresql://parley@/parley?host={tmp_path}")
    assert refused.value.kind is Kind.UNAVAILABLE


async def test_while_it_restarts_everything_is_refused_as_unavailable(stack: EmbeddedStack, tmp_path: Path) -> None:
    """Whatever the driver says, in whatever state it was: a transaction that fails then is no fault of ours."""
    database = await Database.open(stack.start().database_url)
    refused: list[Failure] = []
    done = [0] * 8

    async def work(number: int) -> None:
        while True:
            try:
                async with database.transaction() as tx:
                    await tx.fetchval("select pg_sleep(0.002)")
                    await tx.execute("select 1")
                done[number] += 1
            except Failure as failure:
                refused.append(failure)
                await asyncio.sleep(0.05)

    working = [asyncio.ensure_future(work(number)) for number in range(len(done))]
    for _ in range(3):
        await asyncio.sleep(0.5)
        record = runtime.load(tmp_path / "data")
        assert record is not None
        os.kill(next(iter(record.pids.values())), signal.SIGINT)
        for _ in range(200):
            if stack.revive():
                break
            await asyncio.sleep(0.05)
    before = list(done)
    for _ in range(600):
        if all(now > then for now, then in zip(done, before, strict=True)):
            break
        await asyncio.sleep(0.05)
    else:
        raise AssertionError("somebody could not work again")
    assert not any(one.done() for one in working)
    assert refused and all(failure.kind is Kind.UNAVAILABLE for failure in refused)
    for one in working:
        one.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    await database.close()


async def _backend(database: Database) -> int:
    async with database.connection() as cx:
        return int(await cx.fetchval("select pg_backend_pid()"))


@pytest.fixture
async def small(database_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(database_url, max_size=2)
    yield opened
    await opened.close()


async def test_a_connection_is_used_again(small: Database) -> None:
    assert len({await _backend(small) for _ in range(5)}) == 1


async def test_what_a_transaction_set_ends_with_it(small: Database) -> None:
    async with small.transaction() as tx:
        await tx.execute("set local work_mem = '77MB'")
    async with small.connection() as cx:
        assert await cx.fetchval("show work_mem") != "77MB"


async def test_a_failed_use_leaves_nothing_behind(small: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with small.transaction() as tx:
            await tx.execute("create temporary table rest (x int)")
            raise ZeroDivisionError
    async with small.connection() as cx:
        assert await cx.fetchval("select to_regclass('rest')") is None


async def test_more_tasks_than_connections_all_get_their_turn(small: Database) -> None:
    async def ask() -> int:
        async with small.connection() as cx:
            await cx.execute("select pg_sleep(0.005)")
            return int(await cx.fetchval("select pg_backend_pid()"))

    assert len(set(await asyncio.gather(*(ask() for _ in range(60))))) == 2


async def test_cancelled_tasks_give_their_connections_back(small: Database) -> None:
    async def linger() -> None:
        async with small.connection() as cx:
            await cx.execute("select pg_sleep(30)")

    for _ in range(3):
        tasks = [asyncio.ensure_future(linger()) for _ in range(4)]
        await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert await asyncio.wait_for(asyncio.gather(*(_backend(small) for _ in range(6))), 60)


async def test_a_connection_that_was_cut_is_replaced(small: Database, database: Database) -> None:
    before = await _backend(small)
    async with database.connection() as cx:
        await cx.execute("select pg_terminate_backend($1)", before)
    for _ in range(100):
        await asyncio.sleep(0.02)
        try:
            after = await _backend(small)
        except errors.Failure as failure:
            assert failure.code == "unavailable"
            continue
        if after != before:
            return
    raise AssertionError("the lost connection was never replaced")


async def test_whoever_gives_up_while_waiting_keeps_nobody_waiting(small: Database) -> None:
    async def ask(seconds: float) -> None:
        async with small.connection() as cx:
            await cx.execute("select pg_sleep($1::float8)", seconds)

    for patience in (0.005, 0.01, 0.015, 0.02):
        busy = [asyncio.ensure_future(ask(0.01)) for _ in range(2)]
        impatient = [asyncio.ensure_future(asyncio.wait_for(ask(0.01), patience)) for _ in range(8)]
        await asyncio.gather(*busy, *impatient, return_exceptions=True)
    assert len(await asyncio.wait_for(asyncio.gather(*(_backend(small) for _ in range(10))), 60)) == 10
