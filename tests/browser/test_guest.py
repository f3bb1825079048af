"""Whoever only tries it has one account, whatever goes wrong on the way to it."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, Route, expect

from server.config import Settings
from tests.browser.conftest import Open
from tests.support.node import Parley, running

pytestmark = pytest.mark.browser

REFUSAL = json.dumps({"detail": {"error": "rate_limited", "message": "Too many requests."}})


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url) as parley:
        yield parley


async def visit(page: Page, node: Parley, shown: str = "left this month", where: str = "#minutes") -> None:
    await page.goto("about:blank")
    await page.goto(f"{node.url}/")
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator(where)).to_contain_text(shown)


async def accounts(node: Parley) -> int:
    async with node.resources.database.connection() as cx:
        return int(await cx.fetchval("select count(*) from users"))


@pytest.mark.parametrize("done", [False, True])
async def test_a_guest_whose_first_request_failed_gets_no_second_account(
    open_page: Open, node: Parley, done: bool
) -> None:
    page = await open_page("so762-008110159")
    failing = [True]

    async def answer(route: Route) -> None:
        if not failing:
            await route.continue_()
            return
        if done:
            await route.fetch()  # and the answer is lost
        await route.fulfill(status=429, content_type="application/json", body=REFUSAL)

    await page.route("**/api/auth/page/guest", answer)
    await visit(page, node, "too often", "#status")
    failing.clear()
    await visit(page, node)
    assert await accounts(node) == 1
    await visit(page, node)
    assert await accounts(node) == 1
    kept = await page.evaluate("JSON.stringify({...localStorage}) + document.cookie")
    assert "password" not in kept and "eyJ" not in kept and "parley_page" not in kept, "nothing that opens an account"
    async with node.resources.database.connection() as cx:
        await cx.execute("delete from users")
    await visit(page, node)


KEPT = {
    "unknown": ("'guest:1'", "unknown"),
    "no cookie": ("'guest:1'", ""),
    "text": ("'[1]'", ""),
    "nothing": ("'null'", ""),
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
    who, cookie = KEPT[kept]
    await page.evaluate(f"localStorage.setItem('parley.who', {who})")
    if cookie:
        await page.context.add_cookies(
            [{"name": "parley_page", "value": cookie, "domain": "127.0.0.1", "path": "/api/auth/page"}]
        )
    if first == "page":
        await visit(page, node)
    else:
        await page.goto(f"{node.url}/")
        answer = await page.evaluate("""async () => {
          const { Session } = await import("/sdk/session.js");
          const { token } = await import("/static/js/api.js");
          const session = new Session("/speaking", { token });
          await session.startSpeaking({});
          return (await session.end()).reason;
        }""")
        assert answer == "client"
    assert await accounts(node) == 1
    assert problems == []


async def test_tabs_of_one_browser_share_one_account(open_page: Open, node: Parley) -> None:
    page = await open_page("so762-008110159")
    await page.goto(f"{node.url}/")
    other = await page.context.new_page()
    await other.goto(f"{node.url}/")
    buttons = [tab.get_by_role("button", name="Try it") for tab in (page, other)]
    await asyncio.gather(*(button.click() for button in buttons))
    for tab in (page, other):
        await expect(tab.locator("#minutes")).to_contain_text("left this month")
    assert await accounts(node) == 1


async def test_what_a_proxy_says_in_its_own_words_is_told_in_ours(open_page: Open, node: Parley) -> None:
    page = await open_page("so762-008110159")
    await page.route("**/api/**", lambda route: route.fulfill(status=502, body="<html>Bad Gateway</html>"))
    await visit(page, node, "The server answered 502.", "#status")
    await page.goto(f"{node.url}/docs/api")
    await expect(page.locator("#operations")).to_contain_text("cannot be had right now")
