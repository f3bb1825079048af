"""The result card: what cost most, to be heard, and one exercise, in a real browser."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import expect

from server.config import Settings
from tests.browser.conftest import Open
from tests.browser.test_page import LEARNER, MODEL, SENTENCE, _enter
from tests.support.node import Parley, running

pytestmark = pytest.mark.browser

LOSSES = [
    {"kind": "sound", "points": 6.2, "message": "/θ/ in “three” sounded like /s/.", "text": "three", "start_ms": 900},
    {"kind": "pause", "points": 4.0, "message": "A pause of 2.0 s between “a” and “b”.", "text": "a b", "start_ms": 10},
    {
        "kind": "stress",
        "points": 3.6,
        "message": "The stress of “hotel” belongs on /tɛl/.",
        "text": "hotel",
        "start_ms": 0,
    },
    {"kind": "pace", "points": 0.4, "message": "The pace.", "text": "three", "start_ms": 0},
]
REPORT = {
    "overall": 86.2,
    "lost": [{**loss, "end_ms": int(str(loss["start_ms"])) + 500} for loss in LOSSES],
    "exercise": {"instruction": "Say the pair, then the word.", "text": "think, sink. three."},
}
SHOW = """async (report) => {
  const { resultCard } = await import("/static/js/result_card.js");
  window.asked = [];
  const card = resultCard(report, {
    mine: (start, end) => window.asked.push(["mine", start, end]),
    model: (text) => window.asked.push(["model", text]),
    practise: (text) => window.asked.push(["practise", text]),
  });
  document.querySelector("#reading .result").append(card, resultCard({ overall: 100, lost: [], exercise: null }));
}"""


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(MODEL)})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


async def test_three_things_are_shown_that_can_be_heard_and_one_is_tried(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER)
    await _enter(page, node)
    await page.evaluate(SHOW, REPORT)
    card = page.locator(".result-card").first
    await expect(card.locator(".loss")).to_have_count(3)
    await expect(card.locator(".loss .points").first).to_have_text("−6")
    await expect(card.locator(".loss .message").first).to_have_text("/θ/ in “three” sounded like /s/.")
    await card.get_by_role("button", name="Hear yourself: /θ/").click()
    await card.get_by_role("button", name="Hear the model: A pause").click()
    await card.get_by_role("button", name="Read it").click()
    asked: list[Any] = await page.evaluate("window.asked")
    assert asked == [["mine", 820, 1520], ["model", "a b"], ["practise", "think, sink. three."]]
    perfect = page.locator(".result-card").nth(1)
    await expect(perfect.locator(".part")).to_have_count(1)
    assert await perfect.locator(".loss, .exercise").count() == 0


async def test_after_a_reading_the_exercise_takes_the_place_of_the_sentence(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER)
    await _enter(page, node)
    await page.locator("#reading select").select_option(label=SENTENCE)
    await page.get_by_role("button", name="Play a learner").click()
    card = page.locator("#reading .result-card")
    await expect(card.locator(".scoreboard")).to_be_visible()
    assert 1 <= await card.locator(".loss").count() <= 3
    text = await card.locator(".exercise .text").inner_text()
    await card.get_by_role("button", name="Read it").click()
    await expect(page.locator("#reading textarea")).to_have_value(text)
    await expect(page.locator("#reading .sentence .word").first).to_be_visible()
