"""Sign-ins of our own pages: guests, what they keep, and a cookie that no script reads."""

import asyncio
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie
from typing import Any

import pytest

from tests.support.clock import FakeClock
from tests.support.node import PASSWORD, Parley, running

PAGE = "/api/auth/page"
CLAIM = {"email": "ana@example.com", "password": PASSWORD, "full_name": "Ana"}


@pytest.fixture
async def slow(settings: Any, database_url: str, redis_url: str, clock: FakeClock) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url, clock) as node:
        yield node


class Browser:
    """What a browser keeps between two requests, and nothing else."""

    def __init__(self, node: Parley) -> None:
        self.node = node
        self.token = ""
        self.cookies: dict[str, str] = {}
        self.said = ""

    async def page(self, name: str, body: Any = None, status: int = 200, **headers: str) -> dict[str, Any]:
        cookie = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        self.node.client.session.cookie_jar.clear()
        async with self.node.client.post(f"{PAGE}/{name}", json=body or {}, headers={**cookie, **headers}) as response:
            found: dict[str, Any] = await response.json()
            assert response.status == status, found
            for line in response.headers.getall("Set-Cookie", []):
                self.said = line
                self.cookies = self.cookies | {key: one.value for key, one in SimpleCookie(line).items()}
        self.token = found.get("access_token", self.token)
        return found

    async def api(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.node.client.request(method, path, json=body, headers=headers) as response:
            assert response.status == status, await response.text()
            return await response.json() if status != 204 else None


async def test_a_guest_has_no_password_and_no_script_reads_what_keeps_it_signed_in(parley: Parley) -> None:
    guest = Browser(parley)
    answer = await guest.page("guest", {"timezone": "Europe/Madrid", "native_language": "es"})
    assert set(answer) == {"access_token", "token_type", "expires_in"}
    assert "HttpOnly" in guest.said and "SameSite=Strict" in guest.said and f"Path={PAGE}" in guest.said
    me = await guest.api("GET", "/api/auth/me")
    assert (me["is_guest"], me["timezone"], me["native_language"], me["full_name"]) == (
        True,
        "Europe/Madrid",
        "es",
        None,
    )
    before = dict(guest.cookies)
    await guest.page("refresh")
    assert guest.cookies != before
    assert (await guest.api("GET", "/api/auth/me"))["id"] == me["id"]


async def test_a_guest_whose_answer_was_lost_is_the_same_guest_and_the_cookie_is_kept_sealed(parley: Parley) -> None:
    first, again = Browser(parley), Browser(parley)
    await first.page("guest", {}, 200, **{"Idempotency-Key": "lost"})
    await again.page("guest", {}, 200, **{"Idempotency-Key": "lost"})
    assert again.cookies == first.cookies and "HttpOnly" in again.said
    async with parley.resources.database.connection() as cx:
        kept = str(await cx.fetchval("select headers from idempotency_keys"))
    assert "Set-Cookie" in kept and first.cookies["parley_page"] not in kept
    await again.page("refresh")
    assert (await again.api("GET", "/api/auth/me"))["is_guest"] is True


async def test_a_guest_keeps_what_was_done(parley: Parley) -> None:
    guest = Browser(parley)
    await guest.page("guest")
    note = await guest.api("POST", "/api/core/notes", {"title": "Mine", "content": "Text"}, 201)
    claimed = await guest.api("POST", "/api/auth/claim", CLAIM)
    assert (claimed["is_guest"], claimed["email"], claimed["full_name"]) == (False, "ana@example.com", "Ana")
    elsewhere = Browser(parley)
    await elsewhere.page("login", {"username": "Ana@example.com", "password": PASSWORD})
    assert set(elsewhere.cookies) == {"parley_page", "parley_device"}
    assert [one["id"] for one in (await elsewhere.api("GET", "/api/core/notes"))["items"]] == [note["id"]]
    await guest.page("refresh")
    refusal = await guest.api("POST", "/api/auth/claim", {**CLAIM, "email": "other@example.com"}, 409)
    assert refusal["detail"]["error"] == "already_claimed"


async def test_nobody_claims_an_address_or_a_name_that_is_taken(parley: Parley) -> None:
    ana = await parley.account("ana")
    guest = Browser(parley)
    await guest.page("guest")
    for body, code in (({}, "email_taken"), ({"email": "b@example.com", "username": "ana"}, "username_taken")):
        answer = await guest.api("POST", "/api/auth/claim", {**CLAIM, **body}, 409)
        assert answer["detail"]["error"] == code
    assert (await guest.api("GET", "/api/auth/me"))["is_guest"] is True
    async with parley.client.post("/api/auth/claim", json=CLAIM, headers=ana.headers) as response:
        assert response.status == 409


async def test_of_two_claims_for_one_address_one_wins(parley: Parley) -> None:
    guests = [Browser(parley) for _ in range(4)]
    for guest in guests:
        await guest.page("guest")

    async def claim(guest: Browser) -> int:
        headers = {"Authorization": f"Bearer {guest.token}"}
        async with parley.client.post("/api/auth/claim", json=CLAIM, headers=headers) as response:
            return response.status

    assert sorted(await asyncio.gather(*map(claim, guests))) == [200, 409, 409, 409]


async def test_no_password_opens_a_guests_account(parley: Parley) -> None:
    guest = Browser(parley)
    await guest.page("guest")
    name = (await guest.api("GET", "/api/auth/me"))["username"]
    for password in ("!", "x", " "):
        await Browser(parley).page("login", {"username": name, "password": password}, 401)
    await guest.api("POST", "/api/auth/password", {"current_password": "!", "new_password": "long enough 1"}, 401)


async def test_a_page_that_was_closed_before_the_answer_came_is_still_signed_in(slow: Parley, clock: FakeClock) -> None:
    guest = Browser(slow)
    await guest.page("guest")
    kept = dict(guest.cookies)
    await guest.page("refresh")
    clock.advance(3600)
    guest.cookies = kept  # the answer never came
    await guest.page("refresh")
    second = dict(guest.cookies)
    await guest.page("refresh")
    clock.advance(3600)
    guest.cookies = kept  # somebody has used its successor: this is another one's copy
    await guest.page("refresh", status=401)
    guest.cookies = second
    await guest.page("refresh", status=401)


async def test_a_stolen_token_of_a_program_has_no_longer_life_with_a_page(slow: Parley, clock: FakeClock) -> None:
    ana = await slow.account("ana")
    form = {"username": "ana", "password": PASSWORD}
    async with slow.client.post("/api/auth/login", data=form) as response:
        stolen = (await response.json())["refresh_token"]
    thief = Browser(slow)
    thief.cookies = {"parley_page": stolen}
    await thief.page("refresh", status=401)
    async with slow.client.post("/api/auth/refresh", json={"refresh_token": stolen}) as response:
        assert response.status == 200
    clock.advance(60)  # a lost reply may be repeated within ten seconds
    thief.cookies = {"parley_page": stolen}
    await thief.page("refresh", status=401)
    page = Browser(slow)
    await page.page("login", form)
    async with slow.client.post("/api/auth/refresh", json={"refresh_token": page.cookies["parley_page"]}) as response:
        assert response.status == 401
    await page.page("refresh")
    assert (await page.api("GET", "/api/auth/me"))["id"] == ana.user_id


async def test_leaving_ends_this_browser_or_all(parley: Parley) -> None:
    browsers = [Browser(parley) for _ in range(3)]
    await browsers[0].page("guest")
    await browsers[0].api("POST", "/api/auth/claim", CLAIM)
    for other in browsers[1:]:
        await other.page("login", {"username": "ana@example.com", "password": PASSWORD})
    assert (await browsers[1].page("logout"))["revoked_sessions"] == 1
    assert browsers[1].cookies["parley_page"] == "" and "Max-Age=0" in browsers[1].said
    await browsers[1].api("GET", "/api/auth/me", status=401)
    assert (await browsers[2].page("logout", {"everywhere": True}))["revoked_sessions"] == 2
    for one in browsers:
        await one.api("GET", "/api/auth/me", status=401)
    assert (await browsers[2].page("logout", {"everywhere": True}))["revoked_sessions"] == 0
    await browsers[0].page("refresh", status=401)


@pytest.mark.parametrize("operation", ["guest", "login", "refresh", "logout"])
async def test_pages_of_others_cannot_sign_anybody_in_or_out(parley: Parley, operation: str) -> None:
    guest = Browser(parley)
    await guest.page("guest")
    body = {"username": "a", "password": "b"} if operation == "login" else {}
    for site in ("cross-site", "same-site"):
        await guest.page(operation, body, 403, **{"Sec-Fetch-Site": site})
    async with parley.client.post(f"{PAGE}/{operation}", data="{}", headers={"Content-Type": "text/plain"}) as response:
        assert response.status == 415  # nothing that a form can send
    await guest.page("refresh")


async def test_a_guest_leaves_without_a_password_and_nobody_else_does(parley: Parley) -> None:
    guest = Browser(parley)
    await guest.page("guest")
    await guest.api("DELETE", "/api/auth/me", {}, 204)
    await guest.page("refresh", status=401)
    ana = await parley.account("ana")
    async with parley.client.delete("/api/auth/me", json={}, headers=ana.headers) as response:
        assert (response.status, (await response.json())["detail"]["error"]) == (409, "password_required")
