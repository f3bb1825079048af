"""A WHIP publisher, written from RFC 9725 and docs/webrtc.md alone."""

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr

from tests.support.node import Account, Parley, running
from tests.support.webrtc import Learner

SDP = {"Content-Type": "application/sdp"}


async def _started(parley: Parley) -> tuple[Account, dict[str, Any]]:
    account = await parley.account()
    body = {"session_type": "voice"}
    async with parley.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        return account, await response.json()


def _bearer(started: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {started['realtime']['ticket']}"}


async def test_media_is_published_with_a_ticket_and_ended_by_delete(parley: Parley) -> None:
    account, started = await _started(parley)
    publisher = Learner(listens=False)
    offer = await publisher.offer()
    async with parley.client.post("/api/live/whip", data=offer, headers=SDP | _bearer(started)) as response:
        assert response.status == 201, await response.text()
        assert response.content_type == "application/sdp"
        location = response.headers["Location"]
        assert location.startswith("/api/live/whip/")
        await publisher.accept(await response.text())
    await publisher.connected()
    await asyncio.sleep(1.5)
    async with parley.client.post(
        "/api/live/session/heartbeat", json={"session_id": started["session_id"]}, headers=account.headers
    ) as response:
        assert (await response.json())["used_seconds"] >= 1  # the sound alone keeps the session in use

    async with parley.client.post("/api/live/whip", data=offer, headers=SDP | _bearer(started)) as response:
        assert response.status == 401  # a ticket opens once
        assert (await response.json())["detail"]["error"] == "not_authenticated"

    async with parley.client.delete(location) as response:
        assert response.status == 200
    async with asyncio.timeout(5):
        while publisher.connection.connectionState != "closed":  # noqa: ASYNC110 - it happens on the network
            await asyncio.sleep(0.02)
    async with parley.client.delete(location) as response:
        assert response.status == 404
    async with parley.client.get("/api/live/quota", headers=account.headers) as response:
        assert (await response.json())["reserved_seconds"] > 0  # the session goes on
    await publisher.close()


async def test_events_come_over_the_channel_of_a_publisher_that_joins(parley: Parley) -> None:
    _, started = await _started(parley)
    publisher = Learner(listens=False)
    headers = SDP | _bearer(started)
    async with parley.client.post("/api/live/whip", data=await publisher.offer(), headers=headers) as response:
        await publisher.accept(await response.text())
    await publisher.connected()
    assert (await publisher.ask("session.join", {"session_id": started["session_id"]}))["ok"]
    assert (await publisher.ask("session.end", {}))["ok"]
    assert (await publisher.until("session.ended"))["reason"] == "client"
    await publisher.close()


@pytest.mark.parametrize(
    ("headers", "body", "status", "code"),
    [
        ({"Content-Type": "application/json"}, "{}", 415, "unsupported_media_type"),
        (SDP, "hello", 400, "invalid_request"),
        (SDP, b"\xff\xfe", 400, "invalid_request"),
        (SDP, "v=0\r\n", 401, "not_authenticated"),
        (SDP | {"Authorization": "Bearer unknown"}, "v=0\r\n", 401, "not_authenticated"),
        (SDP | {"Authorization": "Basic eA=="}, "v=0\r\n", 401, "not_authenticated"),
    ],
)
async def test_what_is_no_publication_is_refused(
    parley: Parley, headers: dict[str, str], body: str | bytes, status: int, code: str
) -> None:
    async with parley.client.post("/api/live/whip", data=body, headers=headers) as response:
        assert response.status == status
        assert (await response.json())["detail"]["error"] == code


async def test_an_offer_that_cannot_be_used_is_refused(parley: Parley) -> None:
    _, started = await _started(parley)
    async with parley.client.post("/api/live/whip", data="v=0\r\n", headers=SDP | _bearer(started)) as response:
        assert response.status == 400
        assert (await response.json())["detail"]["error"] == "invalid_request"


async def test_ice_servers_are_told_as_links(settings: Any, database_url: str, redis_url: str) -> None:
    configured = settings.model_copy(update={"ice_servers": ("turn:turn.example.org",), "turn_secret": SecretStr("s")})
    async with running(configured, database_url, redis_url) as parley:
        _, started = await _started(parley)
        publisher = Learner(channel=False, listens=False)
        headers = SDP | _bearer(started)
        async with parley.client.post("/api/live/whip", data=await publisher.offer(), headers=headers) as response:
            assert response.status == 201
            assert response.headers["Link"].startswith('<turn:turn.example.org>; rel="ice-server"; username="')
        await publisher.close()
