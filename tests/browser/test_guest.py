"""Whoever only tries it has one account, whatever goes wrong on the way to it."""

import json

import pytest
from playwright.async_api import expect

from tests.support.node import running

pytestmark = pytest.mark.browser

REFUSAL = json.dumps({"detail": {"error": "rate_limited", "message": "Too many requests."}})
EXPIRE = """() => {
  const kept = JSON.parse(localStorage.getItem("parley.account"));
  localStorage.setItem("parley.account", JSON.stringify({ ...kept, expires: 0 }));
}"""


@pytest.fixture
async def node(settings, database_url, redis_url):
    async with running(settings, database_url, redis_url) as parley:
        yield parley


async def visit(page, node, shown: str) -> None:
    await page.goto(f"{node.url}/")
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator("#minutes")).to_contain_text(shown)


@pytest.mark.parametrize("lost", ["login", "register"])
async def test_a_guest_whose_sign_in_failed_gets_no_second_account(open_page, node, lost):
    page = await open_page("so762-008110159")
    failing = [lost]

    async def answer(route):
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
