"""The course in a browser: a first lesson in four clicks, every kind of task, corrections, the end of a module."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from api.english.catalog import load, schema
from api.english.tasks import key
from server.config import Settings
from tests.browser.conftest import Open, enter, sign_in
from tests.browser.test_accessibility import look
from tests.support.english import place
from tests.support.node import Parley, running
from tests.support.school import School
from tests.unit.english.test_own_texts import TEXT

MODEL = Path(__file__).parent.parent / "data" / "models" / "whisper-clips-test"
FIRST = load.catalog().modules[0]

pytestmark = pytest.mark.browser


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(MODEL)})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


async def answer(page: Page, task: schema.Task, right: Any) -> None:
    """Fill in what somebody who knows everything would answer."""
    form = page.locator("form.task")
    match task.kind:
        case "multiple_choice":
            for number, option in enumerate(right):
                await form.locator("fieldset").nth(number).locator(f"input[value={option}]").check()
        case "matching":
            for number, option in enumerate(right):
                await form.locator("select").nth(number).select_option(option)
        case "gap":
            for number, text in enumerate(right):
                await form.locator("input.gap").nth(number).fill(text)
        case "short_answer":
            for number, text in enumerate(right):
                await form.locator(".written input").nth(number).fill(text)
        case _:
            await form.locator("textarea").fill(right if isinstance(right, str) else right[0])
    await page.get_by_role("button", name="Check").click()
    await expect(page.locator("#outcome")).to_contain_text("of 100")


async def test_a_stranger_is_in_a_first_lesson_after_four_clicks(open_page: Open, node: Parley) -> None:
    page = await open_page("jfk")
    await page.goto(node.url)
    await page.get_by_role("button", name="Try it").click()
    await page.get_by_role("link", name="Lessons").click()
    await page.get_by_role("link", name="Meeting people").click()
    await page.get_by_role("link", name="Start", exact=True).click()
    await expect(page.get_by_role("button", name="Check")).to_be_visible()


@pytest.mark.parametrize("size", [(360, 740), (1280, 800)], ids=["phone", "desk"])
async def test_a_module_from_its_first_task_to_its_end(open_page: Open, node: Parley, size: tuple[int, int]) -> None:
    page = await open_page("so762-008110159", lead_seconds=1, again_after=1)
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.goto(node.url)
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator("#reading select option")).not_to_have_count(0)
    await page.goto(f"{node.url}/#/lessons/{FIRST.id}")
    await page.get_by_role("link", name="Start", exact=True).click()
    for number, task in enumerate(FIRST.tasks):
        await expect(page.get_by_role("heading", name=task.title, exact=True)).to_be_visible()
        if task.kind in ("repeat", "read_aloud"):
            await page.get_by_role("button", name="Record my answer").click()
            await expect(page.locator("voice-recorder .heard")).not_to_be_empty()
            await page.get_by_role("button", name="Stop and check").click()
            await expect(page.locator("#outcome")).to_contain_text("of 100")
        elif task.kind == "answer_aloud":
            await page.get_by_role("button", name="Type instead").click()
            await answer(page, task, key.perfect(task, FIRST.id, 1))
        else:
            await answer(page, task, key.perfect(task, FIRST.id, 1))
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        last = number == len(FIRST.tasks) - 1
        onward = page.get_by_role("link", name="Next task").or_(page.get_by_role("link", name="To the lesson"))
        if not last:
            await onward.click()
    await page.goto(f"{node.url}/#/lessons/{FIRST.id}")
    await page.get_by_role("button", name="Complete the lesson").click()
    await expect(page.get_by_role("heading", name="Lesson completed")).to_be_visible()
    await page.get_by_role("link", name="Next lesson").click()
    await expect(page.get_by_role("heading", name="My day")).to_be_visible()
    await page.goto(f"{node.url}/#/lessons")
    await expect(page.get_by_role("link", name="Meeting people")).to_contain_text("Completed")
    await page.reload()
    await expect(page.get_by_role("link", name="My day")).to_contain_text("Open")


async def test_corrections_stand_in_the_text_and_what_was_said_is_told_afterwards(
    open_page: Open, node: Parley
) -> None:
    page = await open_page("jfk")
    await enter(page, node.url, "Lessons")
    await page.goto(f"{node.url}/#/lessons/{FIRST.id}/introduce-yourself")
    await page.get_by_label("Your text").fill("My name is Ana. I am nurse and I works in a hospital since two years.")
    await page.get_by_role("button", name="Check").click()
    text = page.locator(".marked").first
    await expect(text.locator("del").first).to_have_text("nurse")
    await expect(text.locator("ins").first).to_have_text("a nurse")
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_label("Your text")).to_have_value("")
    task = next(one for one in FIRST.tasks if one.kind == "dictation")
    await page.goto(f"{node.url}/#/lessons/{FIRST.id}/{task.id}")
    said = json.loads(json.dumps(key.perfect(task, FIRST.id, 1)))
    assert said not in await page.content()
    await page.get_by_label("What you hear").fill("something else")
    await page.get_by_role("button", name="Check").click()
    await expect(page.get_by_text(said).first).to_be_visible()


async def test_the_task_stays_with_the_answers_and_each_hint_is_said_once(open_page: Open, node: Parley) -> None:
    page = await open_page("jfk")
    await page.set_viewport_size({"width": 360, "height": 740})
    ana = await node.account("ana")
    await sign_in(page, node.url, ana)
    await place(node, ana, "C1")
    address = DRILLS["word_formation"]
    module_id, task_id = address.split("/")
    task = load.catalog().task(module_id, task_id)
    assert task is not None
    first, *others = list(key.perfect(task, module_id, 1))
    await page.goto(f"{node.url}/#/lessons/{address}")
    await drilled(page, "word_formation", [first, *("nonsense" for _ in others)])
    await page.get_by_role("button", name="Check").click()
    text = page.get_by_role("region", name="Your answer").locator(".passage")
    await expect(text.locator(".word.good")).to_have_text(f"{first} ✓(Right)")
    await expect(text.locator(".word.poor")).to_have_text(["nonsense ✗(Wrong)"] * len(others))
    said = [
        line.split(")")[-1].strip() for line in await page.locator(".outcome .parts li span[lang]").all_inner_texts()
    ]
    assert len(said) == len(set(said))
    feedback = await page.locator(".outcome .feedback").inner_text()
    assert [one for one in said if one in feedback] == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await look(page, "answered") == []


async def test_what_is_due_is_repeated(open_page: Open, node: Parley) -> None:
    page = await open_page("jfk")
    await enter(page, node.url, "Lessons")
    await page.goto(f"{node.url}/#/review")
    await expect(page.get_by_text("Nothing is due")).to_be_visible()
    await page.goto(f"{node.url}/#/lessons/{FIRST.id}/am-is-are")
    for number in range(4):
        await page.locator("input.gap").nth(number).fill("be")
    await page.get_by_role("button", name="Check").click()
    await expect(page.locator("#outcome")).to_contain_text("Not yet")
    async with node.resources.database.connection() as cx:
        await cx.execute("update review_items set due_at = now() - interval '1 hour'")
    await page.goto(f"{node.url}/#/review")
    await page.get_by_role("link", name="Start").click()
    await expect(page.get_by_role("button", name="Check")).to_be_visible()


DRILLS = {
    "minimal_pairs": "a1-my-day/hear-the-word",
    "information_gap": "a2-travel-plans/plan-together",
    "error_hunt": "a2-bigger-better-cheaper/find-the-errors",
    "picture_description": "a1-around-town/describe-the-picture",
    "word_formation": "b2-the-right-candidate/form-the-words",
    "cloze": "b2-putting-your-case/complete-the-argument",
    "summary": "b2-reading-the-news/sum-it-up",
}


async def drilled(page: Page, kind: str, right: Any) -> None:
    """Fill in what somebody who knows everything would answer, by the keyboard where it is chosen."""
    form = page.locator("form.task")
    match kind:
        case "minimal_pairs":
            for number, option in enumerate(right):
                await form.locator("fieldset").nth(number).locator(f"input[value={option}]").focus()
                await page.keyboard.press("Space")
        case "information_gap":
            for number, text in enumerate(right):
                await form.locator(".written input").nth(number).fill(text)
        case "word_formation":
            for number, text in enumerate(right):
                await form.get_by_label(f"Gap {number + 1}").fill(text)
        case "cloze":
            for number, text in enumerate(right):
                await form.get_by_label(f"Gap {number + 1}").select_option(label=text)
        case "error_hunt":
            await form.get_by_label("Text to correct").fill(right)
        case _:
            await form.get_by_label("Your text").fill(right)


async def test_one_task_of_each_kind_that_trains_one_thing(open_page: Open, node: Parley) -> None:
    page = await open_page("jfk", lead_seconds=1, again_after=1)
    await page.set_viewport_size({"width": 360, "height": 740})
    ana = await node.account("ana")
    await sign_in(page, node.url, ana)
    await place(node, ana, "C1")
    for kind, address in DRILLS.items():
        module_id, task_id = address.split("/")
        task = load.catalog().task(module_id, task_id)
        assert task is not None
        await page.goto(f"{node.url}/#/lessons/{address}")
        await expect(page.get_by_role("heading", name=task.title, exact=True)).to_be_visible()
        if kind == "picture_description":
            await expect(page.get_by_role("img", name="A street in a small town")).to_have_js_property("complete", True)
        if kind == "error_hunt":
            await expect(page.get_by_text("There are 5 errors")).to_be_visible()
        await drilled(page, kind, key.perfect(task, module_id, 1))
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
        await page.get_by_role("button", name="Check").click()
        free = kind in ("picture_description", "summary")
        await expect(page.locator("#outcome")).to_contain_text("Passed" if free else "100 of 100")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
    await page.goto(f"{node.url}/#/lessons/a1-home-and-family/say-both")
    await expect(page.get_by_text("Ship, sheep. It, eat. Sit, seat.")).to_be_visible()
    await page.get_by_role("button", name="Record my answer").click()
    await expect(page.locator("voice-recorder .heard")).not_to_be_empty()
    await page.get_by_role("button", name="Stop and check").click()
    await expect(page.locator("#outcome")).to_contain_text("of 100")


async def test_a_teacher_makes_a_lesson_of_a_text_and_gives_it(open_page: Open, node: Parley) -> None:
    school = await School.found(node)
    ana = await school.joined("ana")
    page = await open_page("jfk")
    await page.set_viewport_size({"width": 360, "height": 740})
    await sign_in(page, node.url, school.owner)
    await page.goto(f"{node.url}/#/organizations/{school.id}/texts")
    await page.get_by_label("Title").fill("A visit")
    text = page.get_by_label("Text (40 words at least)")
    await text.fill("Too short.")
    await page.get_by_role("button", name="Preview").click()
    await expect(text).to_have_attribute("aria-invalid", "true")
    await expect(text).to_have_accessible_description("A text has at least 40 words.")
    await expect(text).to_be_focused()
    await text.fill(TEXT)
    await page.get_by_role("button", name="Preview").click()
    await expect(page.get_by_text("anecdote · C1")).to_be_visible()
    await expect(text).not_to_have_attribute("aria-invalid", "true")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Keep as a lesson").click()
    await expect(page.locator("li", has_text="A visit")).to_be_visible()
    (kept,) = (await school.ask("GET", "/api/learn/english/texts", params={"organization_id": school.id}))["items"]
    await page.goto(f"{node.url}/#/organizations/{school.id}/assignments")
    await page.get_by_role("button", name="New assignment").click()
    await page.locator("select[name=module_id]").select_option(kept["id"])
    await page.get_by_role("button", name="Give it").click()
    await expect(page.get_by_role("link", name="A visit")).to_be_visible()
    assert (await school.mine(ana))[0]["work"]["module_id"] == kept["id"]
