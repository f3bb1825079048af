"""A start that fails leaves nothing taken: not a session, not its place, and not the one that ran before."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from kit.redis import connect
from server.config import Settings
from tests.support.node import Account, Parley, running
from tests.support.scripted_listener import ScriptedListening

START = "/api/live/session/start"


async def started(node: Parley, learner: Account, *, takeover: bool = False) -> tuple[int, str | None]:
    body = {"session_type": "voice", "takeover": takeover}
    async with node.client.post(START, json=body, headers=learner.headers) as response:
        return response.status, response.headers.get("Retry-After")


async def running_sessions(node: Parley) -> int:
    async with node.resources.database.connection() as cx:
        return int(await cx.fetchval("select count(*) from live_sessions where ended_at is null"))


@pytest.mark.parametrize("refusal", ["read-only replica", "no memory"])
async def test_redis_that_refuses_takes_no_place(parley: Parley, redis_url: str, refusal: str) -> None:
    learner, other = await parley.account(), await parley.account()
    assert (await started(parley, other))[0] == 201
    valkey = connect(redis_url)
    try:
        if refusal == "no memory":
            await valkey.config_set("maxmemory", 1)
        else:
            await valkey.replicaof("127.0.0.1", 1)
        status, retry_after = await started(parley, learner)
        assert (status, retry_after is not None) == (503, True)
        assert (await started(parley, other, takeover=True))[0] == 503
        assert await running_sessions(parley) == 1  # the other one's goes on
    finally:
        await valkey.replicaof("NO", "ONE")
        await valkey.config_set("maxmemory", 0)
        await valkey.aclose()
    async with asyncio.timeout(60):
        while (await started(parley, learner))[0] == 503:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.1)
    assert await running_sessions(parley) == 2


class Deaf(ScriptedListening):
    """Its engines cannot be had."""

    deaf = True

    async def open(self, wanted, emit):  # type: ignore[no-untyped-def]
        if self.deaf:
            raise OSError(12, "Cannot allocate memory")
        return await super().open(wanted, emit)


@pytest.fixture
async def listener() -> AsyncIterator[Deaf]:
    yield Deaf()


@pytest.fixture
async def deaf(settings: Settings, database_url: str, redis_url: str, listener: Deaf) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url, listening=listener) as node:
        yield node


async def test_a_speaking_session_that_nobody_can_hear_does_not_stay_behind(deaf: Parley, listener: Deaf) -> None:
    learner = await deaf.account()
    async with deaf.client.ws_connect("/api/realtime/speaking") as socket:
        await socket.send_json({"event": "auth", "id": 1, "data": {"token": learner.access_token}})
        assert (await socket.receive_json())["data"]["ok"]
        await socket.send_json({"event": "speaking.start", "id": 2, "data": {}})
        refused = await socket.receive_json()
        assert refused["data"]["error"]["error"] == "unavailable"
        async with asyncio.timeout(60):
            while await running_sessions(deaf):  # noqa: ASYNC110 - the server has no event for it
                await asyncio.sleep(0.05)
        listener.deaf = False
        await socket.send_json({"event": "speaking.start", "id": 3, "data": {}})
        while (answer := await socket.receive_json()).get("ack") != 3:
            pass
        assert answer["data"]["ok"], answer
