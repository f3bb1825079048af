"""Every door and every event, with every kind of credential: what the operations' walk is for REST."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from kit import scopes
from realtime import wire
from server import compose
from tests.support import doors
from tests.support.clock import FakeClock
from tests.support.doors import OPEN
from tests.support.doors_walk import ELSEWHERE, LIVE, ORIGIN, key, made, node, revoke, school, token, voice
from tests.support.node import Parley

__all__ = ["node"]

EVERY = [name for name in scopes.ALL if name not in scopes.NOT_FOR_TOKENS]
LACKS = "INSUFFICIENT_API_KEY_SCOPE"
Opened = Callable[[Parley, str, str | None], Awaitable[str]]


def by_socket(kind: Any, namespace: str) -> Opened:
    async def knock(node: Parley, token: str, origin: str | None) -> str:
        async with kind(node, namespace, {"token": token}, origin) as (code, _):
            return str(code)

    return knock


SOCKETS: dict[str, Opened] = {
    f"{kind.__name__} {name}": by_socket(kind, name)
    for kind in (doors.websocket, doors.socket_io)
    for name in doors.NAMESPACES
}
DOORS: dict[str, Opened] = {
    **SOCKETS,
    "POST /v1/audio/transcriptions": doors.openai_files,
    "GET /v1/realtime": doors.openai_realtime,
    "GET /v1/realtime?call_id": doors.openai_side_band,
    "POST /v1/realtime/calls": doors.openai_calls,
    "POST /v1/realtime/calls/{call_id}/hangup": doors.openai_hang_up,
}
WALKED_ELSEWHERE = {"/api/live/whip", "/api/live/whip/{line_id}"}  # test_tickets_walk.py
OPEN_TO_ALL = {"/", "/sw.js", "/static", "/sdk", "/metrics", "/api/openapi.json", "/api/asyncapi.json"}
DOCS = {"/docs", "/docs/{slug}", "/docs/{slug}.md", "/docs/search.json"}


def expected(door: str, names: set[str]) -> str:
    wanted = LIVE if door in SOCKETS else {"live:write"}
    return OPEN if names & wanted else LACKS


async def test_every_door_is_walked(node: Parley) -> None:
    """Operations have their own walk."""
    app = node.client.app
    assert app is not None
    operations = {row.path for row in compose.compose(node.resources).part.operations}
    sockets = {"/socket.io/", *(f"/api/realtime{name}" for name in doors.NAMESPACES)}
    walked = {name.split(" ")[1].split("?")[0] for name in DOORS if name not in SOCKETS}
    found = {one.resource.canonical for one in app.router.routes() if one.resource is not None}
    assert found - operations == sockets | (walked - operations) | WALKED_ELSEWHERE | OPEN_TO_ALL | DOCS


async def test_a_door_opens_for_the_scopes_that_it_asks_for(node: Parley) -> None:
    ana = await node.account("ana")
    keys = {name: (await key(node, ana, name))["key"] for name in EVERY}
    for door, knock in DOORS.items():
        assert await knock(node, ana.access_token, None) == OPEN, door
        for name, text in keys.items():
            assert await knock(node, text, None) == expected(door, {name}), (door, name)


async def test_a_door_opens_for_a_token_from_its_origin_only(node: Parley) -> None:
    ana = await node.account("ana")
    tenant = await school(node, ana)
    bound = {name: (await token(node, ana, tenant, name))["integrationToken"] for name in EVERY}
    framed = (await token(node, ana, tenant, *LIVE, mode="embed"))["integrationToken"]
    for door, knock in DOORS.items():
        for name, text in bound.items():
            assert await knock(node, text, ORIGIN) == expected(door, {name}), (door, name)
            for origin in (None, ELSEWHERE, node.url):
                assert await knock(node, text, origin) == "forbidden", (door, name, origin)
        for origin, code in ((None, OPEN), (node.url, OPEN), (ORIGIN, "forbidden"), (ELSEWHERE, "forbidden")):
            assert await knock(node, framed, origin) == code, (door, origin)


async def test_what_is_no_good_opens_no_door(node: Parley) -> None:
    clock = node.resources.clock
    assert isinstance(clock, FakeClock)
    ana, ben = await node.account("ana"), await node.account("ben")
    tenant = await school(node, ana)
    expired = (await token(node, ana, tenant, *LIVE, ttlSeconds=30))["integrationToken"]
    old_key = (await key(node, ana, *LIVE, expires_at=clock.now().replace(year=2027).isoformat()))["key"]
    clock.advance(60)
    async with node.resources.database.connection() as cx:
        await cx.execute("update api_keys set expires_at = $1", clock.now())
    revoked, deleted = await token(node, ana, tenant, *LIVE), await key(node, ana, *LIVE)
    await revoke(node, ana, tenant, revoked)
    async with node.client.delete(f"/api/api-keys/{deleted['id']}", headers=ana.headers) as response:
        assert response.status == 204
    elsewhere = (await key(node, ana, *LIVE, allowed_ips=["203.0.113.9"]))["key"]
    await made(node, "/api/auth/logout", {}, ben.headers)
    no_good = {
        "nonsense": ("nonsense", None, "not_authenticated"),
        "unknown key": ("xntr-" + "A" * 86, None, "not_authenticated"),
        "no text": ("\ufffd\x7f", None, "not_authenticated"),
        "signed out": (ben.access_token, None, "not_authenticated"),
        "revoked": (revoked["integrationToken"], ORIGIN, "not_authenticated"),
        "expired": (expired, ORIGIN, "token_expired"),
        "deleted key": (deleted["key"], None, "not_authenticated"),
        "expired key": (old_key, None, "token_expired"),
        "a key from elsewhere": (elsewhere, None, "forbidden"),
    }
    for door, knock in DOORS.items():
        for name, (text, origin, code) in no_good.items():
            if door not in SOCKETS and name == "no text":
                continue  # no header can hold it
            assert await knock(node, text, origin) == code, (door, name)
    for text in ("nonsense", "a.b.c", ana.access_token, revoked["integrationToken"]):
        assert await doors.whip(node, text, None) == "not_authenticated"


@pytest.mark.parametrize("kind", [doors.websocket, doors.socket_io])
@pytest.mark.parametrize("namespace", doors.NAMESPACES)
async def test_every_event_asks_for_its_scope(node: Parley, kind: Any, namespace: str) -> None:
    ana = await node.account("ana")
    tenant = await school(node, ana)
    session_id, _ = await voice(node, ana.headers)
    join: dict[str, Any] = {"session_id": session_id}
    reading = {
        "key": ((await key(node, ana, "live:read"))["key"], None),
        "token": ((await token(node, ana, tenant, "live:read"))["integrationToken"], ORIGIN),
    }
    rows = [row for row in wire.CLIENT.values() if namespace in row.namespaces]
    for name, (text, origin) in reading.items():
        async with kind(node, namespace, {"token": text}, origin) as (code, line):
            assert code == OPEN
            for row in rows:
                answer = await line.ask(row.name, join if row.name == "session.join" else {})
                assert answer["error"]["error"] == LACKS, (name, row.name, answer)
                assert answer["error"]["required_scope"] == row.scope == "live:write"
            watching = await line.ask("session.join", {**join, "observe": True})
            assert watching["error"]["error"] == "not_found", "nobody watches their own"
    writing = (await key(node, ana, "live:write"))["key"]
    async with kind(node, namespace, {"token": writing}, None) as (code, line):
        assert code == OPEN
        for row in rows:
            if row.name not in ("session.join", "speaking.start"):
                answer = await line.ask(
                    row.name, {"text": "x", "candidate": "", "sdp": "v=0"} if not row.binary else {}
                )
                assert answer["error"]["error"] in ("not_joined", "invalid_request"), (row.name, answer)
        assert (await line.ask("session.join", {**join, "observe": True}))["error"]["error"] == LACKS
        assert (await line.ask("session.join", join))["ok"] is True
