"""The keys that sign integration tokens: made once, sealed, public for as long as they are needed, replaced."""

import asyncio
import re
from datetime import datetime

import jwt
import pytest

from tests.support.clock import FakeClock
from tests.support.node import Parley
from tests.support.tokens import ORIGIN, WANTED, call, found, grant, slow, verify

__all__ = ["slow"]


async def test_a_stock_library_verifies_a_token_from_the_key_set_alone(parley: Parley) -> None:
    ana = await parley.account("ana")
    tenant = await found(parley, ana)
    granted = await grant(parley, ana, subject="pupil-17")
    assert set(granted) == {"integrationToken", "tokenType", "jti", "tenantId", "expiresAt", "scopes", "origin"}
    assert granted["tenantId"] == tenant and granted["tokenType"] == "Bearer"
    status, key_set = await call(parley, f"/api/integration/jwks?tenantId={tenant}")
    assert status == 200 and all(set(key) == {"kty", "n", "e", "alg", "use", "kid"} for key in key_set["keys"])
    token = granted["integrationToken"]
    key = jwt.PyJWKSet.from_dict(key_set)[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["RS256"])
    assert claims["jti"] == granted["jti"] and claims["sub"] == "pupil-17" and claims["origin"] == ORIGIN
    assert claims["exp"] == datetime.fromisoformat(granted["expiresAt"]).timestamp()
    status, prints = await call(parley, f"/api/integration/fingerprint?tenantId={tenant}")
    assert [each["active"] for each in prints["fingerprints"]] == [True]
    assert re.fullmatch("[0-9a-f]{64}", prints["fingerprints"][0]["sha256"])
    assert prints["fingerprints"][0]["kid"] == key_set["keys"][0]["kid"]


async def test_a_first_use_by_many_at_once_makes_one_key(parley: Parley) -> None:
    ana = await parley.account("ana")
    tenant = await found(parley, ana)
    granted = await asyncio.gather(*(grant(parley, ana) for _ in range(6)))
    assert len({jwt.get_unverified_header(each["integrationToken"])["kid"] for each in granted}) == 1
    assert len((await call(parley, f"/api/integration/jwks?tenantId={tenant}"))[1]["keys"]) == 1


async def test_the_private_key_is_sealed(parley: Parley) -> None:
    ana = await parley.account("ana")
    await found(parley, ana)
    await grant(parley, ana)
    async with parley.resources.database.connection() as cx:
        row = await cx.fetchrow("select kid, private_key_sealed from tenant_keys")
    assert row is not None and b"RSA" not in row["private_key_sealed"]
    assert parley.resources.sealer.open(row["private_key_sealed"], f"tenant key:{row['kid']}")[:1] == b"\x30"
    with pytest.raises(ValueError, match="cannot be opened"):
        parley.resources.sealer.open(row["private_key_sealed"], "tenant key:another")


async def test_a_replaced_key_stays_public_until_its_tokens_are_dead(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana = await node.account("ana")
    tenant = await found(node, ana)
    old = (await grant(node, ana, ttlSeconds=900))["integrationToken"]
    new = (await call(node, "/api/integration/rotate", ana, {**WANTED, "rotateKey": True}))[1]["integrationToken"]
    kids = [jwt.get_unverified_header(token)["kid"] for token in (new, old)]
    assert kids[0] != kids[1]
    key_set = (await call(node, f"/api/integration/jwks?tenantId={tenant}"))[1]
    assert [key["kid"] for key in key_set["keys"]] == kids
    prints = (await call(node, f"/api/integration/fingerprint?tenantId={tenant}"))[1]["fingerprints"]
    assert [each["active"] for each in prints] == [True, False]
    assert (await verify(node, ana, old, tenant))["valid"] is True
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from tenant_keys where private_key_sealed is not null") == 1
    clock.advance(900)
    key_set = (await call(node, f"/api/integration/jwks?tenantId={tenant}"))[1]
    assert [key["kid"] for key in key_set["keys"]] == kids[:1]


async def test_a_key_is_replaced_by_itself_after_90_days(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana = await node.account("ana")
    await found(node, ana)
    before = jwt.get_unverified_header((await grant(node, ana))["integrationToken"])["kid"]
    clock.advance(89 * 24 * 3600)
    tokens = (await call(node, "/api/auth/refresh", None, {"refresh_token": ana.refresh_token}))[1]
    assert "access_token" not in tokens, "30 days without a refresh end a session"
    async with node.client.post("/api/auth/login", data={"username": "ana", "password": ana.password}) as response:
        ana.access_token = (await response.json())["access_token"]
    assert jwt.get_unverified_header((await grant(node, ana))["integrationToken"])["kid"] == before
    clock.advance(600)
    assert jwt.get_unverified_header((await grant(node, ana))["integrationToken"])["kid"] == before
    async with node.resources.database.connection() as cx:
        await cx.execute("update tenant_keys set created_at = created_at - interval '1 day'")
    assert jwt.get_unverified_header((await grant(node, ana))["integrationToken"])["kid"] != before


async def test_an_unknown_tenant_has_no_keys(parley: Parley) -> None:
    address = "?tenantId=0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f40"
    assert await call(parley, f"/api/integration/jwks{address}") == (200, {"keys": []})
    assert await call(parley, f"/api/integration/fingerprint{address}") == (200, {"fingerprints": []})
    assert (await call(parley, "/api/integration/jwks"))[0] == 400
