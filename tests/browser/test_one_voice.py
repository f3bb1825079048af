"""The model voice asks the server for each text once, and for nothing when the screen was left."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Open, enter
from tests.support.node import Parley

pytestmark = pytest.mark.browser

SIX_TIMES = """async (text) => {
  const { speak } = await import("/static/js/speech.js");
  window.said = [];
  const told = (one) => window.said.push(String(one));
  for (let number = 0; number < 6; number++) speak(text).then(() => told("over"), told);
}"""


async def test_a_text_is_asked_for_once_and_given_up_when_the_screen_is_left(open_page: Open, parley: Parley) -> None:
    page = await open_page("so762-008110159")
    asked: list[str] = []
    never = asyncio.Event()

    async def hang(route: Route) -> None:
        asked.append(route.request.url)
        await never.wait()

    await page.route("**/api/speech?*", hang)
    await enter(page, parley.url)
    async with page.expect_request("**/api/speech?*"):
        await page.evaluate(SIX_TIMES, "A cup of tea.")
    async with page.expect_event("requestfailed", lambda request: "/api/speech?" in request.url):
        await page.get_by_role("navigation", name="Menu").get_by_role("link", name="Lessons").click()
    await expect(page.get_by_role("heading", name="Lessons", level=1)).to_be_visible()
    await page.wait_for_function("window.said.length === 6")
    assert await page.evaluate("window.said") == ["over"] * 6
    assert len(asked) == 1
    never.set()
