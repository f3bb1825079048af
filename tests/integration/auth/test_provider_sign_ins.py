"""Signing in by an OpenID Connect provider: a program that others wrote, and one that is wrong on purpose."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest

from api.auth.oidc.models import ProviderSettings
from api.auth.oidc.provider import Provider
from kit.errors import Failure
from kit.outbound import Outbound
from server.config import Settings
from tests.integration.people.test_people import ask, sign_in
from tests.support.clock import FakeClock
from tests.support.node import PASSWORD, Account, Parley, running
from tests.support.provider import CLIENT_ID, odd_provider, provider_program, settings_for
from tests.support.provider_browser import ANA, CALLBACK, PUBLIC_URL, START, Browser, Place, odd_place


@pytest.fixture
async def place(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Place]:
    async with odd_place(settings, database_url, redis_url) as place:
        yield place


async def proved(node: Parley, account: Account) -> None:
    async with node.resources.database.connection() as cx:
        await cx.execute("update users set email_verified_at = now() where id = $1", account.user_id)


async def trail(node: Parley) -> list[str]:
    async with node.resources.database.connection() as cx:
        rows = await cx.fetch("select action from audit_events order by id")
    return [row["action"] for row in rows if row["action"] != "session.opened"]


async def test_a_program_of_others_signs_in_whoever_it_knows(
    database_url: str, redis_url: str, settings: Settings
) -> None:
    users = {"alice": {k: v for k, v in ANA.items() if k != "sub"} | {"zoneinfo": "Asia/Tokyo"}}
    async with provider_program(users) as issuer:
        fields = {**settings.model_dump(exclude_unset=True), **settings_for(issuer), "public_url": PUBLIC_URL}
        async with running(Settings(**fields), database_url, redis_url) as node:
            browsers = Browser(node), Browser(node)
            for browser in browsers:
                there = await browser.go(START)
                post = node.client.session.post(there, data={"sub": "alice"}, allow_redirects=False)
                async with post as response:
                    assert response.status == 302, await response.text()
                    back = response.headers["Location"].removeprefix(PUBLIC_URL)
                assert await browser.go(back) == f"{PUBLIC_URL}/#/signed-in"
            first, second = [await browser.me() for browser in browsers]
            assert first == second, "the same account from another browser"
            assert (first["email"], first["full_name"], first["timezone"]) == (
                "Ana@example.com",
                "Ana Souza",
                "Asia/Tokyo",
            )
            assert first["email_verified"] and not first["has_password"] and not first["is_guest"]
            declined = Browser(node)
            there = await declined.go(START)
            post = node.client.session.post(there, data={"action": "deny"}, allow_redirects=False)
            async with post as response:
                back = response.headers["Location"].removeprefix(PUBLIC_URL)
            state = parse_qs(urlsplit(there).query)["state"][0]
            assert await declined.go(f"{back}&state={state}" if "state=" not in back else back) == (
                f"{PUBLIC_URL}/#/sign-in?failed=sign_in_declined"
            )


async def test_the_page_is_signed_in_by_its_cookie_and_the_trail_says_how(place: Place) -> None:
    node, provider = place
    async with node.client.get("/api/auth/entrance") as response:
        assert (await response.json())["provider"] == "Example School"
    provider.user = ANA
    ana = Browser(node)
    assert await ana.sign_in() == "/signed-in"
    begun, forgotten, page = ana.said
    assert begun.startswith("__Host-parley_oidc=") and "HttpOnly; SameSite=Lax; Secure" in begun
    assert "Max-Age=0" in forgotten and "SameSite=Strict" in page and "HttpOnly" in page and "Secure" in page
    me = await ana.me()
    assert await trail(node) == ["account.registered", "account.identity_joined"]
    boss = await node.admin()
    _, listed = await ask(node, boss, "GET", "/api/admin/people?search=ana@")
    (person,) = listed["items"]
    (identity,) = person["identities"]
    assert (identity["issuer"], identity["subject"]) == (provider.issuer, "s-ana") and not person["has_password"]
    provider.user = {**ANA, "email": "ana.silva@example.com"}
    assert await ana.sign_in() == "/signed-in" and (await ana.me())["id"] == me["id"], "the subject decides"
    assert (await ana.call("DELETE", "/api/auth/me", json={}))[0] == 204
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from identities") == 0


async def test_a_new_key_of_the_provider_is_looked_up_once(place: Place) -> None:
    node, provider = place
    provider.user = ANA
    assert await Browser(node).sign_in() == "/signed-in"
    assert await Browser(node).sign_in() == "/signed-in"
    assert provider.asked.count("/keys") == 1
    for name in ("second", "second"):  # also one that took over the name of the key before
        provider.rotate(name)
        assert await Browser(node).sign_in() == "/signed-in"
    assert provider.asked.count("/keys") == 3


async def test_a_provider_that_is_away_is_said_and_comes_back(place: Place) -> None:
    node, provider = place
    provider.user = ANA
    browser = Browser(node)
    provider.down = True
    assert await browser.go(START) == f"{PUBLIC_URL}/#/sign-in?failed=provider_unavailable"
    provider.down, provider.described = False, {"issuer": "https://evil.example"}
    assert await browser.go(START) == f"{PUBLIC_URL}/#/sign-in?failed=provider_unavailable"
    provider.described = {}
    back = await browser.leave()
    provider.down = True
    assert await browser.go(back) == f"{PUBLIC_URL}/#/sign-in?failed=provider_unavailable"
    provider.down, provider.described = False, {"issuer": "https://evil.example"}
    assert await browser.sign_in() == "/signed-in", "what it said of itself is known for an hour"


async def test_a_provider_that_is_slow_is_given_up(clock: FakeClock) -> None:
    async with odd_provider(PUBLIC_URL + CALLBACK) as odd, Outbound() as outbound:
        odd.slow = True
        settings = ProviderSettings("Slow", odd.issuer, CLIENT_ID, None, ("openid",), odd.redirect_uri)
        with pytest.raises(Failure) as failed:
            await Provider(settings, outbound, clock, 0.2).authorization_url("state", "nonce", "verifier")
        assert failed.value.code == "provider_unavailable"
        odd.forever.set()


async def test_a_sign_in_is_finished_once_and_only_by_the_browser_that_began(place: Place) -> None:
    node, provider = place
    provider.user = ANA
    ana, thief, tricked = Browser(node), Browser(node), Browser(node)
    back = await ana.leave()
    assert (await thief.go(back)).endswith("failed=invalid_state")
    assert (await ana.go(back)).endswith("failed=invalid_state"), "what somebody else tried is over"
    back = await ana.leave()
    assert (await ana.go(back)).endswith("/signed-in")
    assert (await ana.go(back)).endswith("failed=invalid_state"), "repeated"
    # Somebody is to be signed in to the account of another, whose answer is put before them.
    evil = Browser(node)
    back = await evil.leave()
    await tricked.go(START)
    assert (await tricked.go(back)).endswith("failed=invalid_state") and "parley_page" not in tricked.cookies
    # A code that was stolen from one sign-in does not fit another: its verifier is another one.
    state = parse_qs(urlsplit(await ana.leave()).query)["state"][0]
    code = parse_qs(urlsplit(await Browser(node).leave()).query)["code"][0]
    assert (await ana.go(f"{CALLBACK}?state={state}&code={code}")).endswith("failed=provider_refused")
    for query in ("", "?state=x&code=y", "?code=y", "?error=access_denied"):
        assert (await ana.go(f"{CALLBACK}{query}")).endswith("failed=invalid_state")
    back = await ana.leave()
    elsewhere = back.replace("iss=http", "iss=https://evil.example/http")
    assert (await ana.go(elsewhere)).endswith("failed=provider_refused")


async def test_two_tabs_of_a_browser_may_be_at_the_provider_at_once(place: Place) -> None:
    node, provider = place
    provider.user = ANA
    ana = Browser(node)
    first, second = await ana.leave(), await ana.leave()
    assert (await ana.go(f"{CALLBACK}?state=x&code=y")).endswith("failed=invalid_state"), "others may make her go there"
    assert (await ana.go(first)).endswith("/signed-in")
    ana.cookies["__Host-parley_oidc"] = "chosen by others"
    await ana.go(START)
    assert "chosen" not in ana.cookies["__Host-parley_oidc"] and (await ana.go(second)).endswith("failed=invalid_state")


async def test_nobody_is_sent_anywhere_else_and_other_sites_begin_nothing(place: Place) -> None:
    node, provider = place
    browser = Browser(node)
    assert await browser.go(START, 403, {"Sec-Fetch-Site": "cross-site"}) == ""
    headers = {"Sec-Fetch-Site": "same-origin", "Referer": "https://evil.example/", "Host": "evil.example"}
    there = await browser.go(START, headers=headers | {"X-Forwarded-Host": "evil.example"})
    assert there.startswith(f"{provider.issuer}/authorize?") and "evil" not in there
    assert "evil" not in await browser.go(
        f"{CALLBACK}?state=x&error=y&redirect_to=https://evil.example&next=//evil.example"
    )


async def test_an_account_that_was_here_is_joined_only_when_nobody_else_can_be_in_it(place: Place) -> None:
    node, provider = place
    ana = await node.account("ana")
    provider.user = {**ANA, "email": "ANA@example.com"}
    assert await Browser(node).sign_in() == "/sign-in?failed=address_taken", "anybody may have registered it"
    await proved(node, ana)
    for unproved in (False, None, "false", 1):
        provider.user = {**ANA, "email_verified": unproved}
        assert await Browser(node).sign_in() == "/sign-in?failed=address_not_proved"
    provider.user = ANA
    browser = Browser(node)
    assert await browser.sign_in() == "/signed-in" and (await browser.me())["id"] == ana.user_id
    assert (await sign_in(node, "ana", PASSWORD))[0] == 200, "the password stays good"
    provider.user = {**ANA, "sub": "s-her-successor"}
    assert await Browser(node).sign_in() == "/sign-in?failed=address_taken", "an address may get a new owner"
    boss = await node.admin("boss")
    await proved(node, boss)
    provider.user = {"sub": "s-boss", "email": boss.email, "email_verified": True}
    assert await Browser(node).sign_in() == "/sign-in?failed=address_taken", "no address makes an administrator"


async def test_an_account_without_a_password_is_its_owners_and_links_to_it_are_void(place: Place) -> None:
    node, provider = place
    boss = await node.admin()
    _, made = await ask(node, boss, "POST", "/api/admin/people", json={"email": "ana@example.com"})
    provider.user = ANA
    ana = Browser(node)
    assert await ana.sign_in() == "/signed-in" and (await ana.me())["id"] == made["id"]
    token = made["set_password"]["link"].rpartition("/")[2]
    status, _ = await ask(node, None, "POST", "/api/auth/reset", json={"token": token, "password": PASSWORD})
    assert status == 409, "whoever holds the old link"


async def test_closed_doors_stay_closed_and_disabled_accounts_disabled(place: Place) -> None:
    node, provider = place
    boss = await node.admin()
    await ask(node, boss, "PATCH", "/api/admin/entrance", json={"registration": False})
    provider.user = ANA
    assert await Browser(node).sign_in() == "/sign-in?failed=registration_closed"
    await ask(node, boss, "PATCH", "/api/admin/entrance", json={"registration": True})
    ana = Browser(node)
    assert await ana.sign_in() == "/signed-in"
    me = await ana.me()
    await ask(node, boss, "PATCH", "/api/admin/entrance", json={"registration": False})
    assert await ana.sign_in() == "/signed-in", "who has an account comes in"
    await ask(node, boss, "POST", f"/api/admin/people/{me['id']}/disable")
    assert await ana.sign_in() == "/sign-in?failed=account_disabled"
    assert (await ana.call("GET", "/api/auth/me"))[0] == 401


async def test_addresses_of_guests_are_nobodys(place: Place) -> None:
    node, provider = place
    async with node.client.post("/api/auth/page/guest", json={}) as response:
        token = (await response.json())["access_token"]
    async with node.client.get("/api/auth/me", headers={"Authorization": f"Bearer {token}"}) as response:
        email = (await response.json())["email"]
    provider.user = {"sub": "s-x", "email": email, "email_verified": True}
    assert await Browser(node).sign_in() == "/sign-in?failed=address_not_proved"


async def test_without_a_provider_the_page_says_so(parley: Parley) -> None:
    assert (await Browser(parley).go(START)).endswith("/#/sign-in?failed=provider_not_configured")
    assert (await Browser(parley).go(f"{CALLBACK}?state=x&code=y")).endswith("failed=provider_not_configured")
    async with parley.client.get("/api/auth/entrance") as response:
        assert (await response.json())["provider"] is None
