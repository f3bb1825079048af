"""Whoever leaves while a screen begins leaves no microphone on and no session running; unsent recordings are kept."""

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from api.english.catalog import load
from tests.browser.conftest import WAIT_SECONDS, Open, enter
from tests.support.node import Parley

pytestmark = pytest.mark.browser

CLIP = "so762-008110159"
FIRST = load.catalog().modules[0]
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


async def test_a_talk_that_begins_after_the_learner_left_ends(open_page: Open, parley: Parley) -> None:
    page = await open_page(CLIP)
    go_on = asyncio.Event()

    async def late(route: Route) -> None:
        await go_on.wait()
        await route.continue_()

    await page.route("**/api/live/session/start", late)
    await enter(page, parley.url, "Talk")
    async with page.expect_request("**/api/live/session/start"):
        await page.get_by_role("button", name="Start talking").click()
    await page.get_by_role("navigation", name="Menu").get_by_role("link", name="Home").click()
    await expect(page.locator("screen-home")).to_be_visible()
    go_on.set()

    async with asyncio.timeout(WAIT_SECONDS), parley.resources.database.connection() as cx:
        while not await cx.fetchval("select count(*) from live_sessions where ended_at is not null"):  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.05)


async def test_a_recording_that_could_not_be_sent_is_sent_again(open_page: Open, parley: Parley) -> None:
    page = await open_page("so762-008110159", again_after=1)
    await enter(page, parley.url, "Lessons")
    away = [True]
    bodies: list[bytes | None] = []

    async def answer(route: Route) -> None:
        bodies.append(route.request.post_data_buffer)
        if away:
            await route.abort("internetdisconnected")
        else:
            await route.continue_()

    await page.route("**/api/learn/english/evaluate", answer)
    task = next(one for one in FIRST.tasks if one.kind == "repeat" or one.kind == "read_aloud")
    await page.goto(f"{parley.url}/#/lessons/{FIRST.id}/{task.id}")
    await page.get_by_role("button", name="Record my answer").click()
    await expect(page.locator("voice-recorder meter")).to_be_visible()
    await page.get_by_role("button", name="Stop and check").click()
    await expect(page.locator("voice-recorder .fault")).to_contain_text("cannot be reached")
    away.clear()
    await page.locator("voice-recorder").get_by_role("button", name="Try again").click()

    async with asyncio.timeout(WAIT_SECONDS):
        while len(bodies) < 2:  # noqa: ASYNC110 - it happens in the browser
            await asyncio.sleep(0.05)
