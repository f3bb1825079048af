"""What browsers and clients are told around every answer: CORS, security headers, limits, request ids."""

import re
from collections.abc import AsyncIterator
from math import ceil
from time import monotonic
from typing import Any

import pytest
from aiohttp import WSServerHandshakeError
from structlog.testing import capture_logs

from server.config import Settings
from tests.support import doors
from tests.support.node import Account, Parley, running

APP = "https://app.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,idempotency-key"}


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    fields: dict[str, Any] = {
        "cors_origins": (APP, "https://other.example:8443"),
        "public_url": "https://parley.example",
        "limit_read": 5,
        "limit_public": 7,
        "trusted_proxies": ("127.0.0.1", "::1"),
    }
    async with running(settings.model_copy(update=fields), database_url, redis_url) as parley:
        yield parley


async def key_of(node: Parley, who: Account) -> dict[str, str]:
    body = {"name": "k", "scopes": ["conversations:read"]}
    async with node.client.post("/api/api-keys", json=body, headers=who.headers) as response:
        assert response.status == 201
        return {"X-API-Key": (await response.json())["key"]}


@pytest.mark.parametrize("origin", [APP, "https://other.example:8443"])
async def test_a_preflight_of_a_configured_origin(node: Parley, origin: str) -> None:
    headers = {"Origin": origin, **PREFLIGHT}
    async with node.client.options("/api/core/notes", headers=headers) as response:
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == origin
        assert "POST" in response.headers["Access-Control-Allow-Methods"]
        allowed = response.headers["Access-Control-Allow-Headers"].lower()
        assert {"authorization", "idempotency-key", "x-api-key", "content-type"} <= set(allowed.split(", "))
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert response.headers["Vary"] == "Origin"


@pytest.mark.parametrize("origin", ["https://evil.example", f"{APP}.evil.example", "http://app.example", "null"])
async def test_another_origin_is_told_nothing(node: Parley, origin: str) -> None:
    async with node.client.options("/api/core/notes", headers={"Origin": origin, **PREFLIGHT}) as response:
        assert not [name for name in response.headers if name.startswith("Access-Control")]
    async with node.client.get("/api/health", headers={"Origin": origin}) as response:
        assert response.status == 200 and "Access-Control-Allow-Origin" not in response.headers


async def test_scripts_may_read_answers_and_errors(node: Parley) -> None:
    for path, status in [("/api/health", 200), ("/api/core/notes", 401), ("/nowhere", 404)]:
        async with node.client.get(path, headers={"Origin": APP}) as response:
            assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (status, APP)
            exposed = response.headers["Access-Control-Expose-Headers"]
            assert {"X-Request-Id", "RateLimit", "Retry-After", "Idempotency-Replayed"} <= set(exposed.split(", "))


async def test_without_configured_origins_there_is_no_cors(parley: Parley) -> None:
    async with parley.client.options("/api/core/notes", headers={"Origin": APP, **PREFLIGHT}) as response:
        assert not [name for name in response.headers if name.startswith("Access-Control")]


async def test_every_answer_carries_the_security_headers(node: Parley) -> None:
    ana = await node.account("ana")
    asked: list[tuple[str, str, dict[str, str]]] = [
        ("GET", "/api/health", {}),
        ("GET", "/api/auth/me", ana.headers),
        ("GET", "/api/auth/me", {}),
        ("GET", "/nowhere", {}),
        ("PROPFIND", "/api/health", {}),
        ("DELETE", "/api/health", {}),
        ("POST", "/api/auth/login", {}),
        ("GET", "/", {}),
        ("GET", "/docs", {}),
        ("GET", "/static/js/embed.js", {}),
        ("GET", "/sdk/session.js", {}),
        ("GET", "/metrics", {}),
        ("GET", "/api/openapi.json", {}),
    ]
    for method, path, headers in asked:
        async with node.client.request(method, path, headers=headers) as response:
            sent = response.headers
            assert sent["X-Content-Type-Options"] == "nosniff", path
            assert sent["Referrer-Policy"] == "no-referrer"
            assert "frame-ancestors 'none'" in sent["Content-Security-Policy"]
            assert sent["Strict-Transport-Security"] == "max-age=31536000"
            assert sent["Server"] == "Parley" and sent["X-Request-Id"]
            if response.content_type == "text/html":
                assert "default-src 'self'" in sent["Content-Security-Policy"]
                assert "'unsafe-inline'" not in sent["Content-Security-Policy"].split("style-src")[0]
                assert sent["Cross-Origin-Opener-Policy"] == "same-origin"
            if headers:
                assert sent["Cache-Control"] == "no-store"
            if response.status == 405:
                assert "GET" in sent["Allow"]


PAGES = ("/",)
_PAGE = "default-src 'self'"
_DATA = "default-src 'none'"


async def test_every_answer_of_a_page_has_the_policy_of_a_page(node: Parley) -> None:
    """A browser puts the headers of a 304 in the place of those that it kept with the page."""
    for path in PAGES:
        async with node.client.get(path) as first:
            known, policy = {"If-None-Match": first.headers["ETag"]}, first.headers["Content-Security-Policy"]
            assert _PAGE in policy and first.headers["Cache-Control"] == "no-cache"
            since = {"If-Modified-Since": first.headers["Last-Modified"]}
        for method, asked, status in [
            ("GET", known, 304),
            ("GET", since, 304),
            ("HEAD", known, 304),
            ("HEAD", {}, 200),
            ("GET", {"Range": "bytes=0-9"}, 206),
            ("GET", {"Range": "bytes=999999-"}, 416),
            ("GET", {"If-Match": '"other"'}, 412),
        ]:
            async with node.client.request(method, path, headers=asked) as again:
                assert again.status == status, (path, asked)
                assert again.headers["Content-Security-Policy"] == policy, (path, asked)
                assert again.headers["Permissions-Policy"].startswith("microphone=(self)")


async def test_what_is_no_page_has_the_policy_of_data_whatever_it_is_asked_for(node: Parley) -> None:
    async with node.client.get("/static/js/app.js") as script:
        tag = script.headers["ETag"]
        assert script.headers["Cache-Control"] == "no-cache"
    browser = {"Accept": "text/html", "If-None-Match": tag}
    for path, status in [
        ("/static/js/app.js", 304),
        ("/api/nowhere", 404),
        ("/static/nowhere.html", 404),
        ("/sdk/nowhere.js", 404),
        ("/static/", 403),
        ("/api/health", 200),
        ("/embed?integration_token=x", 401),
    ]:
        for method in ("GET", "HEAD"):
            async with node.client.request(method, path, headers=browser) as response:
                assert response.status == status, path
                assert response.headers["Content-Security-Policy"].startswith(_DATA), path


async def test_cookies_insist_on_https_where_clients_use_it(node: Parley, parley: Parley) -> None:
    for place, wanted in ((node, True), (parley, False)):
        who = await place.account("cookie")
        form = {"username": who.username, "password": who.password}
        async with place.client.post("/api/auth/login", data=form) as response:
            cookie = response.headers["Set-Cookie"]
            assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and ("Secure" in cookie) is wanted
        async with place.client.delete("/api/auth/me", json={"password": who.password}, headers=who.headers):
            pass


async def left(node: Parley, path: str, headers: dict[str, str]) -> tuple[int, str | None, str | None]:
    async with node.client.get(path, headers=headers) as response:
        return response.status, response.headers.get("RateLimit"), response.headers.get("Retry-After")


async def used_up(node: Parley, path: str, headers: dict[str, str], policy: str, quota: int) -> None:
    """Ask until a quota of a minute is gone: it is told after each answer. What time gave back meanwhile is allowed."""
    begun, each = monotonic(), 60 / quota
    for number in range(1, 3 * quota):
        status, limit, wait = await left(node, path, headers)
        given_back = monotonic() - begun
        told = re.fullmatch(f'"{policy}";r=(\\d+);t=(\\d+)', limit or "")
        assert told is not None, limit
        remaining, reset = int(told[1]), int(told[2])
        if status == 429:
            assert quota <= number - 1 <= quota + given_back / each
            assert remaining == 0 and wait is not None and 1 <= int(wait) <= ceil(each) and 60 - each <= reset <= 60
            return
        assert status == 200
        assert quota - number <= remaining <= quota - number + given_back / each
        assert each * number - given_back <= reset <= ceil(each * number)
    raise AssertionError("the quota is never gone")


async def test_each_person_key_and_address_has_its_own_quota(node: Parley) -> None:
    ana, ben = await node.account("ana"), await node.account("ben")
    key, path = await key_of(node, ana), "/api/core/notes"
    await used_up(node, path, ana.headers, "read", 5)
    assert (await left(node, path, ben.headers))[1] == '"read";r=4;t=12'
    assert (await left(node, path, key))[1] == '"read";r=4;t=12', "a key does not eat its maker's quota"
    for address in ("203.0.113.1", "203.0.113.2"):
        await used_up(node, "/api/integration/jwks?tenantId=" + ana.user_id, forwarded(address), "public", 7)


def forwarded(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address}


PUBLIC = "https://parley.example"
"""`public_url` of `node`; its tests ask it under another Host, as proxies do that do not pass it on."""


async def test_pages_of_the_public_address_are_our_own(node: Parley) -> None:
    ana = await node.account("ana")
    for kind in (doors.websocket, doors.socket_io):
        for origin in (PUBLIC, "https://PARLEY.example:443", APP, node.url):
            async with kind(node, "/live", {"token": ana.access_token}, origin) as (code, _):
                assert code == doors.OPEN, (kind, origin)
    async with node.client.options("/api/core/notes", headers={"Origin": PUBLIC, **PREFLIGHT}) as response:
        assert response.headers["Access-Control-Allow-Origin"] == PUBLIC
    async with node.client.post(
        "/api/organizations", json={"name": "S", "slug": "s0"}, headers=ana.headers
    ) as response:
        assert response.status == 201
    wanted = {"mode": "embed", "origin": APP, "scopes": ["live:read"], "ttlSeconds": 300}
    async with node.client.post("/api/integration/grant", json=wanted, headers=ana.headers) as response:
        token = (await response.json())["integrationToken"]
    for origin, status in ((PUBLIC, 200), (node.url, 200), (APP, 403), ("http://parley.example", 403)):
        headers = {"Authorization": f"Bearer {token}", "Origin": origin}
        async with node.client.get("/api/live/quota", headers=headers) as response:
            assert response.status == status, origin


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://parley.example", "https://x.parley.example", "null"]
)
async def test_a_refused_page_is_one_line_in_the_log_with_the_cure(node: Parley, origin: str) -> None:
    with capture_logs() as lines:
        for path in ("/api/realtime/live", "/v1/realtime?intent=transcription"):
            with pytest.raises(WSServerHandshakeError) as refused:
                await node.client.ws_connect(path, origin=origin)
            assert refused.value.status == 403
        async with doors.socket_io(node, "/live", {}, origin) as (code, _):
            assert code == "closed"
        async with node.client.options("/api/core/notes", headers={"Origin": origin, **PREFLIGHT}) as response:
            assert "Access-Control-Allow-Origin" not in response.headers
    told = [line for line in lines if line["event"] == "origin_refused"]
    assert [line["origin"] for line in told] == [origin]
    assert "PARLEY_PUBLIC_URL" in told[0]["cure"] and "PARLEY_CORS_ORIGINS" in told[0]["cure"]


async def test_our_own_pages_stand_in_no_log(node: Parley) -> None:
    with capture_logs() as lines:
        for origin in (node.url, PUBLIC, APP):
            async with node.client.post("/api/auth/login", data={}, headers={"Origin": origin}) as response:
                assert response.status == 400
    assert not [line for line in lines if line["event"] == "origin_refused"]
