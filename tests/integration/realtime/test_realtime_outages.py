"""Valkey goes away and comes back while people talk."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest

from clients.python.parley_client import Refused
from realtime.node import log as event_log
from tests.integration.realtime.conftest import Stage
from tests.integration.realtime.test_realtime_nodes import FRAME, finals, numbers
from tests.support import waiting
from tests.support.gate import Gate


@pytest.fixture
async def gate(stage: Stage) -> AsyncIterator[Gate]:
    made = Gate(stage.redis_url)
    stage.redis_url = await made.open()
    yield made
    await made.close()


until = partial(waiting.until, seconds=60)


async def test_without_redis_sessions_go_on_and_afterwards_their_state_is_there_again(stage: Stage, gate: Gate) -> None:
    one, two = await stage.node(), await stage.node()
    session = stage.client(await stage.person(), one, two)
    began = asyncio.get_running_loop().time()
    await session.start_speaking()
    told: list[tuple[str, dict[str, Any]]] = []

    async def listen() -> None:
        async for event in session.events():
            told.append((event.name, event.data))

    listening = asyncio.ensure_future(listen())
    streaming = asyncio.ensure_future(session.stream(FRAME * 250))
    await asyncio.sleep(1.0)
    await gate.close()
    await until(lambda: any(data.get("reason") == "degraded" for _, data in told))
    for node in (one, two):
        with pytest.raises(Refused) as refused:
            await stage.client(await stage.person(), node).start_speaking()
        assert refused.value.code == "unavailable" and refused.value.body["retry_after"] > 0
    before = len(told)
    await until(lambda: len(told) > before)  # it goes on
    signed = (await stage.row(session.id or ""))["last_sign_at"]
    async with asyncio.timeout(60):  # nobody else notes it now, so the books do, each second
        while (await stage.row(session.id or ""))["last_sign_at"] == signed:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await gate.open()
    registry = one.maintenance.registry
    await until(lambda: not registry.degraded and all(one.view.logged for one in registry.runners.values()))
    await asyncio.sleep(0.3)
    logged = await event_log.read(one.resources.redis, session.id or "") or []
    assert [entry.seq for entry in logged][:3] == [1, 2, 3]
    session._link.urls = [two.url]
    await session.cut()  # and another node can go on
    await streaming
    ended = await session.end()
    await listening
    assert numbers(told) == list(range(1, len(numbers(told)) + 1))
    assert finals(told) == [f"second {n}" for n in range(10)] == await stage.texts(session.id or "")
    assert 10 <= ended.billed_seconds <= asyncio.get_running_loop().time() - began + 1


async def test_a_new_session_does_not_begin_when_redis_has_just_gone(stage: Stage, gate: Gate) -> None:
    """The node has not noticed yet. Nothing is claimed, so that the session begins as a new one later."""
    node = await stage.node()
    caller = await stage.person()
    voice = await stage.voice(caller)
    await stage.client(await stage.person(), node).start_speaking()  # the way to Redis is open, and was used
    await gate.close()
    with pytest.raises(Refused) as refused:
        await stage.client(caller, node, namespace="/live").join(voice)
    assert refused.value.code == "unavailable" and refused.value.body["retry_after"] > 0
    row = await stage.row(voice)
    assert (row["fence"], row["owner"], row["ended_at"]) == (0, None, None)
    speaker = await stage.person()
    with pytest.raises(Refused) as refused:
        await stage.client(speaker, node).start_speaking()
    assert refused.value.code == "unavailable" and refused.value.body["retry_after"] > 0
    await until(lambda: node.maintenance.registry.degraded)
    await gate.open()
    await until(lambda: not node.maintenance.registry.degraded)
    joined = await stage.client(caller, node, namespace="/live").join(voice)
    assert (joined["seq"], joined["audio_seq"], (await stage.row(voice))["fence"]) == (1, 0, 1)
    await stage.client(speaker, node).start_speaking()  # the one that did not begin is not in the way
