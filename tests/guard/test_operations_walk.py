"""Every operation, with every kind of credential: the status that the contract names, and never data of others."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from kit import scopes
from kit.http.operation import Access, Operation
from kit.jwt import Signer
from server import compose
from server.config import Settings
from tests.support import walk
from tests.support.clock import FakeClock
from tests.support.node import Account, Parley, running

SERVICE_KEY = "an internal service key of good length"
ENDS_SESSION = {"POST /api/auth/logout"}


class Walk:
    """A node with people in it, and its rows."""

    def __init__(self, node: Parley, rows: list[Operation], document: dict[str, Any]) -> None:
        self.node = node
        self.rows = rows
        self.document = document

    async def send(self, request: walk.Request, headers: dict[str, str]) -> tuple[int, Any]:
        self.node.client.session.cookie_jar.clear()
        call = self.node.client.request(request.method, request.path, headers=headers, **request.options)
        async with call as response:
            text = (await response.read()).decode(errors="replace")  # some answer with sound
            body: Any = await response.json() if text.startswith("{") else text
            if request.path.startswith("/v1/") and response.status >= 400:  # its errors have their own shape
                body = {"detail": {"error": body["error"]["code"], "message": body["error"]["message"]}}
            return response.status, body

    async def bare(self, row: Operation, headers: dict[str, str]) -> tuple[int, Any]:
        """Without a body, about things that nobody has: enough to be let in or not."""
        return await self.send(walk.Request(row.method, walk.filled_path(row, {}), {}), headers)

    async def key(self, who: Account, names: list[str], **fields: Any) -> dict[str, str]:
        body = {"name": "walk", "scopes": names, **fields}
        async with self.node.client.post("/api/api-keys", json=body, headers=who.headers) as response:
            assert response.status == 201, await response.text()
            return {"X-API-Key": (await response.json())["key"]}


@pytest.fixture
async def place(database_url: str, redis_url: str, settings: Settings) -> AsyncIterator[Walk]:
    classes = ("limit_read", "limit_write", "limit_heavy", "limit_public", "limit_login")
    fields = {**settings.model_dump(exclude_unset=True), **dict.fromkeys(classes, 1_000_000)}
    async with running(Settings(**fields, service_key=SERVICE_KEY), database_url, redis_url) as node:
        rows = compose.compose(node.resources).part.operations
        async with node.client.get("/api/openapi.json") as response:
            yield Walk(node, rows, await response.json())


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_what_is_no_good_opens_nothing(place: Walk) -> None:
    ana, ben = await place.node.account("ana"), await place.node.account("ben")
    claims = {"use": "access", "sub": ana.user_id, "sid": ana.user_id}
    secret = "0123456789abcdef0123456789abcdef"
    lifetime = FakeClock().now() - FakeClock().now()
    deleted = await place.key(ana, list(scopes.ALL[:-1]))
    async with place.node.client.get("/api/api-keys", headers=ana.headers) as response:
        key_id = (await response.json())["items"][0]["id"]
    async with place.node.client.delete(f"/api/api-keys/{key_id}", headers=ana.headers) as response:
        assert response.status == 204
    expired_key = await place.key(ana, list(scopes.ALL[:-1]))
    async with place.node.resources.database.connection() as cx:
        await cx.execute("update api_keys set expires_at = now() - interval '1 second'")
    async with place.node.client.post("/api/auth/logout", json={}, headers=ben.headers) as response:
        assert response.status == 200
    credentials: dict[str, dict[str, str]] = {
        "none": {},
        "nonsense": bearer("nonsense"),
        "expired": bearer(Signer(secret, FakeClock()).issue(claims, lifetime)),
        "signed by another": bearer(Signer("x" * 32, place.node.resources.clock).issue(claims, lifetime * 0)),
        "revoked": ben.headers,
        "unknown key": {"X-API-Key": "xntr-" + "A" * 86},
        "deleted key": deleted,
        "expired key": expired_key,
        "wrong service key": {"X-Service-Key": "x" * 40},
    }
    for row in place.rows:
        for name, headers in credentials.items():
            status, body = await place.bare(row, headers)
            if row.access is Access.PUBLIC:
                assert status not in (403, 500), (row.name, name, body)
                continue
            assert status == 401, (row.name, name, body)
            expected = {"not_authenticated", "token_expired"} if "expired" in name else {"not_authenticated"}
            assert body["detail"]["error"] in expected, (row.name, name)


async def test_each_credential_opens_exactly_its_rows(place: Walk) -> None:
    ana, boss = await place.node.account("ana"), await place.node.admin("boss")
    every = [name for name in scopes.ALL if name != "api:admin"]
    keys = {name: await place.key(ana, [name]) for name in every}
    without: dict[tuple[str, ...], dict[str, str]] = {}
    for row in place.rows:
        if row.access is Access.PUBLIC or row.name in ENDS_SESSION:
            continue
        person, admin = await place.bare(row, ana.headers), await place.bare(row, boss.headers)
        assert (person[0] == 403) == (row.access is Access.ADMIN), (row.name, person)
        assert admin[0] not in (401, 403), (row.name, admin)
        service = await place.bare(row, {"X-Service-Key": SERVICE_KEY})
        assert (service[0] == 401) == (row.access is not Access.BEARER_OR_SERVICE), (row.name, service)
        if row.scope is None:
            status, body = await place.bare(row, keys["live:read"])
            assert (status, body["detail"]["error"]) == (403, "forbidden"), row.name
            assert "no API keys" in body["detail"]["message"], row.name
            continue
        for scope in row.scopes:
            status, body = await place.bare(row, keys[scope])
            assert status not in (401, 403), (row.name, body)
        if row.scopes not in without:
            without[row.scopes] = await place.key(ana, [name for name in every if name not in row.scopes])
        status, body = await place.bare(row, without[row.scopes])
        assert (status, body["detail"]["error"]) == (403, "INSUFFICIENT_API_KEY_SCOPE"), row.name
        assert row.scope in body["detail"]["message"]
        if row.path.startswith("/v1/"):
            continue
        assert body["detail"]["required_scope"] == row.scope
        assert row.scope not in body["detail"]["granted_scopes"] and len(body["detail"]["granted_scopes"]) > 1


async def test_an_integration_token_opens_its_rows_from_its_origin_only(place: Walk) -> None:
    ana, origin = await place.node.account("ana"), "https://school.example"
    school = {"name": "School", "slug": "school"}
    async with place.node.client.post("/api/organizations", json=school, headers=ana.headers) as response:
        assert response.status == 201

    async def token(names: list[str]) -> dict[str, str]:
        body = {"mode": "api", "origin": origin, "scopes": names, "ttlSeconds": 900}
        async with place.node.client.post("/api/integration/grant", json=body, headers=ana.headers) as response:
            return bearer((await response.json())["integrationToken"]) | {"Origin": origin}

    every = [name for name in scopes.ALL if name not in scopes.NOT_FOR_TOKENS]
    bound = {name: await token([name]) for name in every}
    without: dict[tuple[str, ...], dict[str, str]] = {}
    for row in place.rows:
        if row.access is Access.PUBLIC:
            continue
        if row.scope is None:
            status, body = await place.bare(row, bound["live:read"])
            assert (status, body["detail"]["error"]) == (403, "forbidden"), row.name
            continue
        if row.scope in bound:
            status, body = await place.bare(row, bound[row.scope])
            assert status not in (401, 403), (row.name, body)
        if row.scopes not in without:
            without[row.scopes] = await token([name for name in every if name not in row.scopes])
        status, body = await place.bare(row, without[row.scopes])
        assert (status, body["detail"]["error"]) == (403, "INSUFFICIENT_API_KEY_SCOPE"), row.name
        for elsewhere in ({"Origin": "https://evil.example"}, {"Origin": place.node.url}, {"Origin": ""}):
            status, body = await place.bare(row, bound.get(row.scope, bound["live:read"]) | elsewhere)
            assert (status, body["detail"]["error"]) == (403, "forbidden"), (row.name, elsewhere)


async def test_what_somebody_owns_does_not_exist_for_others(place: Walk) -> None:
    node = place.node
    ana, eve, boss = await node.account("ana"), await node.account("eve"), await node.admin("boss")
    things = await walk.belongings(node, ana)
    every = [name for name in scopes.ALL if name != "api:admin"]
    async with node.client.post(
        "/api/organizations", json={"name": "Hers", "slug": "hers"}, headers=eve.headers
    ) as response:
        elsewhere = (await response.json())["id"]
    strangers = {
        "another user": eve.headers,
        "a key of another user": await place.key(eve, every),
        "a key of another organization": await place.key(eve, every, organization_id=elsewhere),
        "an administrator": boss.headers,
    }
    await jobs_done(node)
    before = await contents(node)
    seen = []
    for row in place.rows:
        if row.access in (Access.PUBLIC, Access.ADMIN):
            continue
        owned = {walk.meaning(row.path, name) for name in row.shapes.ids}
        assert owned <= set(things), f"{row.name}: teach tests/support/walk.py to make {owned - set(things)}"
        request = walk.request(row, place.document, things)
        speaks_of = owned | {walk.meaning(row.path, name) for name in request.options.get("json") or ()} & set(things)
        if not speaks_of:
            continue
        for name, headers in strangers.items():
            if "key" in name and row.scope is None:
                continue
            status, body = await place.send(request, headers)
            if status != 404 or body["detail"]["error"] != "not_found" or "secret" in str(body):
                seen.append((row.name, name, sorted(speaks_of), status, body))
    assert seen == []
    assert await contents(node) == before, "a refused request changes nothing"


async def test_a_key_of_one_organization_sees_nothing_of_another(place: Walk) -> None:
    """Both organizations are the same user's: the key still stays in its own."""
    ana = await place.node.account("ana")
    things = await walk.belongings(place.node, ana)
    async with place.node.client.post(
        "/api/organizations", json={"name": "Other", "slug": "other"}, headers=ana.headers
    ) as response:
        elsewhere = (await response.json())["id"]
    every = [name for name in scopes.ALL if name != "api:admin"]
    key = await place.key(ana, every, organization_id=elsewhere)
    for row in place.rows:
        if row.scope is not None and "org_id" in row.shapes.ids:
            status, body = await place.send(walk.request(row, place.document, things), key)
            assert (status, body["detail"]["error"]) == (404, "not_found"), row.name


async def jobs_done(node: Parley) -> None:
    async with asyncio.timeout(90), node.resources.database.connection() as cx:
        while await cx.fetchval("select count(*) from jobs"):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.1)


async def contents(node: Parley) -> dict[str, list[Any]]:
    """All rows of all tables, but for the notes about when a key was used and what passes by itself."""
    passing = {"api_keys", "jobs", "login_attempts", "idempotency_keys", "migrations"}
    async with node.resources.database.connection() as cx:
        names = await cx.fetch("select tablename from pg_tables where schemaname = 'public' order by 1")
        return {
            row["tablename"]: sorted(map(str, await cx.fetch(f'select * from "{row["tablename"]}"')))  # noqa: S608
            for row in names
            if row["tablename"] not in passing
        }
