"""What a learner reads on the page while the recognizer is on its way, and when it has come."""

from collections.abc import Callable

import pytest
from playwright.async_api import expect

from realtime import ports
from server.config import Settings
from speech import events as heard
from tests.browser.conftest import Open, enter
from tests.support.node import running
from tests.support.scripted_listener import ScriptedListener, ScriptedListening

SENTENCE = "Let us know if you have any other questions."

pytestmark = pytest.mark.browser


class Late(ScriptedListening):
    """Its model is being loaded until the test says otherwise."""

    emit: Callable[[heard.SpeechEvent], None]

    async def open(self, wanted: ports.ListenerOptions, emit: Callable[[heard.SpeechEvent], None]) -> ScriptedListener:
        listener = await super().open(wanted, emit)
        self.emit = emit
        emit(heard.Waits("loading", 5, "The speech model is being loaded. What is said meanwhile is kept."))
        return listener


async def test_the_page_says_what_it_waits_for_and_when_that_is_over(
    open_page: Open, settings: Settings, database_url: str, redis_url: str
) -> None:
    late = Late()
    async with running(settings, database_url, redis_url, listening=late) as node:
        page = await open_page("so762-008110159")
        await enter(page, node.url)
        await page.locator("#reading select").select_option(label=SENTENCE)
        await page.get_by_role("button", name="Read with the microphone").click()
        await expect(page.locator("#status")).to_contain_text("kept")
        late.emit(heard.Waits(None))
        await expect(page.locator("#status")).to_have_text("Speech is recognised now.")
