"""A backend opens a reading for its user: by ticket and by API key, at both sockets; and what a key opens nowhere."""

from typing import Any

import pytest

from tests.support import doors
from tests.support.node import Account, Parley

KINDS = (doors.websocket, doors.socket_io)
TEXT = "She sells sea shells."


async def key_of(node: Parley, who: Account, *names: str) -> dict[str, str]:
    body = {"name": "backend", "scopes": list(names)}
    async with node.client.post("/api/api-keys", json=body, headers=who.headers) as response:
        assert response.status == 201, await response.text()
        return {"X-API-Key": (await response.json())["key"]}


async def started(node: Parley, headers: dict[str, str], **fields: Any) -> dict[str, Any]:
    body = {"session_type": "speaking", "reference_text": TEXT, "takeover": True, **fields}
    async with node.client.post("/api/live/session/start", json=body, headers=headers) as response:
        assert response.status == 201, await response.text()
        return dict(await response.json())


@pytest.mark.parametrize("kind", KINDS)
async def test_a_key_opens_a_reading_and_its_ticket_is_for_the_user(parley: Parley, kind: Any) -> None:
    key = await key_of(parley, await parley.account(), "live:write")
    reading = await started(parley, key)
    assert reading["realtime"]["namespace"] == "/speaking" and reading["session_type"] == "speaking"
    ticket = {"ticket": reading["realtime"]["ticket"]}
    async with kind(parley, "/speaking", ticket, None) as (code, line):
        assert code == doors.OPEN
        refused = await line.ask("speaking.start", {"reference_text": "Another text."})
        assert refused["error"]["error"] == "forbidden", "a ticket opens its own session only"
        joined = await line.ask("session.join", {"session_id": reading["session_id"]})
        assert joined["ok"] and joined["resume_ticket"]
    async with kind(parley, "/speaking", ticket, None) as (code, _):
        assert code == "not_authenticated", "it opens one connection"
    async with kind(parley, "/speaking", {"ticket": joined["resume_ticket"]}, None) as (code, line):
        assert code == doors.OPEN
        again = await line.ask("session.join", {"session_id": reading["session_id"]})
        assert again["ok"]
        assert (await line.ask("session.end", {}))["ok"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_key_reads_itself_at_the_socket(parley: Parley, kind: Any) -> None:
    who = await parley.account()
    key = (await key_of(parley, who, "live:write"))["X-API-Key"]
    async with kind(parley, "/speaking", {"token": key}, None) as (code, line):
        assert code == doors.OPEN
        begun = await line.ask("speaking.start", {"reference_text": TEXT, "takeover": True})
        assert begun["ok"] and begun["resume_ticket"]
        assert (await line.ask("session.end", {}))["ok"]
    watching = (await key_of(parley, who, "live:read"))["X-API-Key"]
    async with kind(parley, "/speaking", {"token": watching}, None) as (code, line):
        assert code == doors.OPEN
        refused = await line.ask("speaking.start", {"reference_text": TEXT})
        assert refused["error"]["error"] == "INSUFFICIENT_API_KEY_SCOPE"


async def test_what_a_kind_of_session_does_not_have_is_refused(parley: Parley) -> None:
    who = await parley.account()
    for body, field in (
        ({"session_type": "voice", "reference_text": TEXT}, "/reference_text"),
        ({"session_type": "speaking", "scenario": "At the bakery"}, "/session_type"),
    ):
        async with parley.client.post("/api/live/session/start", json=body, headers=who.headers) as response:
            assert response.status == 400
            assert [one["path"] for one in (await response.json())["detail"]["fields"]] == [field]


async def test_a_key_is_told_where_none_is_taken(parley: Parley) -> None:
    who = await parley.account()
    key = await key_of(parley, who, "live:write")
    bearer = {"Authorization": f"Bearer {key['X-API-Key']}"}
    for headers, status, code in (
        (key, 403, "forbidden"),
        (bearer, 403, "forbidden"),
        ({"X-API-Key": "xntr-" + "A" * 86}, 401, "not_authenticated"),
        ({}, 401, "not_authenticated"),
    ):
        async with parley.client.get("/api/auth/me", headers=headers) as response:
            assert (response.status, (await response.json())["detail"]["error"]) == (status, code)
