"""What a token or a key gives away reaches no further than itself, and ends with it; guests of one visit pass."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from api.api_keys.service import ApiKeys
from api.auth.guests import Guests
from api.integration.keyring import Keyring
from api.integration.service import IntegrationTokens
from api.integration.verification import Verification
from api.organizations.service import Organizations
from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.node import Parley, running
from tests.support.tokens import ORIGIN, bearer, call, found, grant, verify

WRITING = {"mode": "api", "origin": ORIGIN, "scopes": ["integrations:write", "xp:read"], "ttlSeconds": 300}
CHILD = {"mode": "api", "origin": ORIGIN, "scopes": ["xp:read"], "ttlSeconds": 900}


@pytest.fixture
async def slow(
    database_url: str, redis_url: str, settings: Settings, clock: FakeClock
) -> AsyncIterator[tuple[Parley, FakeClock]]:
    async with running(settings, database_url, redis_url, clock=clock) as node:
        yield node, clock


async def child(node: Parley, token: str, path: str = "grant", **changes: Any) -> tuple[int, Any]:
    return await call(node, f"/api/integration/{path}", None, {**CHILD, **changes}, headers=bearer(token))


async def opens(node: Parley, token: str) -> bool:
    return (await call(node, "/api/xp/profile", headers=bearer(token)))[0] == 200


@pytest.mark.parametrize("path", ["grant", "rotate"])
async def test_a_token_gives_no_more_than_itself(slow: tuple[Parley, FakeClock], path: str) -> None:
    node, clock = slow
    ana = await node.account("ana")
    tenant, other = await found(node, ana), await found(node, ana, "other")
    parent = await grant(node, ana, **WRITING, tenantId=tenant)
    token = parent["integrationToken"]
    clock.advance(60)
    status, given = await child(node, token, path)
    assert status == 201 and given["expiresAt"] == parent["expiresAt"], "it does not outlive the one it was got with"
    assert await opens(node, given["integrationToken"])
    assert (await child(node, token, path, ttlSeconds=30))[1]["expiresAt"] < parent["expiresAt"]
    refused: dict[str, dict[str, Any]] = {
        "another origin": {"origin": "https://elsewhere.example"},
        "another port": {"origin": ORIGIN + ":8443"},
        "our own pages": {"mode": "embed"},
        "more scopes": {"scopes": ["xp:read", "live:write"]},
        "an administrator's": {"scopes": ["api:admin"]},
    }
    for name, changes in refused.items():
        assert (await child(node, token, path, **changes))[0] == 403, name
    assert (await child(node, token, path, tenantId=other))[0] == 404
    clock.advance(240)
    assert (await child(node, token, path))[0] == 401
    assert not await opens(node, given["integrationToken"])


async def test_the_descendants_of_a_revoked_token_end_with_it(parley: Parley) -> None:
    ana = await parley.account("ana")
    tenant = await found(parley, ana)
    first = await grant(parley, ana, **WRITING)
    scopes = WRITING["scopes"]
    second = (await child(parley, first["integrationToken"], scopes=scopes))[1]
    third = (await child(parley, second["integrationToken"]))[1]
    beside = await grant(parley, ana, **CHILD)
    everybody = [first, second, third, beside]
    assert all([await opens(parley, each["integrationToken"]) for each in everybody])
    body = {"tenantId": tenant, "jti": first["jti"], "reason": "lost"}
    status, done = await call(parley, "/api/integration/revoke", ana, body)
    assert status == 200 and done["jti"] == first["jti"]
    assert [await opens(parley, each["integrationToken"]) for each in everybody] == [False, False, False, True]
    verdict = await verify(parley, ana, third["integrationToken"], tenant)
    assert (verdict["valid"], verdict["reason"]) == (False, "revoked")


async def test_a_token_that_replaced_itself_still_ends_with_the_first(parley: Parley) -> None:
    """Otherwise a thief would only have to rotate what they stole."""
    ana = await parley.account("ana")
    tenant = await found(parley, ana)
    stolen = await grant(parley, ana, **WRITING)
    token = stolen["integrationToken"]
    before = (await child(parley, token))[1]["integrationToken"]
    status, next_one = await child(parley, token, "rotate", scopes=WRITING["scopes"], previousToken=token)
    assert status == 201 and next_one["previousRevoked"] is True
    assert next_one["expiresAt"] == stolen["expiresAt"]
    assert await opens(parley, next_one["integrationToken"]), "the replacement lives"
    assert not await opens(parley, token) and not await opens(parley, before)
    assert (await child(parley, token))[0] == 401
    body = {"tenantId": tenant, "jti": stolen["jti"], "reason": "stolen"}
    assert (await call(parley, "/api/integration/revoke", ana, body))[0] == 200
    assert not await opens(parley, next_one["integrationToken"])


async def test_nothing_is_got_with_a_token_while_it_is_revoked(parley: Parley) -> None:
    ana = await parley.account("ana")
    tenant = await found(parley, ana)
    for _ in range(5):
        parent = await grant(parley, ana, **WRITING)
        body = {"tenantId": tenant, "jti": parent["jti"], "reason": "race"}
        answers = await asyncio.gather(
            *(child(parley, parent["integrationToken"]) for _ in range(4)),
            call(parley, "/api/integration/revoke", ana, body),
            *(child(parley, parent["integrationToken"]) for _ in range(4)),
        )
        assert {status for status, _ in answers} <= {200, 201, 401}
        given = [answer["integrationToken"] for status, answer in answers if status == 201]
        assert not any([await opens(parley, token) for token in given])


async def test_a_token_got_with_an_api_key_ends_with_the_key(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana = await node.account("ana")
    tenant = await found(node, ana)
    ends = clock.now() + timedelta(seconds=400, microseconds=700)
    body = {"name": "k", "scopes": WRITING["scopes"], "expires_at": ends.isoformat()}
    made = (await call(node, "/api/api-keys", ana, body))[1]
    key = {"X-API-Key": made["key"]}
    status, given = await call(node, "/api/integration/grant", None, CHILD, headers=key)
    assert status == 201 and datetime.fromisoformat(given["expiresAt"]) <= ends
    assert await opens(node, given["integrationToken"])
    async with node.client.delete(f"/api/api-keys/{made['id']}", headers=ana.headers) as response:
        assert response.status == 204
    assert not await opens(node, given["integrationToken"])
    assert (await verify(node, ana, given["integrationToken"], tenant))["reason"] == "revoked"


def service(node: Parley) -> IntegrationTokens:
    r = node.resources
    verification, organizations = Verification(r.database, r.clock), Organizations(r.database, r.clock, [])
    keyring = Keyring(r.database, r.clock, r.sealer)
    return IntegrationTokens(
        r.database,
        r.clock,
        keyring,
        verification,
        organizations,
        ApiKeys(r.database, r.clock, organizations),
        Guests(r.clock),
    )


async def subjects(node: Parley) -> set[str]:
    async with node.resources.database.connection() as cx:
        rows = await cx.fetch("select s.subject from integration_subjects s join users u on u.id = s.user_id")
        assert await cx.fetchval("select count(*) from users where username like 'guest_%'") == len(rows)
    return {row["subject"] for row in rows}


async def test_guests_of_one_visit_pass_and_named_learners_stay(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana = await node.account("ana")
    await found(node, ana)
    tokens, live = service(node), ["live:read", "live:write"]
    for _ in range(3):
        embedded = await grant(node, ana, mode="embed", scopes=live)
    talking = await grant(node, ana, mode="embed", scopes=live)
    kept = await grant(node, ana, mode="embed", scopes=live)
    named = f"guest:{kept['jti']}"  # the tenant has a name for this one from now on
    await grant(node, ana, mode="embed", scopes=live, subject=named)
    await grant(node, ana, mode="embed", scopes=live, subject="pupil-17")
    headers = bearer(talking["integrationToken"], None)
    started = await call(node, "/api/live/session/start", None, {"session_type": "voice"}, headers=headers)
    assert started[0] == 201
    async with node.resources.database.connection() as cx:
        await cx.execute("update live_sessions set seen_at = seen_at + interval '2 days'")  # nobody else ends it
    await tokens.sweep()
    assert len(await subjects(node)) == 6, "nobody goes while a token lives, nor soon after"
    clock.advance(23 * 3600)
    await tokens.sweep()
    assert len(await subjects(node)) == 6
    clock.advance(2 * 3600)
    await tokens.sweep()
    assert await subjects(node) == {f"guest:{talking['jti']}", named, "pupil-17"}, "one still talks"
    async with node.resources.database.connection() as cx:
        await cx.execute(
            """update live_sessions set ended_at = now(), status = 'ended', end_reason = 'timeout', billed_seconds = 0,
               reserved_seconds = 0, xp_awarded = 0"""
        )
    await tokens.sweep()
    assert await subjects(node) == {named, "pupil-17"}
    assert (await call(node, "/api/live/quota", headers=bearer(embedded["integrationToken"], None)))[0] == 401


async def test_revocations_are_kept_for_a_month(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana, boss = await node.account("ana"), await node.admin("boss")
    tenant = await found(node, ana)
    granted = await grant(node, ana)
    body = {"tenantId": tenant, "jti": granted["jti"], "reason": "lost"}
    assert (await call(node, "/api/integration/revoke", ana, body))[0] == 200
    tokens, listing = service(node), "/api/admin/integration-token-revocations"
    clock.advance(29 * 24 * 3600)
    await tokens.sweep()
    async with node.client.post("/api/auth/login", data={"username": "boss", "password": boss.password}) as response:
        boss.access_token = (await response.json())["access_token"]
    assert len((await call(node, listing, boss))[1]["items"]) == 1
    clock.advance(2 * 24 * 3600)
    await tokens.sweep()
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from integration_token_revocations") == 0
    assert not await opens(node, granted["integrationToken"])
