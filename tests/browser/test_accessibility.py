"""Every screen, wide and narrow, light and dark: no violation of any rule of axe-core, no sideways scroll, no error."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.conftest import Open
from tests.support.node import Parley

pytestmark = pytest.mark.browser

STRANGER = ("/", "/sign-in", "/sign-up", "/forgotten", "/reset/a-link", "/verify/a-link")
SCREENS = (
    "/home",
    "/read",
    "/talk",
    "/lessons",
    "/lessons/a1-meeting-people",
    "/review",
    "/placement",
    "/conversations",
    "/notes",
    "/documents",
    "/search?q=Madrid",
    "/history",
    "/webhooks",
    "/account",
    "/privacy",
    "/organizations",
    "/more",
    "/sign-in",
    "/sign-up",
)
TASKS = ("profiles", "questions", "write-what-you-hear", "am-is-are", "introduce-yourself", "repeat", "about-you")


@pytest.fixture
async def page(open_page: Open, parley: Parley) -> AsyncIterator[Page]:
    page = await open_page("jfk")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    assert said == []


async def call(page: Page, method: str, path: str, body: Any) -> Any:
    script = "async ([m, p, b]) => (await import('/static/js/api.js')).call(m, p, b)"
    return await page.evaluate(script, [method, path, body])


async def show(page: Page, url: str, path: str) -> None:
    await page.goto(f"{url}/#{path}")
    await expect(page.locator("main h1")).to_be_visible()
    await expect(page.locator(".waiting-screen")).to_have_count(0)


async def look(page: Page, path: str) -> list[str]:
    """What is wrong with the screen that is shown. It may still be on its way: what is wrong stays wrong."""
    found = (await Axe().run(page)).response
    if found["violations"]:
        await page.wait_for_timeout(1000)
        found = (await Axe().run(page)).response
    assert len(found["passes"]) > 10
    wrong = [f"{path}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]
    widths = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [*wrong, *([f"{path}: {widths[0]} px wide"] if widths[0] > widths[1] else [])]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(360, 740), (1280, 800)], ids=["phone", "desk"])
async def test_every_screen_is_for_everyone(page: Page, parley: Parley, size: tuple[int, int], theme: Any) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    wrong: list[str] = []
    for path in STRANGER:
        await show(page, parley.url, path)
        wrong += await look(page, path)
    await show(page, parley.url, "/")
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator("#reading select option")).not_to_have_count(0)
    note = {"title": "Madrid", "content": "A city of Spain.", "tags": ["places"]}
    await call(page, "POST", "/api/core/notes", note)
    begun = await call(page, "POST", "/api/core/conversations", {"title": "Madrid"})
    message = {"message": "I live in Madrid since two years.", "conversation_id": begun["id"]}
    await call(page, "POST", "/api/ai/generate", message)
    for path in (*SCREENS, f"/conversations/{begun['id']}"):
        await show(page, parley.url, path)
        wrong += await look(page, path)
    for task in TASKS:
        await show(page, parley.url, f"/lessons/a1-meeting-people/{task}")
        wrong += await look(page, task)
    await page.goto(f"{parley.url}/#/lessons/a1-meeting-people/introduce-yourself")
    await page.get_by_label("Your text").fill("I am nurse and I works here since two years. She study English with me.")
    await page.get_by_role("button", name="Check").click()
    await expect(page.locator("#outcome")).to_be_focused()
    wrong += await look(page, "result")
    assert wrong == []


async def test_a_keyboard_alone_gets_from_the_first_page_to_a_task(page: Page, parley: Parley) -> None:
    await show(page, parley.url, "/")
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.id") == "try":
            break
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Read aloud", level=1)).to_be_focused()
    await page.goto(f"{parley.url}/#/lessons")
    link = page.get_by_role("link", name="Meeting people")
    await link.focus()
    assert await link.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Meeting people")).to_be_focused()


@pytest.mark.parametrize(
    ("locale", "direction", "button"),
    [("ar", "rtl", "جرّب"), ("pt-BR", "ltr", "Experimente"), ("ja-JP", "ltr", "試してみる"), ("nl-NL", "ltr", "Try it")],
)
async def test_the_browsers_language_is_spoken(
    page: Page, parley: Parley, locale: str, direction: str, button: str
) -> None:
    await page.add_init_script(f"Object.defineProperty(navigator, 'languages', {{ get: () => ['{locale}'] }})")
    await show(page, parley.url, "/")
    await expect(page.get_by_role("button", name=button)).to_be_visible()
    assert await page.evaluate("document.documentElement.dir") == direction
    await page.get_by_role("combobox").select_option("de")
    await expect(page.get_by_role("button", name="Ausprobieren")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="Ausprobieren")).to_be_visible()
