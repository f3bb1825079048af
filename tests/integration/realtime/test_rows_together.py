"""What a session writes after an outage, or at its end: many rows in few exchanges, and none is lost with another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from api.live.models import Order
from clients.python.parley_client import Session
from kit.database import Database
from realtime.session import events as on
from tests.integration.realtime.conftest import RunningNode, Stage
from tests.integration.realtime.test_realtime_nodes import everything, finals
from tests.support import exchanges
from tests.support.clock import FakeClock
from tests.support.waiting import until

SECONDS = 30
SOUND = b"\0\0" * 16_000 * SECONDS
_MOST_EXCHANGES = 90  # of a session that ends with 66 rows, a few refused tries among them; one by one: over 300


@asynccontextmanager
async def refused(database: Database, table: str, when: str = "true", code: str = "53100") -> AsyncIterator[None]:
    """PostgreSQL takes no such row meanwhile: 53100 is a full disk, others are the row's own fault."""
    name = f"refuse_{table}"
    body = f"begin if {when} then raise exception 'no' using errcode = '{code}'; end if; return new; end"
    async with database.connection() as cx:
        await cx.execute(f"create function {name}() returns trigger language plpgsql as $$ {body} $$")
        await cx.execute(
            f"create trigger {name} before insert or update on {table} for each row execute function {name}()"
        )
    try:
        yield
    finally:
        async with database.connection() as cx:
            await cx.execute(f"drop trigger {name} on {table}")


async def speaking(stage: Stage, node: RunningNode, **order: Any) -> Session:
    user = await stage.person()
    session = stage.client(user, node, namespace="/live")
    started = await node.repository._sessions.start(user, Order("voice", **order))
    await session.join(started.session.id)
    return session


def expected() -> list[str]:
    return [f"second {n}" for n in range(SECONDS)]


@pytest.mark.parametrize("record", [False, True])
async def test_a_session_that_could_not_write_for_long_ends_in_few_exchanges(stage: Stage, record: bool) -> None:
    async with exchanges.counted(stage.database_url) as (url, counter):
        stage.database_url = url
        node = await stage.node()
        session = await speaking(stage, node, record=record)
        listening = asyncio.ensure_future(everything(session))
        runner = node.maintenance.registry.runners[session.id or ""]
        async with refused(node.resources.database, "live_sessions"):
            await session.stream(SOUND, speed=30)
            await session.flushed()
            runner.handle(on.EndAsked("client"))
            await until(runner._outbox.blocked.is_set)
            assert await stage.texts(session.id or "") == []
            before = counter.count
        async with asyncio.timeout(60):
            await session.ended
        await until(lambda: not node.maintenance.registry.runners)
        assert counter.count - before <= _MOST_EXCHANGES
    assert await stage.texts(session.id or "") == expected()
    assert finals(await listening) == expected()


async def test_a_row_that_is_refused_takes_no_other_with_it(stage: Stage, still: FakeClock) -> None:
    node = await stage.node()
    session = await speaking(stage, node)
    runner = node.maintenance.registry.runners[session.id or ""]
    database = node.resources.database
    async with refused(database, "live_turns", "new.text in ('second 7', 'second 20')", "23514"):
        async with refused(database, "live_sessions"):
            await session.stream(SOUND, speed=30)
            runner.handle(on.TextTyped("typed behind them", "a"))
            await until(runner._outbox.blocked.is_set)
        # The line that had it is let go.
        await until(lambda: node.maintenance.registry.runners.get(runner.session.id) is not runner)
    kept = await stage.texts(session.id or "")
    assert "typed behind them" in kept
    await until(lambda: session.reconnects)
    assert (await session.end()).billed_seconds == SECONDS
    assert await stage.texts(session.id or "") == kept
    kept.remove("typed behind them")
    assert kept == [text for text in expected() if text not in ("second 7", "second 20")]


async def test_a_session_with_a_refused_row_ends_all_the_same(stage: Stage) -> None:
    node = await stage.node()
    session = await speaking(stage, node)
    runner = node.maintenance.registry.runners[session.id or ""]
    database = node.resources.database
    async with refused(database, "live_turns", "new.text = 'second 7'", "23514"):
        async with refused(database, "live_sessions"):
            await session.stream(SOUND, speed=30)
            await session.flushed()
            runner.handle(on.EndAsked("client"))
            await until(runner._outbox.blocked.is_set)
        async with asyncio.timeout(60):
            assert (await session.ended).reason == "client"
    assert await stage.texts(session.id or "") == [text for text in expected() if text != "second 7"]


async def test_rows_that_fail_halfway_leave_no_half(stage: Stage) -> None:
    node = await stage.node()
    session = await speaking(stage, node)
    runner = node.maintenance.registry.runners[session.id or ""]
    async with refused(node.resources.database, "live_sessions"):
        await session.stream(SOUND, speed=30)
        await until(runner._outbox.blocked.is_set)
        still = refused(node.resources.database, "live_turns", "new.text = 'second 20'")
        await still.__aenter__()
    await asyncio.sleep(1.0)  # several tries
    assert "second 19" not in await stage.texts(session.id or "")
    await still.__aexit__(None, None, None)
    await session.end()
    assert await stage.texts(session.id or "") == expected()


async def test_rows_for_which_one_try_is_too_short_are_written_in_smaller_parts(stage: Stage) -> None:
    node = await stage.node()
    session = await speaking(stage, node)
    runner = node.maintenance.registry.runners[session.id or ""]
    async with refused(node.resources.database, "live_turns", "pg_sleep(0.1) is null"):
        async with refused(node.resources.database, "live_sessions"):
            await session.stream(SOUND, speed=30)
            await until(runner._outbox.blocked.is_set)
        async with asyncio.timeout(60):
            await session.end()
    assert await stage.texts(session.id or "") == expected()
