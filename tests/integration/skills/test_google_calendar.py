"""Google Calendar, against a server that checks what Google checks."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.google import ACCOUNT, FakeGoogle, fake_google
from tests.support.node import PASSWORD, Account, Parley, running

BASE = "/api/integrations/google-calendar"
PUBLIC_URL = "https://parley.example"
LESSON = {"starts_at": "2030-01-01T18:00:00Z", "duration_minutes": 45, "title": "Speaking", "description": "Unit 3"}


@pytest.fixture
async def place(
    database_url: str, redis_url: str, settings: Settings, clock: FakeClock
) -> AsyncIterator[tuple[Parley, FakeGoogle, FakeClock]]:
    async with fake_google(PUBLIC_URL + BASE + "/callback") as google:
        changes = {**google.settings, "public_url": PUBLIC_URL, "cors_origins": ("https://app.example",)}
        fields = {**settings.model_dump(exclude_unset=True), **changes}
        async with running(Settings(**fields), database_url, redis_url, clock=clock) as node:
            yield node, google, clock


async def call(node: Parley, method: str, path: str, who: Account, **options: Any) -> tuple[int, Any]:
    async with node.client.request(method, path, headers=who.headers, **options) as response:
        return response.status, (await response.json() if response.status != 204 else None)


async def begin(node: Parley, who: Account, redirect_to: str | None = None) -> tuple[dict[str, Any], str]:
    """What the server says, and the browser's cookie."""
    params = {"redirect_to": redirect_to} if redirect_to else {}
    async with node.client.get(f"{BASE}/start", params=params, headers=who.headers) as response:
        assert response.status == 200, await response.text()
        cookie = response.headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
        return await response.json(), cookie.split(";")[0]


async def visit(node: Parley, url: str) -> str:
    """Go to Google as a browser does; the path and query that Google sends the browser to."""
    async with node.client.session.get(url, allow_redirects=False) as response:
        assert response.status == 302, await response.text()
        back = urlsplit(response.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == PUBLIC_URL
    return f"{back.path}?{back.query}"


async def come_back(node: Parley, path: str, cookie: str) -> tuple[int, Any, str | None]:
    node.client.session.cookie_jar.clear()
    headers = {"Cookie": cookie} if cookie else {}
    async with node.client.get(path, headers=headers, allow_redirects=False) as response:
        return response.status, await response.json(), response.headers.get("Location")


async def connect(node: Parley, who: Account) -> str:
    begun, cookie = await begin(node, who)
    status, answer, _ = await come_back(node, await visit(node, begun["authorization_url"]), cookie)
    assert (status, answer["connected"]) == (200, True), answer
    return str((await call(node, "GET", "/api/integrations", who))[1]["items"][0]["id"])


async def test_a_calendar_is_connected_and_gets_a_lesson(place: tuple[Parley, FakeGoogle, FakeClock]) -> None:
    node, google, _ = place
    ana = await node.account("ana")
    begun, cookie = await begin(node, ana, "/settings?tab=1")
    query = parse_qs(urlsplit(begun["authorization_url"]).query)
    assert query["code_challenge_method"] == ["S256"] and query["state"] == [begun["state"]]
    path = await visit(node, begun["authorization_url"])
    status, answer, location = await come_back(node, path, cookie)
    assert (status, answer["account"]) == (303, ACCOUNT)
    assert location == "/settings?tab=1&connected=google-calendar"
    listed = (await call(node, "GET", "/api/integrations", ana))[1]["items"]
    assert [(each["provider"], each["status"], each["account"]) for each in listed] == [
        ("google-calendar", "active", ACCOUNT)
    ]
    status, event = await call(node, "POST", f"{BASE}/events", ana, json=LESSON)
    assert status == 201 and event["ends_at"] == "2030-01-01T18:45:00Z"
    assert event["html_link"].startswith("https://calendar.google.com/")
    kept = google.events[event["event_id"]]
    assert kept["summary"] == "Speaking" and kept["start"] == {"dateTime": "2030-01-01T18:00:00+00:00"}


async def test_a_state_is_bound_to_the_browser_and_good_once(place: tuple[Parley, FakeGoogle, FakeClock]) -> None:
    node, _, clock = place
    ana, eve = await node.account("ana"), await node.account("eve")
    begun, cookie = await begin(node, ana)
    _, evil = await begin(node, eve)
    path = await visit(node, begun["authorization_url"])
    for wrong in ("", evil):
        status, answer, _ = await come_back(node, path, wrong)
        assert (status, answer["detail"]["error"]) == (403, "invalid_state")
    begun, cookie = await begin(node, ana)
    path = await visit(node, begun["authorization_url"])
    assert (await come_back(node, path, cookie))[0] == 200
    assert (await come_back(node, path, cookie))[1]["detail"]["error"] == "invalid_state"
    begun, cookie = await begin(node, ana)
    path = await visit(node, begun["authorization_url"])
    clock.advance(600)
    assert (await come_back(node, path, cookie))[1]["detail"]["error"] == "invalid_state"
    assert (await call(node, "GET", "/api/integrations", eve))[1]["items"] == []


async def test_a_code_of_another_attempt_is_refused(place: tuple[Parley, FakeGoogle, FakeClock]) -> None:
    node, _, _ = place
    ana = await node.account("ana")
    begun, cookie = await begin(node, ana)
    other, _ = await begin(node, await node.account("eve"))
    stolen = parse_qs(urlsplit(await visit(node, other["authorization_url"])).query)["code"][0]
    status, answer, _ = await come_back(node, f"{BASE}/callback?state={begun['state']}&code={stolen}", cookie)
    assert (status, answer["detail"]["error"]) == (400, "invalid_grant"), "PKCE: the verifier does not fit"


async def test_declining_is_an_answer(place: tuple[Parley, FakeGoogle, FakeClock]) -> None:
    node, google, _ = place
    ana = await node.account("ana")
    google.consent = False
    begun, cookie = await begin(node, ana, "https://app.example/done")
    status, answer, location = await come_back(node, await visit(node, begun["authorization_url"]), cookie)
    assert (status, answer["connected"], location) == (303, False, "https://app.example/done?error=access_denied")


async def test_nobody_is_sent_to_a_foreign_place(place: tuple[Parley, FakeGoogle, FakeClock]) -> None:
    node, _, _ = place
    ana = await node.account("ana")
    status, _ = await call(node, "GET", f"{BASE}/start", ana, params={"redirect_to": "https://evil.example/"})
    assert status == 403


async def test_an_old_access_token_is_renewed(place: tuple[Parley, FakeGoogle, FakeClock]) -> None:
    node, google, clock = place
    ana = await node.account("ana")
    await connect(node, ana)
    first = set(google.access_tokens)
    clock.advance(600)
    assert (await call(node, "POST", f"{BASE}/events", ana, json=LESSON))[0] == 201
    assert google.access_tokens == first
    google.access_tokens.clear()  # it died before its time
    assert (await call(node, "POST", f"{BASE}/events", ana, json=LESSON))[0] == 201
    assert len(google.access_tokens) == 1 and google.access_tokens != first


async def test_a_permission_that_was_withdrawn_shows(place: tuple[Parley, FakeGoogle, FakeClock]) -> None:
    node, google, _ = place
    ana = await node.account("ana")
    status, answer = await call(node, "POST", f"{BASE}/events", ana, json=LESSON)
    assert (status, answer["detail"]["error"]) == (409, "not_connected")
    await connect(node, ana)
    google.access_tokens.clear()
    google.refresh_tokens.clear()
    status, answer = await call(node, "POST", f"{BASE}/events", ana, json=LESSON)
    assert (status, answer["detail"]["error"]) == (409, "not_connected")
    assert (await call(node, "GET", "/api/integrations", ana))[1]["items"][0]["status"] == "revoked"
    await connect(node, ana)
    listed = (await call(node, "GET", "/api/integrations", ana))[1]["items"]
    assert [each["status"] for each in listed] == ["active"], "connecting again renews the same connection"


async def test_tokens_are_sealed_and_revoked_at_google(place: tuple[Parley, FakeGoogle, FakeClock]) -> None:
    node, google, _ = place
    ana, eve = await node.account("ana"), await node.account("eve")
    connection = await connect(node, ana)
    async with node.resources.database.connection() as cx:
        row = str([dict(one) for one in await cx.fetch("select * from connections")])
    assert not any(token in row for token in google.access_tokens | google.refresh_tokens)
    assert (await call(node, "DELETE", f"/api/integrations/{connection}", eve))[0] == 404
    assert (await call(node, "DELETE", f"/api/integrations/{connection}", ana))[0] == 204
    assert (await call(node, "GET", "/api/integrations", ana))[1]["items"] == []
    await asyncio.wait_for(google.revoked.wait(), 60)
    assert not google.refresh_tokens and not google.access_tokens


async def test_a_deleted_account_leaves_no_permission_behind(place: tuple[Parley, FakeGoogle, FakeClock]) -> None:
    node, google, _ = place
    ana = await node.account("ana")
    await connect(node, ana)
    assert (await call(node, "DELETE", "/api/auth/me", ana, json={"password": PASSWORD}))[0] == 204
    await asyncio.wait_for(google.revoked.wait(), 60)
    assert not google.refresh_tokens and not google.access_tokens


async def test_a_provider_that_is_away_is_said_to_be(place: tuple[Parley, FakeGoogle, FakeClock]) -> None:
    node, google, _ = place
    ana = await node.account("ana")
    await connect(node, ana)
    google.access_tokens.clear()
    google.down = True
    status, answer = await call(node, "POST", f"{BASE}/events", ana, json=LESSON)
    assert (status, answer["detail"]["error"]) == (503, "provider_unavailable")
    google.down = False
    assert (await call(node, "POST", f"{BASE}/events", ana, json=LESSON))[0] == 201


async def test_without_a_client_id_the_error_says_so(parley: Parley) -> None:
    ana = await parley.account("ana")
    status, answer = await call(parley, "GET", f"{BASE}/start", ana)
    assert (status, answer["detail"]["error"]) == (503, "integration_not_configured")
    assert "PARLEY_GOOGLE_CLIENT_ID" in answer["detail"]["message"]
    assert (await call(parley, "GET", "/api/integrations", ana)) == (200, {"items": [], "next_cursor": None})
