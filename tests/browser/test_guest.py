"""Whoever only tries it has one account, whatever goes wrong on the way to it."""

import json
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, Route, expect

from server.config import Settings
from tests.browser.conftest import Open
from tests.support.node import Parley, running

pytestmark = pytest.mark.browser

REFUSAL = json.dumps({"detail": {"error": "rate_limited", "message": "Too many requests."}})
EXPIRE = """() => {
  const kept = JSON.parse(localStorage.getItem("parley.account"));
  localStorage.setItem("parley.account", JSON.stringify({ ...kept, expires: 0 }));
}"""


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url) as parley:
        yield parley


async def visit(page: Page, node: Parley, shown: str) -> None:
    await page.goto(f"{node.url}/")
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator("#minutes")).to_contain_text(shown)


@pytest.mark.parametrize("lost", ["login", "register"])
async def test_a_guest_whose_sign_in_failed_gets_no_second_account(open_page: Open, node: Parley, lost: str) -> None:
    page = await open_page("so762-008110159")
    failing = [lost]

    async def answer(route: Route) -> None:
        if lost not in failing:
            await route.continue_()
            return
        if lost == "register":
            await route.fetch()  # it is done, and the answer is lost
        await route.fulfill(status=429, content_type="application/json", body=REFUSAL)

    await page.route(f"**/api/auth/{lost}", answer)
    await visit(page, node, "Too many requests")
    failing.clear()
    await visit(page, node, "left this month")
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 1
        await cx.execute("update auth_sessions set revoked_at = now()")
    await page.evaluate(EXPIRE)
    await visit(page, node, "left this month")
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 1, "signed out is not gone"
        await cx.execute("delete from users")
    await visit(page, node, "left this month")


FUTURE = "Date.now() + 900000"
KEPT = {
    "unknown": f"{{username: 'guest_x', password: 'p', made: true, access: 'a.b.c', refresh: 'r', expires: {FUTURE}}}",
    "unreadable": f"{{username: 5, password: {{}}, access: {{}}, refresh: [], expires: {FUTURE}}}",
    "expired": "{username: 'guest_x', password: 'p', made: true, access: 'a.b.c', refresh: '', expires: 'soon'}",
    "text": "'account'",
    "list": "[1]",
    "nothing": "{}",
}


@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize("first", ["page", "socket"])
async def test_what_a_browser_kept_and_the_server_does_not_know_makes_no_dead_page(
    open_page: Open, node: Parley, kept: str, first: str
) -> None:
    """The database is a new one, or what is stored was never ours. Whatever is asked first: a page, or a socket."""
    page = await open_page("so762-008110159")
    problems = []
    page.on("console", lambda message: problems.append(message.text) if "Uncaught" in message.text else None)
    await page.goto(f"{node.url}/static/icon.svg")
    await page.evaluate(f"localStorage.setItem('parley.account', JSON.stringify({KEPT[kept]}))")
    if first == "page":
        await visit(page, node, "left this month")
    else:
        await page.goto(f"{node.url}/")
        answer = await page.evaluate("""async () => {
          const { Session } = await import("/static/js/session.js");
          const { token } = await import("/static/js/api.js");
          const session = new Session("/speaking", { token });
          await session.startSpeaking({});
          return (await session.end()).reason;
        }""")
        assert answer == "client"
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 1
    assert problems == []


async def test_tabs_of_one_browser_share_one_account(open_page: Open, node: Parley) -> None:
    page = await open_page("so762-008110159")
    await page.goto(f"{node.url}/")
    other = await page.context.new_page()
    await other.goto(f"{node.url}/")
    await visit(page, node, "left this month")
    await other.get_by_role("button", name="Try it").click()
    await expect(other.locator("#minutes")).to_contain_text("left this month")
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 1


async def test_what_a_proxy_says_in_its_own_words_is_told_in_ours(open_page: Open, node: Parley) -> None:
    page = await open_page("so762-008110159")
    await page.route("**/api/**", lambda route: route.fulfill(status=502, body="<html>Bad Gateway</html>"))
    await visit(page, node, "The server answered 502.")
    await page.goto(f"{node.url}/docs")
    await expect(page.locator("#operations")).to_contain_text("cannot be had right now")
