"""API keys over the public API."""

import re
from typing import Any

import pytest

from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.node import Account, Parley, running


async def make(node: Parley, who: Account, **fields: Any) -> dict[str, Any]:
    body = {"name": "importer", "scopes": ["organizations:read"], **fields}
    async with node.client.post("/api/api-keys", json=body, headers=who.headers) as response:
        assert response.status == 201, await response.text()
        made: dict[str, Any] = await response.json()
        return made


async def use(
    node: Parley, key: str, path: str = "/api/organizations", method: str = "GET", **options: Any
) -> tuple[int, Any]:
    headers = {"X-API-Key": key, **options.pop("headers", {})}
    async with node.client.request(method, path, headers=headers, **options) as response:
        return response.status, await response.json()


async def test_a_key_is_shown_once_and_kept_as_a_hash(parley: Parley) -> None:
    ana = await parley.account("ana")
    made = await make(parley, ana, allowed_ips=["127.0.0.1", "10.1.2.3/8"])
    assert re.fullmatch(r"xntr-[A-Za-z0-9_-]{86}", made["key"]) and made["key"].startswith(made["prefix"])
    assert made["allowed_ips"] == ["127.0.0.1/32", "10.0.0.0/8"] and made["last_used_at"] is None
    async with parley.client.get("/api/api-keys", headers=ana.headers) as response:
        listed = await response.json()
    assert listed == {"items": [{**made, "key": None}], "next_cursor": None}
    async with parley.resources.database.connection() as cx:
        assert made["key"] not in str([dict(row) for row in await cx.fetch("select * from api_keys")])
        assert made["key"] not in str([dict(row) for row in await cx.fetch("select * from audit_events")])


async def test_a_key_acts_for_its_creator_within_its_scopes(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    for who, slug in ((ana, "hers"), (ben, "his")):
        async with parley.client.post(
            "/api/organizations", json={"name": slug, "slug": slug}, headers=who.headers
        ) as response:
            assert response.status == 201
    made = await make(parley, ana)
    status, listed = await use(parley, made["key"])
    assert status == 200 and [each["slug"] for each in listed["items"]] == ["hers"]
    status, refused = await use(parley, made["key"], method="POST", json={"name": "x", "slug": "more"})
    assert (status, refused["detail"]["error"]) == (403, "INSUFFICIENT_API_KEY_SCOPE")
    assert refused["detail"]["required_scope"] == "organizations:write"
    assert refused["detail"]["granted_scopes"] == ["organizations:read"]
    for path in ("/api/auth/me", "/api/api-keys", "/api/tenants"):
        assert (await use(parley, made["key"], path))[0] == 403
    async with parley.client.get("/api/api-keys", headers=ana.headers) as response:
        assert (await response.json())["items"][0]["last_used_at"] is not None


@pytest.mark.parametrize("key", ["", "xntr-", "xntr-" + "A" * 86, "xntr-" + "ä" * 86, "x" * 5000])
async def test_an_unknown_key_opens_nothing(parley: Parley, key: str) -> None:
    assert (await use(parley, key))[0] == 401


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["everything"]}, "/scopes/0"),
        ({"allowed_ips": ["10.0.0.0/33"]}, "/allowed_ips/0"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "2040-01-01T00:00:00"}, "/expires_at"),
        ({"name": ""}, "/name"),
    ],
)
async def test_a_key_that_makes_no_sense_is_refused(parley: Parley, fields: dict[str, Any], path: str) -> None:
    ana = await parley.account("ana")
    body = {"name": "importer", "scopes": ["live:read"], **fields}
    async with parley.client.post("/api/api-keys", json=body, headers=ana.headers) as response:
        assert response.status == 400
        assert [field["path"] for field in (await response.json())["detail"]["fields"]] == [path]


async def test_a_key_of_an_organization_stays_inside_and_dies_with_the_membership(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    ids = []
    for slug in ("one", "two"):
        async with parley.client.post(
            "/api/organizations", json={"name": slug, "slug": slug}, headers=ana.headers
        ) as response:
            ids.append((await response.json())["id"])
    for organization in ids:
        await parley.member(ana, organization, ben, role="admin")
    scopes = ["organizations:read", "organizations:write"]
    made = await make(parley, ben, scopes=scopes, organization_id=ids[0])
    assert [each["id"] for each in (await use(parley, made["key"]))[1]["items"]] == [ids[0]]
    assert (await use(parley, made["key"], f"/api/organizations/{ids[1]}"))[0] == 404
    assert (await use(parley, made["key"], f"/api/organizations/{ids[1]}/members"))[0] == 404
    member = f"/api/organizations/{ids[0]}/members/{ben.user_id}"
    moving = {"role": "member", "team": None, "organization_id": ids[1]}
    assert (await use(parley, made["key"], member, "PUT", json=moving))[0] == 404
    assert (await use(parley, made["key"], method="POST", json={"name": "x", "slug": "more"}))[0] == 403
    free = await make(parley, ben)
    async with parley.client.delete(member, headers=ana.headers) as response:
        assert response.status == 204
    assert (await use(parley, made["key"]))[0] == 401
    assert [each["id"] for each in (await use(parley, free["key"]))[1]["items"]] == [ids[1]]


async def test_an_organization_of_others_gets_no_key(parley: Parley) -> None:
    ana, eve = await parley.account("ana"), await parley.account("eve")
    async with parley.client.post(
        "/api/organizations", json={"name": "one", "slug": "one"}, headers=ana.headers
    ) as response:
        organization = (await response.json())["id"]
    body = {"name": "x", "scopes": ["live:read"], "organization_id": organization}
    async with parley.client.post("/api/api-keys", json=body, headers=eve.headers) as response:
        assert response.status == 404
    made = await make(parley, ana)
    async with parley.client.delete(f"/api/api-keys/{made['id']}", headers=eve.headers) as response:
        assert response.status == 404


async def test_the_administrators_scope_is_for_administrators(parley: Parley) -> None:
    ana, boss = await parley.account("ana"), await parley.admin("boss")
    body = {"name": "x", "scopes": ["api:admin"]}
    async with parley.client.post("/api/api-keys", json=body, headers=ana.headers) as response:
        assert (response.status, (await response.json())["detail"]["error"]) == (403, "forbidden")
    assert (await make(parley, boss, scopes=["api:admin"]))["scopes"] == ["api:admin"]


async def test_a_key_is_bound_to_addresses_behind_trusted_proxies(
    database_url: str, redis_url: str, settings: Settings
) -> None:
    trusting = settings.model_copy(update={"trusted_proxies": ("127.0.0.1", "10.0.0.0/8")})
    async with running(trusting, database_url, redis_url) as node:
        made = await make(node, await node.account("ana"), allowed_ips=["203.0.113.0/24"])

        async def from_(chain: str) -> int:
            return (await use(node, made["key"], headers={"X-Forwarded-For": chain}))[0]

        assert await from_("203.0.113.9") == 200
        assert await from_("198.51.100.1") == 403
        assert await from_("203.0.113.9, 10.0.0.3") == 200
        assert await from_("203.0.113.9, 198.51.100.1") == 403, "only the nearest untrusted address is believed"
        assert (await use(node, made["key"]))[0] == 403
    async with running(settings, database_url, redis_url) as node:
        assert (await use(node, made["key"], headers={"X-Forwarded-For": "203.0.113.9"}))[0] == 403


async def test_a_key_dies_on_time(database_url: str, redis_url: str, settings: Settings, clock: FakeClock) -> None:
    async with running(settings, database_url, redis_url, clock=clock) as node:
        made = await make(node, await node.account("ana"), expires_at="2026-03-02T10:00:00Z")
        clock.advance(3599)
        assert (await use(node, made["key"]))[0] == 200
        clock.advance(1)
        status, body = await use(node, made["key"])
        assert (status, body["detail"]["error"]) == (401, "token_expired")


async def test_what_was_revoked_is_refused_on_every_node_at_once(
    database_url: str, redis_url: str, settings: Settings
) -> None:
    async with running(settings, database_url, redis_url) as one, running(settings, database_url, redis_url) as two:
        ana = await one.account("ana")
        made = await make(one, ana)
        assert (await use(two, made["key"]))[0] == 200
        async with one.client.delete(f"/api/api-keys/{made['id']}", headers=ana.headers) as response:
            assert response.status == 204
        assert (await use(two, made["key"]))[0] == (await use(one, made["key"]))[0] == 401
        async with one.client.post("/api/auth/logout", json={}, headers=ana.headers) as response:
            assert response.status == 200
        async with two.client.get("/api/auth/me", headers=ana.headers) as response:
            assert response.status == 401
