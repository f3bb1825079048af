"""The pages under /docs in a real browser: for everyone at every width, copied, searched, with tabs."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.conftest import Open
from tests.support.node import Parley

pytestmark = pytest.mark.browser
PAGES = ("", "/quickstart", "/authentication", "/errors", "/contract", "/changelog", "/api")


@pytest.fixture
async def page(open_page: Open) -> AsyncIterator[Page]:
    page = await open_page("jfk")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    assert said == []


async def faults(page: Page, name: str) -> list[str]:
    found = (await Axe().run(page)).response
    wrong = [f"{name}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]
    widths = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [*wrong, *([f"{name}: {widths[0]} px wide"] if widths[0] > widths[1] else [])]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(360, 740), (800, 900), (1440, 900)], ids=["phone", "tablet", "desk"])
async def test_every_page_is_for_everyone(page: Page, parley: Parley, size: tuple[int, int], theme: Any) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.emulate_media(color_scheme=theme)
    wrong: list[str] = []
    for name in PAGES:
        await page.goto(f"{parley.url}/docs{name}")
        await expect(page.locator("main h1").first).to_be_visible()
        wrong += await faults(page, name)
    await page.goto(f"{parley.url}/docs")
    await page.get_by_role("button", name="Search").click()
    await page.get_by_label("Search the docs").last.fill("origin")
    await expect(page.locator("#results a").first).to_be_visible()
    assert wrong + await faults(page, "search") == []


async def test_a_sample_is_copied_with_the_address_of_this_server(page: Page, parley: Parley) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=parley.url)
    await page.goto(f"{parley.url}/docs/quickstart")
    tab = page.get_by_role("tab", name="Python").first
    await tab.click()
    await expect(page.get_by_role("tab", name="Python", selected=True)).to_have_count(3)
    sample = page.locator("figure.code", has=page.get_by_text("ask.py", exact=True)).first
    await sample.get_by_role("button", name="Copy").click()
    await expect(sample.get_by_role("button", name="Copied")).to_be_visible()
    text = await page.evaluate("navigator.clipboard.readText()")
    assert f'base_url="{parley.url}/v1"' in text and text.startswith("import os")
    await page.reload()
    await expect(page.get_by_role("tab", name="Python", selected=True)).to_have_count(3)
    await page.get_by_role("tab", name="Python").first.press("ArrowLeft")
    await expect(page.get_by_role("tab", name="JavaScript", selected=True).first).to_be_focused()


async def test_the_search_leads_to_a_passage_and_to_an_operation(page: Page, parley: Parley) -> None:
    await page.goto(f"{parley.url}/docs")
    for words, place in (("safe_seq", "/docs/"), ("POST /api/live/whip", "/docs/api#post_live_whip")):
        await page.keyboard.press("/")
        await page.locator("#words").fill(words)
        await expect(page.locator("#results a").first).to_be_visible()
        await page.locator("#words").press("Enter")
        await page.wait_for_url(f"**{place}**")
    await expect(page.locator("#post_live_whip[open]")).to_be_visible()


async def test_server_events_have_their_members(page: Page, parley: Parley) -> None:
    await page.goto(f"{parley.url}/docs/api#event-transcript.final")
    box = page.locator("[id='event-transcript.final']")
    await expect(box).to_contain_text("latency_ms")
    await expect(box).to_contain_text("Number of the event in its session")
