"""Who may come in: registration, guests, invitations, and the guard of sign-ins."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from api.auth import attempt_store, attempts
from kit import ids
from server.config import Settings
from tests.integration.people.test_people import ask, sign_in
from tests.support.clock import FakeClock
from tests.support.node import PASSWORD, Account, Parley, running

ENTRANCE, INVITATIONS, GUARD = "/api/admin/entrance", "/api/admin/invitations", "/api/admin/sign-in-guard/clear"
NEW = {"email": "new@example.com", "username": "new", "password": PASSWORD}


@pytest.fixture
async def slow(
    database_url: str, redis_url: str, settings: Settings, clock: FakeClock
) -> AsyncIterator[tuple[Parley, FakeClock]]:
    """A node whose clock is ours, behind a proxy that we are; 198.51.100.0/24 is a school's."""
    changed = settings.model_copy(
        update={"trusted_proxies": ("127.0.0.1",), "shared_addresses": ("198.51.100.0/24", "2001:db8::/48")}
    )
    async with running(changed, database_url, redis_url, clock=clock) as node:
        yield node, clock


async def post(node: Parley, address: str, path: str, **options: Any) -> tuple[int, str]:
    node.client.session.cookie_jar.clear()
    async with node.client.post(path, headers={"X-Forwarded-For": address}, **options) as response:
        body = await response.json()
        return response.status, body.get("detail", {}).get("error", "")


async def guest(node: Parley, address: str = "203.0.113.1") -> tuple[int, str]:
    return await post(node, address, "/api/auth/page/guest", json={})


async def guess(node: Parley, address: str, name: str = "ana", password: str = "not the password") -> int:
    return (await post(node, address, "/api/auth/login", data={"username": name, "password": password}))[0]


async def fill(node: Parley, clock: FakeClock, address: str) -> None:
    """Strangers at the address have failed as often as they may."""
    bucket = attempts.address_bucket(address).key
    async with node.resources.database.connection() as cx:
        for _ in range(300):
            await attempt_store.add_attempt(cx, ids.new_id(), bucket, None, clock.now())


async def test_registration_closes_and_opens_at_once(slow: tuple[Parley, FakeClock]) -> None:
    node, _ = slow
    boss = await node.admin("boss")
    _, tokens = await ask(node, None, "POST", "/api/auth/page/guest", json={})
    visitor = Account("", "", "", "", tokens["access_token"], "")
    assert (await ask(node, boss, "PATCH", ENTRANCE, json={"registration": False}))[1]["registration"] is False
    assert (await ask(node, None, "GET", "/api/auth/entrance"))[1] == {
        "registration": False,
        "guests": True,
        "mail": False,
        "contact": None,
        "provider": None,
    }
    status, body = await ask(node, None, "POST", "/api/auth/register", json=NEW)
    assert (status, body["detail"]["error"]) == (403, "registration_closed")
    claim = {"email": "new@example.com", "password": PASSWORD}
    status, body = await ask(node, visitor, "POST", "/api/auth/claim", json=claim)
    assert (status, body["detail"]["error"]) == (403, "registration_closed"), "the other way to an account"
    assert (await guest(node))[0] == 200
    assert (await ask(node, boss, "PATCH", ENTRANCE, json={"guests": False}))[1]["registration"] is False
    assert await guest(node) == (403, "guests_closed")
    assert (await ask(node, visitor, "GET", "/api/auth/me"))[0] == 200, "those who are here stay"
    _, now = await ask(node, boss, "PATCH", ENTRANCE, json={"registration": None, "guests": None})
    assert now == {"registration": True, "guests": True, "guests_a_day": None}
    assert (await ask(node, None, "POST", "/api/auth/register", json=NEW))[0] == 201
    assert (await ask(node, visitor, "POST", "/api/auth/claim", json={**claim, "email": "v@example.com"}))[0] == 200


async def test_the_settings_count_until_somebody_decides(database_url: str, redis_url: str, settings: Settings) -> None:
    closed = settings.model_copy(update={"registration": "closed", "guests": "closed"})
    async with running(closed, database_url, redis_url) as node:
        assert (await ask(node, None, "POST", "/api/auth/register", json=NEW))[0] == 403
        assert (await ask(node, None, "POST", "/api/auth/page/guest", json={}))[0] == 403


async def test_guests_are_counted_by_address(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    boss = await node.admin("boss")
    assert (await ask(node, boss, "PATCH", ENTRANCE, json={"guests_a_day": 0}))[0] == 200
    assert await guest(node, "192.0.2.1") == (429, "rate_limited")
    assert (await ask(node, boss, "PATCH", ENTRANCE, json={"guests_a_day": 2}))[0] == 200
    for address, following in (("203.0.113.1", "203.0.113.1"), ("2001:db8:1::1", "2001:db8:1::2")):
        assert (await guest(node, address))[0] == 200
        clock.advance(3600)
        assert (await guest(node, address))[0] == 200
        assert await guest(node, following) == (429, "rate_limited"), following
        assert (await guest(node, "203.0.113.99"))[0] in (200, 429)
        clock.advance(23 * 3600 + 1)
        assert (await guest(node, following))[0] == 200
    for number in range(5):
        assert (await guest(node, f"198.51.100.{number}"))[0] == 200
        assert (await guest(node, "198.51.100.7"))[0] == 200, "a class behind one address"


async def test_a_guest_who_leaves_for_good_has_come_all_the_same(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    boss = await node.admin("boss")
    await ask(node, boss, "PATCH", ENTRANCE, json={"guests_a_day": 1})
    _, tokens = await ask(node, None, "POST", "/api/auth/page/guest", json={})
    visitor = Account("", "", "", "", tokens["access_token"], "")
    assert (await ask(node, visitor, "DELETE", "/api/auth/me", json={}))[0] == 204
    status, body = await ask(node, None, "POST", "/api/auth/page/guest", json={})
    assert (status, body["detail"]["error"]) == (429, "rate_limited")
    clock.advance(24 * 3600 + 1)
    assert (await ask(node, None, "POST", "/api/auth/page/guest", json={}))[0] == 200


async def test_an_invitation_opens_one_account_also_while_registration_is_closed(
    slow: tuple[Parley, FakeClock],
) -> None:
    node, _ = slow
    boss = await node.admin("boss")
    await ask(node, boss, "PATCH", ENTRANCE, json={"registration": False})
    wanted = {"email": "ben@school.example", "full_name": "Ben Ito", "plan": "plus"}
    _, bound = await ask(node, boss, "POST", INVITATIONS, json=wanted)
    _, open_ = await ask(node, boss, "POST", INVITATIONS, json={})
    _, listed = await ask(node, boss, "GET", INVITATIONS)
    assert [one["id"] for one in listed["items"]] == [open_["id"], bound["id"]]
    assert "link" not in listed["items"][0]
    bound_token, open_token = (one["link"].removeprefix("/#/invited/") for one in (bound, open_))
    _, seen = await ask(node, None, "POST", "/api/auth/invitation", json={"token": bound_token})
    assert (seen["email"], seen["full_name"]) == ("ben@school.example", "Ben Ito")
    body = {"username": "ben", "password": PASSWORD}
    status, refused = await ask(node, None, "POST", "/api/auth/join", json={**body, "token": open_token})
    assert status == 400 and refused["detail"]["fields"][0]["path"] == "/email"
    other = {**body, "token": bound_token, "email": "eve@example.com"}
    assert (await ask(node, None, "POST", "/api/auth/join", json=other))[0] == 400
    status, made = await ask(node, None, "POST", "/api/auth/join", json={**body, "token": bound_token})
    assert status == 201 and (made["email"], made["plan"], made["full_name"]) == (
        "ben@school.example",
        "plus",
        "Ben Ito",
    )
    assert (await sign_in(node, "ben"))[0] == 200
    again = {**body, "token": bound_token, "username": "ben2"}
    status, refused = await ask(node, None, "POST", "/api/auth/join", json=again)
    assert (status, refused["detail"]["error"]) == (409, "link_not_valid")
    taken = {**body, "token": open_token, "email": "c@school.example"}
    status, refused = await ask(node, None, "POST", "/api/auth/join", json=taken)
    assert (status, refused["detail"]["error"]) == (409, "username_taken"), "and the link stays good"


async def test_an_invitation_ends_when_it_is_withdrawn_or_old(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    boss = await node.admin("boss")
    _, open_ = await ask(node, boss, "POST", INVITATIONS, json={})
    taken = {"username": "cleo", "password": PASSWORD, "email": "c@school.example"}
    taken["token"] = open_["link"].removeprefix("/#/invited/")
    assert (await ask(node, boss, "DELETE", f"{INVITATIONS}/{open_['id']}"))[0] == 204
    assert (await ask(node, boss, "DELETE", f"{INVITATIONS}/{open_['id']}"))[0] == 404
    status, _ = await ask(node, None, "POST", "/api/auth/join", json=taken)
    assert status == 409
    _, late = await ask(node, boss, "POST", INVITATIONS, json={})
    clock.advance(14 * 86_400 + 1)
    token = late["link"].removeprefix("/#/invited/")
    assert (await ask(node, None, "POST", "/api/auth/invitation", json={"token": token}))[0] == 409


async def test_a_class_behind_one_address_does_not_lock_itself_out(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    await node.account("ana")
    boss = await node.admin("boss")
    await fill(node, clock, "198.51.100.1")
    assert await guess(node, "198.51.100.1", "pupil") == 401
    assert await guess(node, "198.51.100.1", password=PASSWORD) == 200
    for _ in range(10):
        assert await guess(node, "198.51.100.2", "boss") == 401
    assert await guess(node, "198.51.100.3", "boss", PASSWORD) == 429, "an account counts everywhere"
    _, cleared = await ask(node, boss, "POST", GUARD, json={"account": "BOSS@example.com"})
    assert cleared == {"forgotten": 10}
    assert await guess(node, "198.51.100.3", "boss", PASSWORD) == 200


async def test_an_administrator_clears_an_address_and_every_bucket_of_an_account(
    slow: tuple[Parley, FakeClock],
) -> None:
    node, clock = slow
    boss = await node.admin("boss")
    await node.account("ana")
    assert await guess(node, "203.0.113.1", password=PASSWORD) == 200
    for _ in range(10):
        assert await guess(node, "203.0.113.1") == 401
    assert await guess(node, "203.0.113.1", password=PASSWORD) == 429, "a known address has a bucket of its own"
    assert (await ask(node, boss, "POST", GUARD, json={"account": "ana"}))[1] == {"forgotten": 10}
    assert await guess(node, "203.0.113.1", password=PASSWORD) == 200
    await fill(node, clock, "203.0.113.2")
    assert await guess(node, "203.0.113.2", "nobody") == 429
    assert (await ask(node, boss, "POST", GUARD, json={"address": "203.0.113.2"}))[1] == {"forgotten": 300}
    assert await guess(node, "203.0.113.2", "nobody") == 401
    assert (await ask(node, boss, "POST", GUARD, json={}))[0] == 400
