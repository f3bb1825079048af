"""Whoever merely knows the id of somebody's session cannot bill its owner, by no door."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from realtime import wire
from server.config import Settings
from tests.support import doors
from tests.support.clock import FakeClock
from tests.support.node import Account, Parley, running


@pytest.fixture(params=["the same node", "another node"])
async def nodes(
    request: pytest.FixtureRequest, database_url: str, redis_url: str, settings: Settings, clock: FakeClock
) -> AsyncIterator[tuple[Parley, Parley]]:
    """The node that runs the session, and the one that strangers ask."""
    async with running(settings, database_url, redis_url, clock=clock) as one:
        if request.param == "the same node":
            yield one, one
            return
        async with running(settings, database_url, redis_url, clock=clock) as two:
            yield one, two


async def post(node: Parley, path: str, who: Account, **body: Any) -> tuple[int, dict[str, Any]]:
    async with node.client.post(path, json=body, headers=who.headers) as response:
        return response.status, await response.json()


async def test_a_stranger_is_no_sign_of_life(nodes: tuple[Parley, Parley], clock: FakeClock) -> None:
    home, asked = nodes
    ana, eve = await home.account("ana"), await home.account("eve")
    _, started = await post(home, "/api/live/session/start", ana, session_type="voice")
    session = {"session_id": started["session_id"]}
    async with (
        doors.websocket(home, wire.LIVE, {"ticket": started["realtime"]["ticket"]}, None) as (_, hers),
        doors.websocket(asked, wire.LIVE, {"token": eve.access_token}, None) as (_, theirs),
    ):
        assert (await hers.ask("session.join", session))["ok"]
        for _ in range(6):
            clock.advance(10)
            for path in ("heartbeat", "end"):
                status, body = await post(asked, f"/api/live/session/{path}", eve, **session)
                assert (status, body["detail"]["error"]) == (404, "not_found")
            for more in ({}, {"observe": True}):
                answer = await theirs.ask("session.join", session | more)
                assert answer["error"]["error"] == "not_found"
            for event in ("session.heartbeat", "session.end", "audio.commit", "text"):
                assert not (await theirs.ask(event, {"text": "x"} if event == "text" else {}))["ok"]
    status, ended = await post(home, "/api/live/session/end", ana, **session)
    assert status == 200 and ended["billed_seconds"] <= 1


async def test_its_owner_is_one_by_every_door(nodes: tuple[Parley, Parley], clock: FakeClock) -> None:
    home, asked = nodes
    ana = await home.account("ana")
    _, started = await post(home, "/api/live/session/start", ana, session_type="voice")
    session = {"session_id": started["session_id"]}
    async with doors.websocket(home, wire.LIVE, {"ticket": started["realtime"]["ticket"]}, None) as (_, hers):
        assert (await hers.ask("session.join", session))["ok"]
        for _ in range(3):
            clock.advance(10)
            assert (await post(asked, "/api/live/session/heartbeat", ana, **session))[0] == 200
    status, ended = await post(asked, "/api/live/session/end", ana, **session)
    assert status == 200 and ended["billed_seconds"] >= 20
