"""The Talk page in a real browser: spoken replies, barge-in, the face."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from server.config import Settings
from speech.synthesis import espeak
from tests.browser.conftest import Open, enter
from tests.support.node import Parley, running
from tests.support.speech import AUDIO

MODEL = Path(__file__).parent.parent / "data" / "models" / "whisper-clips-test"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(espeak.find() is None, reason="espeak-ng is not installed on this machine"),
]


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(MODEL)})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


_WATCH = """
window.sounds = 0; window.stopped = 0; window.shapes = new Set();
new MutationObserver(() => window.shapes.add(document.querySelector("#talk .face")?.dataset.viseme))
    .observe(document, { subtree: true, attributeFilter: ["data-viseme"] });
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...at) { window.sounds += 1; return start.apply(this, at); };
const stop = AudioBufferSourceNode.prototype.stop;
AudioBufferSourceNode.prototype.stop = function (...at) { window.stopped += 1; return stop.apply(this, at); };
"""


_SPEAK = """
navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  const microphone = context.createMediaStreamDestination();
  window.speak = async (sound) => {
    const said = context.createBufferSource();
    said.buffer = await context.decodeAudioData(Uint8Array.from(atob(sound), (one) => one.charCodeAt(0)).buffer);
    said.connect(microphone);
    said.start();
  };
  return microphone.stream;
};
"""


async def _talk(page: Page, node: Parley) -> None:
    await page.add_init_script(_WATCH)
    await enter(page, node.url, "Talk")
    await page.locator("#talk").get_by_text("Technical").click()


async def _until(page: Page, condition: str) -> None:
    async with asyncio.timeout(60):
        while not await page.evaluate(condition):  # noqa: ASYNC110 - it happens in the browser
            await asyncio.sleep(0.05)


async def test_the_tutor_is_interrupted_by_the_microphone_and_the_face_speaks(open_page: Open, node: Parley) -> None:
    page = await open_page("so762-008110159")
    await page.add_init_script(_SPEAK)
    await _talk(page, node)
    await page.get_by_label("Sound goes by").select_option("socket")  # where the pieces of sound can be counted
    await page.get_by_label("Show a face").check()
    await page.get_by_role("button", name="Start talking").click()
    await page.get_by_label("Type instead of speaking").fill("Hello, what can you do?")
    await page.get_by_role("button", name="Send").click()
    first = page.locator("#talk .turns li.ai").first
    await expect(first).to_contain_text("practice tutor")
    await _until(page, "window.sounds > 3")
    await expect(page.locator("#talk .face")).to_be_visible()
    await _until(page, "[...window.shapes].filter((one) => one && one !== '0').length >= 4")  # the mouth moves with it
    sound = base64.b64encode((AUDIO / "so762-008110159.flac").read_bytes()).decode()
    await page.evaluate("window.speak", sound)
    await _until(page, "window.stopped > 0")  # the learner speaks: silence
    await expect(page.locator("#talk .turns li.user").last).to_contain_text("questions")
    await expect(first).to_have_class("ai cut")
    await expect(page.locator("#talk .turns li.ai")).to_have_count(2)
    if (folder := os.environ.get("PARLEY_SCREENSHOTS")) is not None:
        await page.screenshot(path=f"{folder}/talk.png")


async def test_a_scene_can_be_chosen(open_page: Open, node: Parley) -> None:
    page = await open_page("so762-008110159", lead_seconds=60.0)
    await _talk(page, node)
    await page.get_by_label("Scene").select_option("restaurant")
    await page.get_by_role("button", name="Start talking").click()
    await page.get_by_label("Type instead of speaking").fill("Hello!")
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator("#talk .turns li.ai")).to_contain_text("waiter")
