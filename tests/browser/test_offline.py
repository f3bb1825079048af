"""The network is away for 20 seconds while somebody speaks: nothing is lost or doubled, and the learner is told.

For one learner nothing passes any more, and nobody says so; for another every connection is cut and none can be made.
A third one reads the same without trouble: what the first one gets is compared with it.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from server.config import Settings
from tests.browser.conftest import Open, enter
from tests.support.gate import Gate
from tests.support.node import Parley, running
from tests.support.speech import CLIPS_MODEL

LEARNER = "so762-008110159"
SENTENCE = "Let us know if you have any other questions."
TYPED = "I am learning English since two years."
AWAY_SECONDS = 20.0
LOST = "The connection is lost. What you say is kept and sent when it is back."
SAID = """
    globalThis.said = [];  // what the status line has said, which the next message soon replaces
    new MutationObserver(() => said.push(document.getElementById("status")?.textContent ?? ""))
        .observe(document, { subtree: true, childList: true, characterData: true });
"""

pytestmark = pytest.mark.browser


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(CLIPS_MODEL)})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


@pytest.fixture
async def silent(node: Parley) -> AsyncIterator[Gate]:
    gate = Gate(node.url)
    yield gate
    await gate.close()


@pytest.fixture
async def cut(node: Parley) -> AsyncIterator[Gate]:
    gate = Gate(node.url)
    yield gate
    await gate.close()


async def of(browser: Browser, url: str, screen: str) -> Page:
    """Another learner in the same browser, at the same microphone."""
    context = await browser.new_context(locale="en-US", service_workers="block")
    page = await context.new_page()
    await page.add_init_script(SAID)
    await enter(page, url, screen)
    return page


async def begin(page: Page) -> float:
    await page.locator("#reading select").select_option(label=SENTENCE)
    await page.get_by_role("button", name="Read with the microphone").click()
    return time.monotonic()


async def score(page: Page) -> tuple[str, float, int]:
    """(what was heard, overall, billed seconds) at the end of a reading."""
    reading = page.locator("#reading")
    await expect(reading.locator(".billed")).to_have_count(1)
    await expect(reading.locator(".scoreboard")).to_have_count(1)
    await expect(reading.locator(".sentence .word:not(.waiting)")).to_have_count(len(SENTENCE.split()))
    billed = int((await reading.locator(".billed").inner_text()).split()[0])
    overall = float(await reading.locator(".scoreboard .overall output").inner_text())
    return await reading.locator(".heard").inner_text(), overall, billed


async def undisturbed(browser: Browser, node: Parley) -> tuple[str, float, int]:
    page = await of(browser, node.url, "Read aloud")
    await begin(page)
    await expect(page.locator("#reading .heard")).to_contain_text("questions")
    return await score(page)


async def talk(page: Page) -> None:
    await page.locator("#talk").get_by_text("Technical").click()
    await page.get_by_label("Sound goes by").select_option("socket")
    await page.get_by_role("button", name="Start talking").click()
    await expect(page.locator("#talk .turns li.user").first).to_contain_text("us")


async def go_on_offline(reading: Page, talking: Page) -> None:
    """What people press meanwhile."""
    for page in (talking, reading):
        await expect(page.locator("#status")).to_contain_text(LOST)
    await reading.get_by_role("button", name="Done").click()
    await expect(reading.locator(".pending")).to_be_visible()
    await talking.get_by_label("Type instead of speaking").fill(TYPED)
    for _ in range(2):  # nothing comes: it is pressed again
        await talking.get_by_role("button", name="Send").click()


async def said_in(talking: Page, node: Parley) -> list[str]:
    """What the learner said by the page, and that it is what is stored."""
    turns = talking.locator("#talk .turns")
    await expect(turns.locator("li.ai").last).to_contain_text("for two years")
    await talking.locator("#talk").get_by_role("button", name="End", exact=True).click()
    await expect(talking.locator("#status")).to_contain_text("counted")
    shown = [(await one.inner_text()).strip() for one in await turns.locator("li.user .text").all()]
    async with node.resources.database.connection() as cx:
        stored = await cx.fetch("""
            select t.text from live_turns t join live_transcripts x on x.id = t.transcript_id
            join live_sessions s on s.id = x.session_id where t.role = 'user' and s.kind = 'voice'""")
    assert sorted(row["text"] for row in stored) == sorted(shown)  # stored as they were settled
    return shown


async def test_twenty_seconds_without_a_network_cost_nothing(
    open_page: Open, node: Parley, silent: Gate, cut: Gate
) -> None:
    browser = (await open_page(LEARNER)).context.browser
    assert browser is not None
    calm = await undisturbed(browser, node)
    reading = await of(browser, await silent.open(), "Read aloud")
    talking = await of(browser, await cut.open(), "Talk")
    started = await begin(reading)
    await expect(reading.locator("#reading .heard")).to_contain_text("us")
    silent.hold()
    await talk(talking)
    await cut.close()
    back = asyncio.get_running_loop().time() + AWAY_SECONDS
    await go_on_offline(reading, talking)
    await asyncio.sleep(back - asyncio.get_running_loop().time())
    await cut.open()
    silent.let_pass()

    heard, overall, billed = await score(reading)
    assert calm[0] == SENTENCE
    assert heard.endswith("questions.")
    assert SENTENCE.endswith(heard)  # a word before the pause may have been shown as a turn of its own
    assert abs(overall - calm[1]) <= 5
    assert billed <= math.ceil(time.monotonic() - started)
    assert await said_in(talking, node) == [SENTENCE, TYPED]
    assert "Connected" in await talking.evaluate("said")
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from live_sessions") == 3
        assert await cx.fetchval("select count(*) from live_sessions where ended_at is null") == 0
