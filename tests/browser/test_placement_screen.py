"""The placement in a real browser: to its result, through a reload, by the keyboard, and left out."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from language.placement import adaptive
from language.placement.items import Item, bank
from server.config import Settings
from tests.browser.conftest import Open, enter
from tests.browser.test_accessibility import look
from tests.support.node import Parley
from tests.support.speech import CLIPS_MODEL

pytestmark = pytest.mark.browser


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"whisper_model": str(CLIPS_MODEL), "voice": "client"})


async def asked(page: Page) -> Any:
    """The open question as the server has it."""
    script = "async () => (await import('/static/js/api.js')).get('/api/learn/english/placement')"
    return (await page.evaluate(script))["question"]


def item_of(question: Any) -> Item:
    return next(one for one in bank().values() if one.text == question["text"] and one.passage == question["passage"])


async def answer(page: Page, level: float) -> str:
    """What somebody of that level answers; the kind of the question."""
    question = await asked(page)
    number = question["number"]
    await expect(page.get_by_role("heading", name=f"Question {number}", level=1)).to_be_focused()
    item = item_of(question)
    known = item.difficulty < level
    if question["kind"] == "reading_aloud":
        await page.get_by_role("button", name="Record my answer").click()
        await expect(page.locator("voice-recorder .heard")).not_to_be_empty()
        await page.get_by_role("button", name="Stop and check").click()
    elif not known:
        await page.get_by_role("button", name="I do not know").click()
    elif question["kind"] == "choice":
        await page.get_by_label(item.right or "", exact=True).check()
        await page.get_by_role("button", name="Next question").click()
    else:
        field = page.locator("input.gap") if question["kind"] == "gap" else page.locator("form textarea")
        await field.fill(item.accept[0] if item.accept else "I live in a small town. I like music and I play football.")
        await page.get_by_role("button", name="Next question").click()
    await expect(page.get_by_role("heading", name=f"Question {number}", level=1, exact=True)).to_have_count(0)
    return str(question["kind"])


async def test_a_stranger_finds_a_level_through_a_reload_and_begins_there(open_page: Open, parley: Parley) -> None:
    page = await open_page("so762-008110159", again_after=1)
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(parley.url)
    await page.get_by_role("button", name="Find your level").click()
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.get_by_role("heading", name="Question 1")).to_be_visible()
    kinds, wrong = [], []
    for number in range(adaptive.MOST_ITEMS):
        await expect(page.locator("main h1")).to_be_visible()
        if await page.get_by_role("heading", name="Your level", exact=True).count():
            break
        if number == 3:  # a second visit in the middle
            before = await asked(page)
            await page.goto(f"{parley.url}/#/home")
            await page.get_by_role("link", name="Go on", exact=True).click()
            await expect(page.get_by_role("heading", name="Question 4")).to_be_focused()
            await page.reload()
            await expect(page.get_by_role("heading", name="Question 4")).to_be_visible()
            assert await asked(page) == before
            await page.locator("h1").focus()
        kind = (await asked(page))["kind"]
        if kind not in kinds:
            wrong += await look(page, kind)
        kinds.append(await answer(page, 2.5))
    await expect(page.get_by_role("heading", name="Your level", exact=True)).to_be_visible()
    assert set(kinds) == {"choice", "gap", "writing", "reading_aloud"}
    wrong += await look(page, "result")
    assert wrong == []
    await page.reload()
    await expect(page.get_by_role("heading", name="lessons are open now")).to_be_visible()
    await page.get_by_role("link", name="Begin at your level").click()
    await expect(page.locator("h1 .chip")).to_have_text("B1")
    await page.goto(f"{parley.url}/#/home")
    await expect(page.locator(".next")).to_be_visible()
    await expect(page.locator("aside").get_by_role("link", name="Find your level")).to_have_count(0)


async def test_another_tab_goes_on_and_the_first_one_catches_up(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await enter(page, parley.url, "Lessons")
    await page.goto(f"{parley.url}/#/placement")
    await page.get_by_label("I cannot speak now").check()
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.get_by_role("heading", name="Question 1")).to_be_visible()
    other = await page.context.new_page()
    await other.goto(f"{parley.url}/#/placement")
    await expect(other.get_by_role("heading", name="Question 1")).to_be_visible()
    await other.get_by_role("button", name="I do not know").click()
    await expect(other.get_by_role("heading", name="Question 2")).to_be_visible()
    await page.get_by_role("button", name="I do not know").click()
    await expect(page.get_by_role("heading", name="Question 2")).to_be_visible()
    assert (await asked(page))["number"] == 2


async def test_a_keyboard_alone_answers_and_it_can_be_skipped(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await enter(page, parley.url, "Lessons")
    await page.goto(f"{parley.url}/#/placement")
    await page.get_by_role("button", name="Start", exact=True).focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Question 1")).to_be_focused()
    if (await asked(page))["kind"] == "choice":
        await page.keyboard.press("Tab")
        await page.keyboard.press("Space")
    else:
        await page.keyboard.press("Tab")
        await page.keyboard.type("something")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Question 2")).to_be_focused()
    fresh = await open_page("jfk")
    await enter(fresh, parley.url, "Lessons")
    await fresh.goto(f"{parley.url}/#/home")
    await fresh.locator("aside").get_by_role("link", name="Find your level").click()
    await fresh.get_by_role("button", name="Skip it").click()
    await expect(fresh.get_by_role("heading", name="Lessons", level=1)).to_be_visible()
