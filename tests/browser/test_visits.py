"""Pages that are visited again: from the cache of one browser they must be as alive as the first time."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Open
from tests.support.node import Parley

pytestmark = pytest.mark.browser


async def front_is_alive(page: Page) -> None:
    """Scripts run, and the style sheet is there."""
    button = page.get_by_role("button", name="Try it")
    await expect(button).to_be_visible()
    assert await button.evaluate("one => getComputedStyle(one).borderRadius") == "16px"
    await button.click()
    await expect(page.locator("#reading select option")).not_to_have_count(0)
    await expect(page.locator("#minutes")).to_contain_text("left this month")


async def documentation_is_alive(page: Page) -> None:
    await expect(page.locator("#operations .operation")).not_to_have_count(0)
    await expect(page.locator("#events .operation")).not_to_have_count(0)


async def reading_is_there(page: Page) -> None:
    await expect(page.locator("#reading select option")).not_to_have_count(0)
    await expect(page.locator("#minutes")).to_contain_text("left this month")


VISITS = [("/", front_is_alive, reading_is_there), ("/docs/api", documentation_is_alive, documentation_is_alive)]


@pytest.mark.parametrize(("path", "is_alive", "is_there"), VISITS)
async def test_a_page_lives_at_every_visit(
    open_page: Open,
    parley: Parley,
    path: str,
    is_alive: Callable[[Page], Awaitable[None]],
    is_there: Callable[[Page], Awaitable[None]],
) -> None:
    page = await open_page("jfk")
    refused: list[str] = []

    def watch(tab: Page) -> None:
        tab.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)

    watch(page)
    for _ in range(2):
        await page.goto(f"{parley.url}{path}")
        await is_alive(page)
    await page.goto(f"{parley.url}{path}")
    await page.reload()
    await is_alive(page)
    await page.reload()  # and where it has gone to meanwhile
    await is_there(page)
    await page.goto("about:blank")
    await page.go_back()
    await is_there(page)
    tab = await page.context.new_page()
    watch(tab)
    await tab.goto(f"{parley.url}{path}")
    await is_alive(tab)
    assert refused == []
