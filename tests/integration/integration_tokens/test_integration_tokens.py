"""Integration tokens over the public API."""

from typing import Any

import pytest

from tests.support.clock import FakeClock
from tests.support.node import Parley
from tests.support.tokens import ORIGIN, WANTED, bearer, call, found, grant, slow, verify

__all__ = ["slow"]


async def test_a_bad_token_is_an_answer_with_the_reason(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana = await node.account("ana")
    tenant, other = await found(node, ana), await found(node, ana, "other")
    token = (await grant(node, ana, tenantId=tenant))["integrationToken"]
    good = await verify(node, ana, token, tenant, ORIGIN)
    assert (good["valid"], good["reason"], good["revoked"]) == (True, None, False)
    assert good["claims"]["scopes"] == ["organizations:read"]
    assert (await verify(node, ana, token, tenant, "https://evil.example"))["reason"] == "wrong_origin"
    assert (await verify(node, ana, token, other))["reason"] == "unknown_key"
    assert (await verify(node, ana, "nonsense", tenant))["reason"] == "malformed"
    assert (await verify(node, ana, ana.access_token, tenant))["reason"] == "malformed"
    cut = token[:-5] + ("AAAAA" if not token.endswith("AAAAA") else "BBBBB")
    assert (await verify(node, ana, cut, tenant)) == {
        "valid": False,
        "reason": "bad_signature",
        "claims": None,
        "revoked": False,
    }
    clock.advance(300)
    expired = await verify(node, ana, token, tenant)
    assert expired["reason"] == "expired" and expired["claims"] is not None


async def test_a_token_is_revoked_by_itself_or_by_its_id(parley: Parley) -> None:
    ana, boss = await parley.account("ana"), await parley.admin("boss")
    tenant = await found(parley, ana)
    first, second = await grant(parley, ana), await grant(parley, ana)
    assert (await call(parley, "/api/organizations", headers=bearer(first["integrationToken"])))[0] == 200
    bodies = [
        {"integrationToken": first["integrationToken"], "reason": "laptop lost"},
        {"tenantId": tenant, "jti": second["jti"], "reason": "pupil left"},
    ]
    for body, granted in zip(bodies, (first, second), strict=True):
        status, done = await call(parley, "/api/integration/revoke", ana, body)
        assert status == 200 and done["revoked"] is True and done["jti"] == granted["jti"]
        assert (await call(parley, "/api/integration/revoke", ana, body))[1] == done, "again is the same answer"
        verdict = await verify(parley, ana, granted["integrationToken"], tenant)
        assert (verdict["valid"], verdict["reason"], verdict["revoked"]) == (False, "revoked", True)
        assert (await call(parley, "/api/organizations", headers=bearer(granted["integrationToken"])))[0] == 401
    listed = (await call(parley, f"/api/admin/integration-token-revocations?tenantId={tenant}", boss))[1]["items"]
    assert [(each["jti"], each["reason"], each["revokedBy"]) for each in listed] == [
        (second["jti"], "pupil left", ana.user_id),
        (first["jti"], "laptop lost", ana.user_id),
    ]
    page = (await call(parley, "/api/admin/integration-token-revocations?limit=1", boss))[1]
    assert page["items"] == listed[:1]
    rest = await call(parley, f"/api/admin/integration-token-revocations?cursor={page['next_cursor']}", boss)
    assert rest[1]["items"] == listed[1:]
    assert (await call(parley, "/api/admin/integration-token-revocations", ana))[0] == 403


@pytest.mark.parametrize(
    "body",
    [
        {"reason": "x"},
        {"reason": "x", "jti": "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f40"},
        {"reason": "x", "integrationToken": "t", "tenantId": "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f40"},
        {"integrationToken": "t"},
    ],
)
async def test_a_revocation_has_one_of_two_forms(parley: Parley, body: dict[str, Any]) -> None:
    assert (await call(parley, "/api/integration/revoke", await parley.account("ana"), body))[0] == 400


async def test_rotation_replaces_a_token_in_one_step(parley: Parley) -> None:
    ana = await parley.account("ana")
    tenant = await found(parley, ana)
    first = await grant(parley, ana)
    body = {**WANTED, "previousToken": first["integrationToken"]}
    status, second = await call(parley, "/api/integration/rotate", ana, body)
    assert status == 201 and second["previousRevoked"] is True
    assert (await verify(parley, ana, first["integrationToken"], tenant))["reason"] == "revoked"
    assert (await verify(parley, ana, second["integrationToken"], tenant))["valid"] is True
    kept = {**WANTED, "previousToken": second["integrationToken"], "revokePrevious": False}
    assert (await call(parley, "/api/integration/rotate", ana, kept))[1]["previousRevoked"] is False
    assert (await verify(parley, ana, second["integrationToken"], tenant))["valid"] is True
    assert (await call(parley, "/api/integration/rotate", ana, {**WANTED, "previousToken": "x"}))[0] == 404


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"origin": "http://school.example"}, "/origin"),
        ({"origin": "https://school.example/page"}, "/origin"),
        *(({"origin": f"https://school.example:{port}"}, "/origin") for port in (0, 65536, 99999, "0443")),
        ({"origin": "http://localhost:70000"}, "/origin"),
        ({"origin": "https://a.example; script-src *"}, "/origin"),
        ({"origin": "null"}, "/origin"),
        ({"ttlSeconds": 29}, "/ttlSeconds"),
        ({"ttlSeconds": 901}, "/ttlSeconds"),
        ({"scopes": []}, "/scopes"),
        ({"mode": "admin"}, "/mode"),
        ({"ttl_seconds": 60}, "/ttl_seconds"),
    ],
)
async def test_a_grant_is_checked(parley: Parley, changes: dict[str, Any], path: str) -> None:
    ana = await parley.account("ana")
    await found(parley, ana)
    status, body = await call(parley, "/api/integration/grant", ana, {**WANTED, **changes})
    assert status == 400 and path in [field["path"] for field in body["detail"]["fields"]]


async def test_only_leaders_act_in_a_tenants_name(parley: Parley) -> None:
    ana, ben, eve = [await parley.account(name) for name in ("ana", "ben", "eve")]
    tenant = await found(parley, ana)
    await parley.member(ana, tenant, ben, role="team_manager")
    granted = await grant(parley, ana)
    named = {**WANTED, "tenantId": tenant}
    by_id = {"tenantId": tenant, "jti": granted["jti"], "reason": "x"}
    by_token = {"integrationToken": granted["integrationToken"], "reason": "x"}
    for who, status in ((ben, 403), (eve, 404)):
        assert (await call(parley, "/api/integration/grant", who, named))[0] == status
        assert (await call(parley, "/api/integration/rotate", who, named))[0] == status
        assert (await call(parley, "/api/integration/revoke", who, by_id))[0] == status
        assert (await call(parley, "/api/integration/revoke", who, by_token))[0] == status
    question = {"token": granted["integrationToken"], "tenantId": tenant}
    assert (await call(parley, "/api/integration/verify", ben, question))[0] == 200
    assert (await call(parley, "/api/integration/verify", eve, question))[0] == 404
    assert (await call(parley, "/api/integration/grant", eve, WANTED))[0] == 400, "no tenant to choose"


async def test_nobody_grants_more_than_they_hold(parley: Parley) -> None:
    ana = await parley.account("ana")
    await found(parley, ana)
    assert (await call(parley, "/api/integration/grant", ana, {**WANTED, "scopes": ["api:admin"]}))[0] == 403
    body = {"name": "x", "scopes": ["integrations:write", "live:read"]}
    key = {"X-API-Key": (await call(parley, "/api/api-keys", ana, body))[1]["key"]}
    granting = {**WANTED, "scopes": ["live:read"]}
    assert (await call(parley, "/api/integration/grant", None, granting, headers=key))[0] == 201
    granting = {**WANTED, "scopes": ["live:read", "live:write"]}
    assert (await call(parley, "/api/integration/grant", None, granting, headers=key))[0] == 403


async def test_a_token_opens_its_scopes_from_its_origin_only(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana = await node.account("ana")
    tenant, _ = await found(node, ana), await found(node, ana, "other")
    token = (await grant(node, ana, tenantId=tenant))["integrationToken"]
    status, listed = await call(node, "/api/organizations", headers=bearer(token))
    assert status == 200 and [each["id"] for each in listed["items"]] == [tenant]
    for origin in (None, "https://evil.example", "https://school.example.evil.example"):
        assert (await call(node, "/api/organizations", headers=bearer(token, origin)))[0] == 403
    status, refused = await call(node, "/api/organizations", None, {"name": "x", "slug": "x1"}, headers=bearer(token))
    assert (status, refused["detail"]["error"]) == (403, "INSUFFICIENT_API_KEY_SCOPE")
    for path in ("/api/auth/me", "/api/api-keys", "/api/admin/integration-token-revocations"):
        assert (await call(node, path, headers=bearer(token)))[0] == 403
    clock.advance(300)
    status, refused = await call(node, "/api/organizations", headers=bearer(token))
    assert (status, refused["detail"]["error"]) == (401, "token_expired")


async def test_a_subject_gets_one_account_that_nobody_signs_in_to(parley: Parley) -> None:
    ana = await parley.account("ana")
    tenant = await found(parley, ana)
    scopes = ["xp:read", "organizations:read"]
    for _ in range(2):
        token = (await grant(parley, ana, subject="pupil-17", scopes=scopes))["integrationToken"]
    assert (await call(parley, "/api/xp/profile", headers=bearer(token)))[0] == 200
    assert (await call(parley, "/api/organizations", headers=bearer(token)))[1]["items"] == [], "not its issuer's"
    async with parley.resources.database.connection() as cx:
        guest = await cx.fetchrow("select username, email, password_hash from users where id <> $1", ana.user_id)
        assert await cx.fetchval("select count(*) from users") == 2 and guest is not None
    assert guest["password_hash"] == "!" and guest["email"].endswith("@guests.invalid")
    form = {"username": guest["username"], "password": "!"}
    async with parley.client.post("/api/auth/login", data=form) as response:
        assert response.status == 401
    async with parley.client.delete(f"/api/organizations/{tenant}", headers=ana.headers) as response:
        assert response.status == 204
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 1
    assert (await call(parley, "/api/xp/profile", headers=bearer(token)))[0] == 401


async def test_the_embed_page_is_framed_by_the_tokens_origin_only(parley: Parley) -> None:
    ana = await parley.account("ana")
    await found(parley, ana)
    token = (await grant(parley, ana, mode="embed", scopes=["live:read", "live:write"]))["integrationToken"]
    async with parley.client.get("/embed", params={"integration_token": token}) as response:
        assert response.status == 200 and response.content_type == "text/html"
        policy = response.headers["Content-Security-Policy"]
        assert policy.endswith(f"frame-ancestors {ORIGIN}") and "X-Frame-Options" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "/static/js/embed.js" in await response.text()
    own = parley.url
    status, quota = await call(parley, "/api/live/quota", headers=bearer(token, own))
    assert status == 200 and quota["used_seconds"] == 0
    assert (await call(parley, "/api/live/quota", headers=bearer(token, None)))[0] == 200
    assert (await call(parley, "/api/live/quota", headers=bearer(token, ORIGIN)))[0] == 403
    for wrong in ("nonsense", (await grant(parley, ana))["integrationToken"]):
        async with parley.client.get("/embed", params={"integration_token": wrong}) as response:
            assert response.status == (401 if wrong == "nonsense" else 403)
            assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    async with parley.client.get("/embed") as response:  # a frame that is loaded again and has to find its token
        assert response.status == 200 and response.headers["Content-Security-Policy"].endswith("frame-ancestors *")
