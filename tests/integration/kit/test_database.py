"""What a restart of PostgreSQL looks like to those who use it."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.embedded import runtime
from server.embedded.stack import EmbeddedStack
from server.kit.database import Database
from server.kit.errors import Failure, Kind


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[EmbeddedStack]:
    made = EmbeddedStack(tmp_path / "data", redis=False)
    yield made
    made.stop()


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
