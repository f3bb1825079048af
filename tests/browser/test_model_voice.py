"""The model sentence, by a network that hums: each word is marked while it is said, in a real browser."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from server.config import Settings
from tests.browser.conftest import Open, enter
from tests.browser.test_page import LEARNER
from tests.support import voice_model
from tests.support.node import Parley, running

pytestmark = pytest.mark.browser

NOTE = """
    globalThis.marked = [];
    new MutationObserver((changes) => {
        const said = changes.map(({ target }) => target).filter((one) => one.classList?.contains("said"));
        for (const { textContent } of said) if (marked.at(-1) !== textContent) marked.push(textContent);
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });
"""


@pytest.fixture
async def node(
    settings: Settings, database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Parley]:
    voice_model.installed(settings.data_dir, monkeypatch)
    async with running(settings.model_copy(update={"voice": "kokoro"}), database_url, redis_url) as parley:
        yield parley


async def test_each_word_is_marked_while_the_model_voice_says_it(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER)
    await enter(page, node.url)
    await page.evaluate(NOTE)
    reading = page.locator("#reading")
    await reading.locator("select").select_option("own")
    await reading.locator("textarea").fill("Good morning. Is it good, Ana?")
    model = reading.locator(".model")
    words, marked = ["Good", "morning.", "Is", "it", "good,", "Ana?"], list[str]()
    for _ in range(5):  # the times may come behind the sound at first, and a starved browser skips words
        await page.evaluate("marked.length = 0")
        await model.click()
        await expect(model).to_be_enabled()
        await expect(reading.locator(".word.said")).to_have_count(0)
        marked = await page.evaluate("marked")
        assert marked == [word for word in words if word in marked]
        if len(marked) >= 4:
            return
    pytest.fail(f"hardly a word was marked: {marked}")
