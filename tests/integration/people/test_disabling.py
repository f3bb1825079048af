"""A disabled account is closed at every door at once, and so is what it gave to others."""

import asyncio
from typing import Any

from realtime import wire
from tests.guard.test_doors_walk import DOORS
from tests.integration.people.test_people import PEOPLE, ask, sign_in
from tests.support import doors
from tests.support.doors import OPEN
from tests.support.doors_walk import LIVE, ORIGIN, key, node, school, shown, token, voice
from tests.support.node import Account, Parley

__all__ = ["node"]


async def set_disabled(node: Parley, boss: Account, who: Account, action: str = "disable") -> None:
    status, person = await ask(node, boss, "POST", f"{PEOPLE}/{who.user_id}/{action}")
    assert status == 200 and (person["disabled_at"] is not None) == (action == "disable")


async def test_every_credential_of_a_disabled_account_is_refused_at_every_door(node: Parley) -> None:
    boss, ana = await node.admin("boss"), await node.account("ana")
    tenant = await school(node, ana)
    held: dict[str, tuple[str, str | None]] = {
        "sign-in": (ana.access_token, None),
        "key": ((await key(node, ana, *LIVE))["key"], None),
        "token": ((await token(node, ana, tenant, *LIVE))["integrationToken"], ORIGIN),
        "a token for a pupil": (
            (await token(node, ana, tenant, *LIVE, subject="pupil-1"))["integrationToken"],
            ORIGIN,
        ),
    }
    for door, knock in DOORS.items():
        for name, (text, origin) in held.items():
            assert await knock(node, text, origin) == OPEN, (door, name)
    _, ticket = await voice(node, ana.headers)
    _, link = await ask(node, boss, "POST", f"{PEOPLE}/{ana.user_id}/reset")
    await set_disabled(node, boss, ana)
    for door, knock in DOORS.items():
        for name, (text, origin) in held.items():
            assert await knock(node, text, origin) == "not_authenticated", (door, name)
    assert await doors.whip(node, ticket, None) == "not_authenticated"
    async with doors.websocket(node, wire.LIVE, {"ticket": ticket}, None) as (code, _):
        assert code == "not_authenticated"
    for name, (text, origin) in held.items():
        async with node.client.get("/api/live/transcripts", headers=shown(text, origin)) as response:
            assert response.status == 401, name
    refreshed = await ask(node, None, "POST", "/api/auth/refresh", json={"refresh_token": ana.refresh_token})
    assert refreshed[0] == 401
    used = {"token": link["link"].removeprefix("/#/reset/"), "password": "an even better phrase"}
    assert (await ask(node, None, "POST", "/api/auth/reset", json=used))[0] == 409
    status, body = await sign_in(node, "ana")
    assert (status, body["detail"]["error"]) == (403, "account_disabled")
    assert (await sign_in(node, "ana", "not the password"))[1]["detail"]["error"] == "invalid_credentials"
    status, body = await ask(node, boss, "POST", f"{PEOPLE}/{ana.user_id}/reset")
    assert (status, body["detail"]["error"]) == (409, "not_possible")


async def test_an_enabled_account_signs_in_again_and_keeps_its_keys(node: Parley) -> None:
    boss, ana = await node.admin("boss"), await node.account("ana")
    own = (await key(node, ana, *LIVE))["key"]
    await set_disabled(node, boss, ana)
    await set_disabled(node, boss, ana)  # once more changes nothing
    await set_disabled(node, boss, ana, "enable")
    assert (await ask(node, ana, "GET", "/api/auth/me"))[0] == 401, "sign-ins ended for good"
    assert (await sign_in(node, "ana"))[0] == 200
    async with node.client.get("/api/live/transcripts", headers={"X-API-Key": own}) as response:
        assert response.status == 200
    status, body = await ask(node, boss, "POST", f"{PEOPLE}/{boss.user_id}/disable")
    assert (status, body["detail"]["error"]) == (409, "yourself")


async def test_open_lines_end_and_the_session_with_them(node: Parley) -> None:
    boss, ana, ben = await node.admin("boss"), await node.account("ana"), await node.account("ben")
    own = (await key(node, ana, *LIVE))["key"]
    async with doors.websocket(node, wire.SPEAKING, {"token": ben.access_token}, None) as (_, stays):
        async with (
            doors.websocket(node, wire.SPEAKING, {"token": own}, None) as (_, line),
            doors.socket_io(node, wire.SPEAKING, {"token": ana.access_token}, None) as (_, second),
            node.client.ws_connect("/v1/realtime?intent=transcription", headers=shown(own)) as third,
        ):
            assert (await line.ask("speaking.start", {"takeover": True}))["ok"]
            await third.receive_json()
            await set_disabled(node, boss, ana)
            assert (await line.closed())["error"] == "not_authenticated"
            assert (await third.receive_json())["error"]["code"] == "not_authenticated"
            async with asyncio.timeout(60):
                while second.client.namespaces:  # noqa: ASYNC110 - the other side closes it
                    await asyncio.sleep(0.02)
        assert (await stays.ask("session.heartbeat", {}))["error"]["error"] == "not_joined"


async def test_a_sign_in_under_way_does_not_slip_through(node: Parley) -> None:
    boss, ana = await node.admin("boss"), await node.account("ana")
    done: list[Any] = await asyncio.gather(
        *(sign_in(node, "ana") for _ in range(4)), ask(node, boss, "POST", f"{PEOPLE}/{ana.user_id}/disable")
    )
    for status, body in done[:4]:
        assert status in (200, 403)
        if status == 200:
            ana.access_token = body["access_token"]
            assert (await ask(node, ana, "GET", "/api/auth/me"))[0] == 401


async def test_who_is_erased_while_they_speak_leaves_nothing(node: Parley) -> None:
    boss, ana = await node.admin("boss"), await node.account("ana")
    async with doors.websocket(node, wire.SPEAKING, {"token": ana.access_token}, None) as (_, line):
        assert (await line.ask("speaking.start", {"takeover": True}))["ok"]
        assert (await ask(node, boss, "DELETE", f"{PEOPLE}/{ana.user_id}"))[0] == 204
        assert (await line.closed())["error"] == "not_authenticated"
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from live_sessions") == 0
        assert await cx.fetchval("select count(*) from jobs where owner = $1", ana.user_id) == 0
