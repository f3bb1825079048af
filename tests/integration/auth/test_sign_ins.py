"""Signing in, staying signed in and being thrown out."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from argon2 import PasswordHasher

from api.auth import attempt_store, attempts
from kit import ids, passwords
from server.config import Settings
from tests.support.clock import FakeClock
from tests.support.node import PASSWORD, Parley, running


@pytest.fixture
async def slow(
    database_url: str, redis_url: str, settings: Settings, clock: FakeClock
) -> AsyncIterator[tuple[Parley, FakeClock]]:
    """A node whose clock is ours."""
    trusting = settings.model_copy(update={"trusted_proxies": ("127.0.0.1",)})
    async with running(trusting, database_url, redis_url, clock=clock) as node:
        yield node, clock


async def login(
    node: Parley, password: str = PASSWORD, *, name: str = "ana", address: str = "203.0.113.1", cookie: str = ""
) -> tuple[int, Any, Any]:
    headers = {"X-Forwarded-For": address} | ({"Cookie": cookie} if cookie else {})
    node.client.session.cookie_jar.clear()
    form = {"username": name, "password": password}
    async with node.client.post("/api/auth/login", data=form, headers=headers) as response:
        return response.status, await response.json(), response.headers.copy()


async def refresh(node: Parley, token: str) -> tuple[int, Any]:
    async with node.client.post("/api/auth/refresh", json={"refresh_token": token}) as response:
        return response.status, await response.json()


async def me(node: Parley, access_token: str) -> tuple[int, Any]:
    async with node.client.get("/api/auth/me", headers={"Authorization": f"Bearer {access_token}"}) as response:
        return response.status, await response.json()


async def test_a_pair_of_tokens_in_the_documented_shape(parley: Parley) -> None:
    await parley.account("ana")
    status, tokens, headers = await login(parley)
    assert status == 200 and headers["Cache-Control"] == "no-store"
    assert set(tokens) == {"access_token", "token_type", "refresh_token", "expires_in"}
    assert tokens["token_type"] == "bearer" and tokens["expires_in"] == 900
    assert (await me(parley, tokens["access_token"]))[0] == 200


async def test_wrong_name_and_wrong_password_look_the_same(parley: Parley) -> None:
    await parley.account("ana")
    wrong_password = await login(parley, "not the password")
    wrong_name = await login(parley, name="nobody")
    assert wrong_password[0] == wrong_name[0] == 401
    assert wrong_password[1]["detail"] == wrong_name[1]["detail"]
    assert wrong_password[1]["detail"]["error"] == "invalid_credentials"


async def test_a_sign_in_must_be_a_form(parley: Parley) -> None:
    async with parley.client.post("/api/auth/login", json={"username": "a", "password": "b"}) as response:
        assert response.status == 415


async def test_an_access_token_lives_for_15_minutes(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana = await node.account("ana")
    clock.advance(899)
    assert (await me(node, ana.access_token))[0] == 200
    clock.advance(1)
    status, body = await me(node, ana.access_token)
    assert (status, body["detail"]["error"]) == (401, "token_expired")


async def test_a_refresh_token_lives_for_30_days_and_is_rotated(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    token = (await node.account("ana")).refresh_token
    for _ in range(3):
        clock.advance(29 * 24 * 3600)
        status, tokens = await refresh(node, token)
        assert status == 200 and tokens["refresh_token"] != token
        token = tokens["refresh_token"]
        assert (await me(node, tokens["access_token"]))[0] == 200
    clock.advance(30 * 24 * 3600)
    assert (await refresh(node, token))[0] == 401


async def test_a_lost_reply_may_be_asked_for_again_within_ten_seconds(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana = await node.account("ana")
    first = (await refresh(node, ana.refresh_token))[1]
    clock.advance(10)
    status, again = await refresh(node, ana.refresh_token)
    assert status == 200 and again["refresh_token"] == first["refresh_token"]
    assert (await me(node, again["access_token"]))[0] == 200


async def test_a_stolen_refresh_token_kills_the_whole_family(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    ana = await node.account("ana")
    untouched = (await login(node))[1]
    thief = (await refresh(node, ana.refresh_token))[1]
    clock.advance(11)
    status, body = await refresh(node, ana.refresh_token)
    assert (status, body["detail"]["error"]) == (401, "not_authenticated")
    assert (await refresh(node, thief["refresh_token"]))[0] == 401
    for access_token in (ana.access_token, thief["access_token"]):
        assert (await me(node, access_token))[0] == 401
    assert (await me(node, untouched["access_token"]))[0] == 200


async def test_an_old_token_is_theft_at_once_when_its_successor_was_used(parley: Parley) -> None:
    ana = await parley.account("ana")
    second = (await refresh(parley, ana.refresh_token))[1]
    third = (await refresh(parley, second["refresh_token"]))[1]
    assert (await refresh(parley, ana.refresh_token))[0] == 401
    assert (await me(parley, third["access_token"]))[0] == 401


async def test_twins_of_one_refresh_get_one_successor(parley: Parley) -> None:
    ana = await parley.account("ana")
    answers = await asyncio.gather(*(refresh(parley, ana.refresh_token) for _ in range(20)))
    assert {status for status, _ in answers} == {200}
    assert len({body["refresh_token"] for _, body in answers}) == 1


async def test_after_a_logout_the_access_token_is_dead(parley: Parley) -> None:
    ana = await parley.account("ana")
    other = (await login(parley))[1]
    stranger = await parley.account("ben")
    body = {"refresh_token": stranger.refresh_token}
    async with parley.client.post("/api/auth/logout", json=body, headers=ana.headers) as response:
        assert (response.status, (await response.json())["revoked_sessions"]) == (200, 1)
    assert (await me(parley, ana.access_token))[0] == 401
    assert (await refresh(parley, ana.refresh_token))[0] == 401
    assert (await me(parley, other["access_token"]))[0] == (await me(parley, stranger.access_token))[0] == 200


async def test_sessions_are_listed_and_revoked(parley: Parley) -> None:
    ana, ben = await parley.account("ana"), await parley.account("ben")
    phone = (await login(parley))[1]
    async with parley.client.get("/api/auth/sessions?limit=1", headers=ana.headers) as response:
        first = await response.json()
    async with parley.client.get(
        "/api/auth/sessions", params={"cursor": first["next_cursor"]}, headers=ana.headers
    ) as response:
        second = await response.json()
    assert [each["current"] for each in first["items"] + second["items"]] == [False, True]
    assert second["next_cursor"] is None
    address = f"/api/auth/sessions/{first['items'][0]['id']}"
    async with parley.client.delete(address, headers=ben.headers) as response:
        assert response.status == 404
    async with parley.client.delete(address, headers=ana.headers) as response:
        assert response.status == 204
    assert (await me(parley, phone["access_token"]))[0] == 401
    async with parley.client.delete(address, headers=ana.headers) as response:
        assert response.status == 404


async def test_ten_failures_stop_a_stranger_for_an_account(slow: tuple[Parley, FakeClock]) -> None:
    node, clock = slow
    await node.account("ana")
    for number in range(10):
        status, _, _ = await login(node, "not the password", address=f"203.0.113.{number + 10}")
        assert status == 401
        clock.advance(1)
    status, body, headers = await login(node, address="203.0.113.99")
    assert (status, body["detail"]["error"]) == (429, "rate_limited")
    assert headers["Retry-After"] == str(15 * 60 - 10)
    clock.advance(15 * 60 - 10)
    assert (await login(node, address="203.0.113.99"))[0] == 200


async def test_a_school_behind_one_address_is_not_locked_out_by_one_who_mistypes(
    slow: tuple[Parley, FakeClock],
) -> None:
    node, _ = slow
    await node.account("ana")
    for number in range(30):
        assert (await login(node, name=f"guess{number // 2}"))[0] == 401
    for _ in range(10):
        assert (await login(node, "not the password", name="guess"))[0] == 401
    assert (await login(node, name="guess"))[0] == 429, "that account is closed"
    assert (await login(node))[0] == 200, "the others are not"


async def test_hundreds_of_failures_stop_an_address_for_accounts_that_are_new_there(
    slow: tuple[Parley, FakeClock],
) -> None:
    node, clock = slow
    await node.account("ana")
    body = {"email": "new@example.com", "username": "new", "password": PASSWORD}
    here = {"X-Forwarded-For": "203.0.113.1"}
    async with node.client.post("/api/auth/register", json=body, headers=here) as response:
        assert response.status == 201
    address = attempts.buckets("anybody", "203.0.113.1", None, False)[-1].key
    async with node.resources.database.connection() as cx:
        for _ in range(299):
            await attempt_store.add_attempt(cx, ids.new_id(), address, None, clock.now())
    assert (await login(node, name="guess"))[0] == 401
    assert (await login(node))[0] == 429
    assert (await login(node, name="new"))[0] == 200, "this account was opened here"
    assert (await login(node, address="203.0.113.2"))[0] == 200


async def test_strangers_cannot_lock_the_owner_out(slow: tuple[Parley, FakeClock]) -> None:
    node, _ = slow
    await node.account("ana")
    _, _, headers = await login(node, address="198.51.100.1")
    cookie = headers["Set-Cookie"].split(";")[0]
    assert "HttpOnly" in headers["Set-Cookie"] and "SameSite=Strict" in headers["Set-Cookie"]
    for number in range(10):
        await login(node, "not the password", address=f"203.0.113.{number + 10}")
    assert (await login(node, address="203.0.113.99"))[0] == 429
    assert (await login(node, address="198.51.100.1"))[0] == 200, "from an address that signed in before"
    assert (await login(node, address="192.0.2.1", cookie=cookie))[0] == 200, "from a device that signed in before"


async def test_a_device_may_not_guess_for_ever_either(slow: tuple[Parley, FakeClock]) -> None:
    node, _ = slow
    await node.account("ana")
    await node.account("ben")
    cookie = (await login(node, address="198.51.100.1"))[2]["Set-Cookie"].split(";")[0]
    for _ in range(10):
        assert (await login(node, "not the password", cookie=cookie))[0] == 401
    assert (await login(node, cookie=cookie))[0] == 429
    assert (await login(node, address="192.0.2.7", name="ben", cookie=cookie))[0] == 200, "another account's cookie"


async def test_parallel_guesses_are_counted_before_they_are_checked(parley: Parley) -> None:
    await parley.account("ana")
    answers = await asyncio.gather(*(login(parley, f"guess number {n}", name="zoe") for n in range(40)))
    assert sorted(status for status, _, _ in answers) == [401] * 10 + [429] * 30


@pytest.mark.parametrize(
    "header", ["Bearer x", "Bearer", "Basic YTpi", "Bearer " + "a." * 2000, "bearer eyJhbGciOiJub25lIn0.e30."]
)
async def test_nonsense_is_not_a_credential(parley: Parley, header: str) -> None:
    async with parley.client.get("/api/auth/me", headers={"Authorization": header}) as response:
        assert response.status == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")


async def test_a_device_token_is_no_access_token(parley: Parley) -> None:
    await parley.account("ana")
    cookie = (await login(parley))[2]["Set-Cookie"].split(";")[0].split("=", 1)[1]
    assert (await me(parley, cookie))[0] == 401


async def test_a_sign_in_renews_a_hash_of_older_costs(parley: Parley) -> None:
    ana = await parley.account("ana")
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    async with parley.resources.database.connection() as cx:
        await cx.execute("update users set password_hash = $1 where id = $2", weak, ana.user_id)
        assert (await login(parley))[0] == 200
        stored = await cx.fetchval("select password_hash from users where id = $1", ana.user_id)
    assert stored != weak and not passwords.outdated(stored)
