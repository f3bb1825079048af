"""A WHIP publisher, written from RFC 9725 and docs/webrtc.md alone."""

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr

from realtime.node import credential_watch
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
    async with asyncio.timeout(60):  # the sound alone keeps the session in use
        while True:
            async with parley.client.get("/api/live/quota", headers=account.headers) as response:
                if (await response.json())["used_seconds"] >= 1:
                    break
            await asyncio.sleep(0.1)

    async with parley.client.post("/api/live/whip", data=offer, headers=SDP | _bearer(started)) as response:
        assert response.status == 401  # a ticket opens once
        assert (await response.json())["detail"]["error"] == "not_authenticated"

    async with parley.client.delete(location) as response:
        assert response.status == 200
    async with asyncio.timeout(60):
        while publisher.connection.connectionState != "closed":  # noqa: ASYNC110 - it happens on the network
            await asyncio.sleep(0.02)
    async with parley.client.delete(location) as response:
        assert response.status == 404
    async with parley.client.get("/api/live/quota", headers=account.headers) as response:
        assert (await response.json())["reserved_seconds"] > 0  # the session goes on
    await publisher.close()


async def test_media_ends_with_the_key_that_began_it(parley: Parley, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credential_watch, "_CHECK_SECONDS", 0.1)
    account = await parley.account()
    body = {"name": "kiosk", "scopes": ["live:write"]}
    async with parley.client.post("/api/api-keys", json=body, headers=account.headers) as response:
        key = await response.json()
    start = {"session_type": "voice"}
    headers = {"X-API-Key": key["key"]}
    async with parley.client.post("/api/live/session/start", json=start, headers=headers) as response:
        started = await response.json()
    publisher = Learner(listens=False)
    headers = SDP | _bearer(started)
    async with parley.client.post("/api/live/whip", data=await publisher.offer(), headers=headers) as response:
        await publisher.accept(await response.text())
    await publisher.connected()
    async with parley.client.delete(f"/api/api-keys/{key['id']}", headers=account.headers) as response:
        assert response.status == 204
    async with asyncio.timeout(60):
        while publisher.connection.connectionState != "closed":  # noqa: ASYNC110 - it happens on the network
            await asyncio.sleep(0.02)
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


async def test_options_say_what_is_taken(parley: Parley) -> None:
    async with parley.client.options("/api/live/whip") as response:
        assert response.status == 200
        assert response.headers["Accept-Post"] == "application/sdp"
        assert response.headers["Allow"] == "OPTIONS, POST"
    async with parley.client.options("/api/live/whip/any") as response:
        assert response.status == 200
        assert response.headers["Accept-Patch"] == "application/trickle-ice-sdpfrag"
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        async with parley.client.request(method, "/api/live/whip") as response:
            assert response.status == 405
            assert (await response.json())["detail"]["error"] == "method_not_allowed"


async def test_candidates_that_come_later_are_patched_in(parley: Parley) -> None:
    _, started = await _started(parley)
    publisher = Learner(listens=False)
    offer = await publisher.offer()
    bare = "\r\n".join(line for line in offer.splitlines() if "candidate" not in line) + "\r\n"
    async with parley.client.post("/api/live/whip", data=bare, headers=SDP | _bearer(started)) as response:
        assert response.status == 201
        location, tag = response.headers["Location"], response.headers["ETag"]
        assert response.headers["Accept-Patch"] == "application/trickle-ice-sdpfrag"
        await publisher.accept(await response.text())
    kept = ("a=ice-ufrag", "a=ice-pwd", "a=candidate", "a=end", "a=mid", "m=")
    fragment = "\r\n".join(line for line in offer.splitlines() if line.startswith(kept)) + "\r\n"
    right = {"Content-Type": "application/trickle-ice-sdpfrag", "If-Match": tag}

    async def patched(body: str | bytes, headers: dict[str, str]) -> tuple[int, str]:
        async with parley.client.patch(location, data=body, headers=headers) as response:
            assert "ETag" not in response.headers
            text = await response.text()
            return response.status, (await response.json())["detail"]["error"] if text else ""

    assert await patched(fragment, right) == (204, "")
    assert await patched(fragment, right | {"If-Match": "*"}) == (204, "")
    assert await patched(fragment + "a=candidate:9 1 tcp 1 x.local 9 typ host tcptype active\r\n", right) == (204, "")
    assert await patched(fragment, right | {"If-Match": '"another"'}) == (412, "precondition_failed")
    assert await patched(fragment, right | {"If-Match": f"W/{tag}"}) == (412, "precondition_failed")
    assert await patched(fragment, {"Content-Type": right["Content-Type"]}) == (428, "precondition_required")
    assert await patched(fragment, right | SDP) == (415, "unsupported_media_type")
    assert await patched(fragment + "a=candidate:x\r\n", right) == (400, "invalid_request")
    assert await patched(b"\xff", right) == (400, "invalid_request")
    assert await patched("a=ice-ufrag:\0", right) == (400, "invalid_request")
    restart = "a=ice-ufrag:other\r\na=ice-pwd:otherotherotherotherother\r\n"
    assert await patched(restart, right | {"If-Match": "*"}) == (422, "ice_restart_unsupported")
    await publisher.connected()
    async with parley.client.delete(location, headers={"If-Match": '"another"'}) as response:
        assert response.status == 200  # RFC 9725, section 4.3: a DELETE is for the session, whatever its ICE
    assert await patched(fragment, right) == (404, "not_found")
    await publisher.close()


async def test_a_script_of_another_origin_may_publish(settings: Any, database_url: str, redis_url: str) -> None:
    origin = {"Origin": "https://studio.example"}
    configured = settings.model_copy(update={"cors_origins": ("https://studio.example",)})
    async with running(configured, database_url, redis_url) as parley:
        asks = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "if-match"}
        async with parley.client.options("/api/live/whip/any", headers=origin | asks) as response:
            assert "If-Match" in response.headers["Access-Control-Allow-Headers"]
            assert "PATCH" in response.headers["Access-Control-Allow-Methods"]
        async with parley.client.options("/api/live/whip", headers=origin) as response:
            assert "ETag" in response.headers["Access-Control-Expose-Headers"]
            assert response.headers["Accept-Post"] == "application/sdp"
