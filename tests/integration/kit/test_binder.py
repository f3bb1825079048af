"""The binder on a real web server, with rows of the test's own."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import Field

from kit import errors, patience
from kit.caller import Caller
from kit.clock import SystemClock
from kit.database import Database
from kit.http import addresses, bind, front, gate, limits, origins
from kit.http.operation import Access, Call, Operation
from kit.http.repeats import Repeats
from kit.http.wire import Body, Id, View
from kit.ids import new_id
from kit.redis import Redis
from kit.secrets import Sealer
from kit.storable import JsonObject


class Make(Body):
    name: str = Field(min_length=2)
    size: int = Field(ge=1)


class Filter(Body):
    limit: int = Field(5, ge=1, le=9)


class Made(View):
    name: str
    by: str


class Doors:
    """Two credentials: a person, and a key that may only read."""

    async def bearer(self, token: str) -> Caller:
        if token != "person":
            raise errors.unauthenticated("token_expired", "The access token has expired.")
        return Caller("u1", "user", "bearer", "s1")

    async def key(self, key: str, address: str) -> Caller:
        return Caller("u1", "user", "key", "k1", scopes=frozenset({"live:read"}))

    async def service(self, key: str) -> Caller:
        raise errors.unauthenticated()

    async def ended(self, callers: Sequence[Caller]) -> set[str]:
        return set()


async def make(call: Call, body: Make) -> Made:
    return Made(name=body.name, by=call.caller.via)


async def listing(call: Call, query: Filter) -> Made:
    return Made(name=str(query.limit), by=call.address)


async def show(call: Call, thing_id: Id) -> Made:
    raise RuntimeError("a secret detail")


async def remove(call: Call, thing_id: Id) -> None:
    return None


ROWS = [
    Operation("POST", "/things", make, "Make", "T", Access.BEARER_OR_KEY, "live:write", status=201, max_bytes=200),
    Operation("GET", "/things", listing, "List", "T", Access.PUBLIC, rate="login"),
    Operation("GET", "/things/{thing_id}", show, "Show", "T", Access.BEARER),
    Operation("DELETE", "/things/{thing_id}", remove, "Remove", "T", Access.ADMIN),
]
PERSON = {"Authorization": "Bearer person"}

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def web_client(redis: Redis) -> AsyncIterator[Client]:
    app = web.Application()
    front.Front().attach(app)
    counted = limits.Limits(redis, {"login": limits.Policy(3, 60), "write": limits.Policy(1000, 60)})
    guard = gate.Gate(Doors(), counted, addresses.TrustedProxies(), origins.Origins(), SystemClock())
    app.add_routes(bind.Binder(guard, None).routes(ROWS))
    async with TestClient(TestServer(app)) as client:
        yield client


async def _error(response: ClientResponse, status: int) -> JsonObject:
    body = await response.json()
    assert response.status == status, body
    detail: JsonObject = body["detail"]
    return detail


async def test_a_good_request_is_answered_with_the_rows_status(web_client: Client) -> None:
    response = await web_client.post("/things", json={"name": "oak", "size": 2}, headers=PERSON)
    assert response.status == 201
    assert await response.json() == {"name": "oak", "by": "bearer"}


async def test_all_field_errors_come_at_once(web_client: Client) -> None:
    response = await web_client.post("/things", json={"name": "x", "size": 0, "more": 1}, headers=PERSON)
    detail = await _error(response, 400)
    assert detail["error"] == "invalid_request"
    assert {field["path"] for field in detail["fields"]} == {"/name", "/size", "/more"}


async def test_a_key_without_the_scope_learns_which_one_it_needs(web_client: Client) -> None:
    response = await web_client.post("/things", json={"name": "oak", "size": 2}, headers={"X-API-Key": "k"})
    detail = await _error(response, 403)
    assert detail["error"] == "INSUFFICIENT_API_KEY_SCOPE"
    assert (detail["required_scope"], detail["granted_scopes"]) == ("live:write", ["live:read"])


@pytest.mark.parametrize(
    "headers, code", [({}, "not_authenticated"), ({"Authorization": "Bearer old"}, "token_expired")]
)
async def test_without_a_valid_credential_nothing_opens(web_client: Client, headers: dict[str, str], code: str) -> None:
    response = await web_client.post("/things", json={}, headers=headers)
    assert (await _error(response, 401))["error"] == code
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


async def test_a_malformed_id_is_like_an_unknown_one(web_client: Client) -> None:
    assert (await _error(await web_client.get("/things/17", headers=PERSON), 404))["error"] == "not_found"


async def test_a_crash_shows_no_trace(web_client: Client) -> None:
    response = await web_client.get(f"/things/{new_id()}", headers=PERSON)
    assert (await _error(response, 500))["error"] == "internal_error"
    assert "secret detail" not in await response.text()


async def test_only_administrators_pass_an_admin_row(web_client: Client) -> None:
    response = await web_client.delete(f"/things/{new_id()}", headers=PERSON)
    assert (await _error(response, 403))["error"] == "forbidden"


@pytest.mark.parametrize("query", ["?limit=10", "?limit=a", "?unknown=1", "?limit=1&limit=2"])
async def test_bad_query_parameters_are_refused(web_client: Client, query: str) -> None:
    assert (await _error(await web_client.get(f"/things{query}"), 400))["error"] == "invalid_request"


async def test_the_body_has_a_size_and_a_type(web_client: Client) -> None:
    big = await web_client.post("/things", data=b"x" * 300, headers={**PERSON, "Content-Type": "application/json"})
    assert (await _error(big, 413))["error"] == "too_large"
    xml = await web_client.post("/things", data=b"<a/>", headers={**PERSON, "Content-Type": "text/xml"})
    assert (await _error(xml, 415))["error"] == "unsupported_media_type"


async def test_limits_count_down_and_then_refuse(web_client: Client) -> None:
    seen = [await web_client.get("/things") for _ in range(4)]
    assert [response.status for response in seen] == [200, 200, 200, 429]
    assert [response.headers["RateLimit"].split(";")[1] for response in seen] == ["r=2", "r=1", "r=0", "r=0"]
    assert seen[0].headers["RateLimit-Policy"] == '"login";q=3;w=60'
    assert 1 <= int(seen[3].headers["Retry-After"]) <= 20


async def test_a_sane_request_id_comes_back_and_another_is_replaced(web_client: Client) -> None:
    kept = await web_client.get("/things", headers={"X-Request-Id": "abc-1"})
    replaced = await web_client.get("/things", headers={"X-Request-Id": "a b\tc"})
    assert kept.headers["X-Request-Id"] == "abc-1"
    assert replaced.headers["X-Request-Id"] != "a b\tc"


async def test_a_strict_problem_document_when_asked_for(web_client: Client) -> None:
    response = await web_client.get("/nowhere", headers={"Accept": "application/problem+json"})
    body = await response.json(content_type="application/problem+json")
    assert (response.status, body["code"], body["status"]) == (404, "not_found", 404)
    assert isinstance(body["detail"], str)


async def test_an_effect_is_remembered_when_the_request_has_no_patience_left(redis: Redis, database: Database) -> None:
    made = []

    async def slow(call: Call, body: Make) -> Made:
        patience.waited(asyncio.get_running_loop().time() - 2 * patience.REQUEST_SECONDS)
        if body.name == "refused":
            raise errors.unavailable("unavailable", "No.", 1)
        made.append(body.name)
        return Made(name=body.name, by=call.caller.via)

    app = web.Application()
    front.Front().attach(app)
    counted = limits.Limits(redis, {"write": limits.Policy(1000, 60)})
    guard = gate.Gate(Doors(), counted, addresses.TrustedProxies(), origins.Origins(), SystemClock())
    row = Operation("POST", "/things", slow, "Make", "T", Access.BEARER, status=201, idempotent=True)
    app.add_routes(bind.Binder(guard, Repeats(database, SystemClock(), Sealer("x" * 32))).routes([row]))
    async with TestClient(TestServer(app)) as client:
        for key, body, status in (("k", {"name": "chair", "size": 1}, 201), ("r", {"name": "refused", "size": 1}, 503)):
            for _ in range(2):
                async with client.post("/things", json=body, headers={**PERSON, "Idempotency-Key": key}) as response:
                    assert response.status == status
    assert made == ["chair"]
    async with database.connection() as cx:
        assert await cx.fetchval("select array_agg(key) from idempotency_keys") == ["k"]
