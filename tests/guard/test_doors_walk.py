"""Every door and every event, with every kind of credential: what the operations' walk is for REST."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from kit import scopes
from realtime import wire
from realtime.node import credential_watch
from server.config import Settings
from tests.support import doors
from tests.support.clock import FakeClock
from tests.support.doors import OPEN
from tests.support.node import Account, Parley, running

ORIGIN, ELSEWHERE = "https://school.example", "https://elsewhere.example"
EVERY = [name for name in scopes.ALL if name not in scopes.NOT_FOR_TOKENS]
LACKS = "INSUFFICIENT_API_KEY_SCOPE"
LIVE = {"live:read", "live:write"}
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
}


@pytest.fixture
async def node(
    database_url: str, redis_url: str, settings: Settings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Parley]:
    """Pages of both origins may connect: what a token is bound to decides."""
    monkeypatch.setattr(credential_watch, "_CHECK_SECONDS", 0.1)
    fields: dict[str, Any] = dict.fromkeys(("limit_read", "limit_write", "limit_heavy", "limit_public"), 1_000_000)
    changed = settings.model_copy(update={**fields, "cors_origins": (ORIGIN, ELSEWHERE), "live_silence_seconds": 1e6})
    async with running(changed, database_url, redis_url, clock=clock) as parley:
        yield parley


async def made(node: Parley, path: str, body: Any, headers: dict[str, str]) -> dict[str, Any]:
    async with node.client.post(path, json=body, headers=headers) as response:
        assert response.status in (200, 201), (path, await response.text())
        return dict(await response.json())


async def key(node: Parley, who: Account, *names: str, **fields: Any) -> dict[str, Any]:
    return await made(node, "/api/api-keys", {"name": "walk", "scopes": list(names), **fields}, who.headers)


async def school(node: Parley, who: Account, slug: str = "school") -> str:
    return str((await made(node, "/api/organizations", {"name": slug, "slug": slug}, who.headers))["id"])


async def token(node: Parley, who: Account, tenant: str, *names: str, **fields: Any) -> dict[str, Any]:
    body = {"mode": "api", "origin": ORIGIN, "ttlSeconds": 900, "scopes": list(names), "tenantId": tenant, **fields}
    return await made(node, "/api/integration/grant", body, who.headers)


async def voice(node: Parley, headers: dict[str, str]) -> tuple[str, str]:
    """A session started over REST: (its id, its ticket)."""
    started = await made(node, "/api/live/session/start", {"session_type": "voice", "takeover": True}, headers)
    return started["session_id"], started["realtime"]["ticket"]


def shown(text: str, origin: str | None = None) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}", **({} if origin is None else {"Origin": origin})}


async def revoke(node: Parley, who: Account, tenant: str, granted: dict[str, Any]) -> None:
    await made(node, "/api/integration/revoke", {"tenantId": tenant, "jti": granted["jti"], "reason": "x"}, who.headers)


def expected(door: str, names: set[str]) -> str:
    wanted = LIVE if door in SOCKETS else {"live:write"}
    return OPEN if names & wanted else LACKS


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


@pytest.mark.parametrize("kind", [doors.websocket, doors.socket_io])
async def test_a_ticket_is_worth_what_its_credential_is(node: Parley, kind: Any) -> None:
    ana = await node.account("ana")
    tenant = await school(node, ana)
    granted = await token(node, ana, tenant, "live:write", ttlSeconds=300)
    headers = shown(granted["integrationToken"], ORIGIN)
    session_id, first = await voice(node, headers)
    async with kind(node, wire.LIVE, {"ticket": first}, ELSEWHERE) as (code, _):
        assert code == "forbidden"
    session_id, first = await voice(node, headers)
    async with kind(node, wire.LIVE, {"ticket": first}, ORIGIN) as (code, line):
        assert code == OPEN
        joined = await line.ask("session.join", {"session_id": session_id})
        assert (await line.ask("session.join", {"session_id": session_id, "observe": True}))["error"]
    for origin, wanted in ((None, "forbidden"), (ELSEWHERE, "forbidden"), (ORIGIN, OPEN)):
        async with kind(node, wire.LIVE, {"ticket": joined["resume_ticket"]}, origin) as (code, _):
            assert code == wanted
    clock = node.resources.clock
    assert isinstance(clock, FakeClock)
    clock.advance(400)  # the token has expired; the session may be gone on with
    async with kind(node, wire.LIVE, {"ticket": joined["resume_ticket"]}, ORIGIN) as (code, line):
        assert code == OPEN
        assert (await line.ask("session.join", {"session_id": session_id}))["ok"] is True
    await revoke(node, ana, tenant, granted)
    async with kind(node, wire.LIVE, {"ticket": joined["resume_ticket"]}, ORIGIN) as (code, _):
        assert code == "not_authenticated"


async def test_whip_takes_a_ticket_from_its_origin_only_and_while_its_credential_is_good(node: Parley) -> None:
    ana = await node.account("ana")
    tenant = await school(node, ana)
    granted = await token(node, ana, tenant, "live:write")
    headers = shown(granted["integrationToken"], ORIGIN)
    for origin, wanted in ((None, "forbidden"), (ELSEWHERE, "forbidden"), (ORIGIN, OPEN)):
        assert await doors.whip(node, (await voice(node, headers))[1], origin) == wanted
    ticket = (await voice(node, headers))[1]
    await revoke(node, ana, tenant, granted)
    assert await doors.whip(node, ticket, ORIGIN) == "not_authenticated"
    own = await key(node, ana, "live:write")
    ticket = (await voice(node, {"X-API-Key": own["key"]}))[1]
    async with node.client.delete(f"/api/api-keys/{own['id']}", headers=ana.headers) as response:
        assert response.status == 204
    assert await doors.whip(node, ticket, None) == "not_authenticated"


@pytest.mark.parametrize("kind", [doors.websocket, doors.socket_io])
async def test_a_token_watches_in_its_own_organization_only(node: Parley, kind: Any) -> None:
    boss, pupil = await node.account("boss"), await node.account("pupil")
    here, there = await school(node, boss), await school(node, boss, "there")
    async with node.resources.database.connection() as cx:
        await cx.execute(
            """insert into organization_members (organization_id, user_id, role, joined_at)
               values ($1, $2, 'member', now())""",
            there,
            pupil.user_id,
        )
    session_id, _ = await voice(node, pupil.headers)
    watch = {"session_id": session_id, "observe": True}
    async with kind(node, wire.LIVE, {"token": pupil.access_token}, None) as (_, own):
        assert (await own.ask("session.join", {"session_id": session_id}))["ok"]  # somebody has to be told
        for tenant, wanted in ((here, "not_found"), (there, None)):
            texts = [
                ((await token(node, boss, tenant, "live:read"))["integrationToken"], ORIGIN),
                ((await key(node, boss, "live:read", organization_id=tenant))["key"], None),
            ]
            for text, origin in texts:
                async with kind(node, wire.LIVE, {"token": text}, origin) as (code, line):
                    assert code == OPEN
                    answer = await line.ask("session.join", watch)
                    assert answer.get("error", {}).get("error") == wanted, (tenant, answer)


async def test_nothing_begins_on_a_line_whose_token_has_expired(node: Parley) -> None:
    clock = node.resources.clock
    assert isinstance(clock, FakeClock)
    ana = await node.account("ana")
    granted = (await token(node, ana, await school(node, ana), *LIVE))["integrationToken"]
    session_id, _ = await voice(node, ana.headers)
    async with doors.websocket(node, wire.SPEAKING, {"token": granted}, ORIGIN) as (_, line):
        clock.advance(900)
        for event, data in (
            ("speaking.start", {"takeover": True}),
            ("session.join", {"session_id": session_id}),
            ("session.join", {"session_id": session_id, "observe": True}),
        ):
            assert (await line.ask(event, data))["error"]["error"] == "token_expired", (event, data)


async def test_a_line_ends_with_the_credential_that_opened_it(node: Parley) -> None:
    ana, ben = await node.account("ana"), await node.account("ben")
    tenant = await school(node, ana)
    granted, own = await token(node, ana, tenant, *LIVE), await key(node, ana, *LIVE)
    other = await key(node, ana, *LIVE)

    async def deleted() -> None:
        async with node.client.delete(f"/api/api-keys/{own['id']}", headers=ana.headers) as response:
            assert response.status == 204

    async def signed_out() -> None:
        await made(node, "/api/auth/logout", {}, ben.headers)

    async def revoked() -> None:
        await revoke(node, ana, tenant, granted)

    ends: list[tuple[str, str | None, Callable[[], Awaitable[None]]]] = [
        (granted["integrationToken"], ORIGIN, revoked),
        (own["key"], None, deleted),
        (ben.access_token, None, signed_out),
    ]
    async with doors.websocket(node, wire.SPEAKING, {"token": other["key"]}, None) as (_, stays):
        for text, origin, end in ends:
            headers = shown(text, origin)
            async with (
                doors.websocket(node, wire.SPEAKING, {"token": text}, origin) as (_, line),
                doors.socket_io(node, wire.SPEAKING, {"token": text}, origin) as (_, second),
                node.client.ws_connect("/v1/realtime?intent=transcription", headers=headers) as third,
            ):
                assert (await line.ask("speaking.start", {"takeover": True}))["ok"]
                await third.receive_json()
                await end()
                assert (await line.closed())["error"] == "not_authenticated"
                assert (await third.receive_json())["error"]["code"] == "not_authenticated"
                async with asyncio.timeout(20):
                    while second.client.namespaces:  # noqa: ASYNC110 - the other side closes it
                        await asyncio.sleep(0.02)
        assert (await stays.ask("session.heartbeat", {}))["error"]["error"] == "not_joined"
