"""A client of Redis that was closed leaves no connection open, whatever is asked of it meanwhile and afterwards."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from kit.redis import Away, Redis, connect
from tests.support.gate import Gate
from tests.support.waiting import until


@pytest.fixture
async def gate(redis_url: str) -> AsyncIterator[Gate]:
    made = Gate(redis_url)
    yield made
    await made.close()


async def pipelined(client: Redis) -> None:
    async with client.pipeline(transaction=False) as pipe:
        pipe.get("parley:x")
        await pipe.execute()


async def scripted(client: Redis) -> None:
    await client.register_script("return 1")()


async def got(client: Redis) -> None:
    await client.get("parley:x")


WAYS = [got, pipelined, scripted]


@pytest.mark.parametrize("asked", WAYS)
async def test_a_command_that_comes_late_opens_nothing(gate: Gate, asked: Callable[[Redis], Awaitable[None]]) -> None:
    client = connect(await gate.open())
    await asked(client)
    await client.aclose()
    with pytest.raises(Away):
        await asked(client)
    assert client.connection_pool._get_in_use_connections() == set()
    assert not any(one.is_connected for one in client.connection_pool._get_free_connections())


@pytest.mark.parametrize("asked", WAYS)
async def test_a_command_that_is_under_way_connects_to_nothing_else(
    gate: Gate, asked: Callable[[Redis], Awaitable[None]]
) -> None:
    client = connect(await gate.open())
    await client.get("parley:x")
    gate.hold()
    under_way = asyncio.ensure_future(asked(client))
    await until(lambda: list(client.connection_pool._get_in_use_connections()))
    await client.aclose()
    gate.let_pass()
    with pytest.raises(Away):
        await under_way
    assert not any(one.is_connected for one in client.connection_pool._get_free_connections())


async def test_a_subscription_does_not_come_back(gate: Gate) -> None:
    client = connect(await gate.open())
    channel: Any = client.pubsub()
    await channel.subscribe("parley:somewhere")
    await client.aclose()
    with pytest.raises(Exception, match=r"closed|Connection"):
        while True:
            await channel.get_message(timeout=0.5)
    assert not channel.connection.is_connected
    await channel.aclose()
