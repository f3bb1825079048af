"""A screen that is left while it waits for the microphone leaves no microphone on and no session running."""

import asyncio

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Open, enter
from tests.support.node import Parley

pytestmark = pytest.mark.browser

CLIP = "so762-008110159"
_SLOW = """
const given = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = (wanted) => new Promise((done) => {
  window.grant = async () => done((window.microphone = await given(wanted)));
});
"""
_OFF = "window.microphone.getTracks().every((track) => track.readyState === 'ended')"


async def _until(page: Page, condition: str, seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not await page.evaluate(condition):  # noqa: ASYNC110 - it happens in the browser
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(("screen", "button"), [("Read aloud", "Read with the microphone"), ("Talk", "Start talking")])
async def test_who_leaves_before_the_microphone_is_given_is_not_heard(
    open_page: Open, parley: Parley, screen: str, button: str
) -> None:
    page = await open_page(CLIP)
    await page.add_init_script(_SLOW)
    await enter(page, parley.url, screen)
    if screen == "Talk":
        await page.locator("#talk").get_by_text("Technical").click()
        await page.get_by_label("Sound goes by").select_option("socket")
    await page.get_by_role("button", name=button).click()
    await _until(page, "!!window.grant")
    await page.get_by_role("navigation", name="Menu").get_by_role("link", name="Home").click()
    await expect(page.locator("screen-home")).to_be_visible()
    await page.evaluate("window.grant()")
    await _until(page, _OFF)
    async with asyncio.timeout(60), parley.resources.database.connection() as cx:
        while await cx.fetchval("select count(*) from live_sessions where ended_at is null"):  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.05)
    await expect(page.locator("#status.problem")).to_have_count(0)
