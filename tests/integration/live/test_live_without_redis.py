"""REST while Valkey is away: nothing begins that could not be kept, everything else goes on."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from server.config import Settings
from tests.support.gate import Gate
from tests.support.node import Account, Parley, running

START = "/api/live/session/start"


@pytest.fixture
async def gate(redis_url: str) -> AsyncIterator[Gate]:
    made = Gate(redis_url)
    yield made
    await made.close()


@pytest.fixture
async def node(gate: Gate, settings: Settings, database_url: str) -> AsyncIterator[Parley]:
    async with running(settings, database_url, await gate.open()) as parley:
        yield parley


async def started(node: Parley, learner: Account) -> tuple[int, str | None, dict[str, object]]:
    body = {"session_type": "voice", "takeover": True}
    async with node.client.post(START, json=body, headers=learner.headers) as response:
        return response.status, response.headers.get("Retry-After"), await response.json()


async def test_no_session_begins_and_the_one_that_runs_can_be_ended(gate: Gate, node: Parley) -> None:
    learner, other = await node.account(), await node.account()
    status, _, running_one = await started(node, learner)
    assert status == 201
    await gate.close()
    async with asyncio.timeout(60):
        while (answer := await started(node, other))[0] == 201:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.1)
    status, retry_after, body = answer
    assert status == 503 and retry_after is not None and int(retry_after) > 0
    assert body["detail"]["error"] == "unavailable"  # type: ignore[index]
    async with node.client.get("/api/live/quota", headers=learner.headers) as response:
        assert response.status == 200
    end = {"session_id": running_one["session_id"]}
    async with node.client.post("/api/live/session/end", json=end, headers=learner.headers) as response:
        assert response.status == 200, await response.text()
    await gate.open()
    async with asyncio.timeout(60):
        while (await started(node, other))[0] != 201:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.1)
