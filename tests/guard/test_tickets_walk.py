"""How long a credential opens a door: tickets, revoked keys, expired tokens, and tokens of other organizations."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from realtime import wire
from tests.support import doors
from tests.support.clock import FakeClock
from tests.support.doors import OPEN
from tests.support.doors_walk import ELSEWHERE, LIVE, ORIGIN, key, made, node, revoke, school, shown, token, voice
from tests.support.node import Parley

__all__ = ["node"]


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
                async with asyncio.timeout(60):
                    while second.client.namespaces:  # noqa: ASYNC110 - the other side closes it
                        await asyncio.sleep(0.02)
        assert (await stays.ask("session.heartbeat", {}))["error"]["error"] == "not_joined"


@pytest.mark.parametrize("shown_at", [doors.openai_realtime, doors.openai_calls])
async def test_a_client_secret_does_not_outlive_what_it_was_made_with(node: Parley, shown_at: Any) -> None:
    clock = node.resources.clock
    assert isinstance(clock, FakeClock)
    ana = await node.account("ana")
    granted = await token(node, ana, await school(node, ana), "live:write", ttlSeconds=300)
    wanted = {"expires_after": {"anchor": "created_at", "seconds": 7200}}
    secrets = "/v1/realtime/client_secrets"
    bound = await made(node, secrets, wanted, shown(granted["integrationToken"], ORIGIN))
    own = await made(node, secrets, wanted, ana.headers)
    now = clock.now().timestamp()
    assert bound["expires_at"] <= now + 300 and own["expires_at"] == int(now) + 7200
    assert await shown_at(node, bound["value"], ORIGIN) == OPEN
    clock.advance(301)
    assert await shown_at(node, bound["value"], ORIGIN) == "token_expired"
    assert await shown_at(node, own["value"], None) == OPEN
