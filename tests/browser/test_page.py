"""What a learner sees, in a real browser against a whole node with the test Whisper."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from server.config import Settings
from tests.browser.conftest import Open, enter
from tests.support.node import Parley, running

MODEL = Path(__file__).parent.parent / "data" / "models" / "whisper-clips-test"
LEARNER = "so762-008110159"
SENTENCE = "Let us know if you have any other questions."

# What came first on the screen: a word with its colour, or the scores of the whole.
NOTE_ORDER = """() => {
  globalThis.order = [];
  const look = () => {
    for (const [name, found] of [["word", ".sentence .word:not(.waiting)"], ["scores", ".scoreboard"]])
      if (!order.includes(name) && document.querySelector(`#reading ${found}`)) order.push(name);
  };
  const wanted = { subtree: true, childList: true, attributes: true };
  new MutationObserver(look).observe(document.querySelector("#reading"), wanted);
}"""

pytestmark = pytest.mark.browser


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(MODEL)})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


async def _enter(page: Page, node: Parley, screen: str = "Read aloud") -> None:
    await enter(page, node.url, screen)
    await expect(page.locator("#minutes")).to_contain_text("left this month")


async def test_a_sentence_read_into_the_microphone_is_coloured_and_scored(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER)
    await _enter(page, node)
    await page.locator("#reading select").select_option(label=SENTENCE)
    await page.evaluate(NOTE_ORDER)
    await page.get_by_role("button", name="Read with the microphone").click()
    reading = page.locator("#reading")
    await expect(reading.locator(".heard")).to_contain_text("know")
    coloured = reading.locator(".sentence .word:not(.waiting)")
    await expect(coloured.first).to_be_visible(timeout=20_000)
    await expect(reading.locator(".heard")).to_contain_text("questions")
    await expect(reading.locator(".scoreboard")).to_be_visible()
    await expect(coloured).to_have_count(9)
    assert (await page.evaluate("order"))[0] == "word"  # coloured while the reading still ran
    await expect(reading.locator(".heard")).to_have_text("Let us know if you have any other questions.")
    await expect(reading.locator(".billed")).to_contain_text("s counted")
    await expect(page.locator("#engine")).not_to_be_visible()  # no machine words for learners
    await page.get_by_text("Technical").click()
    await expect(page.locator("#engine")).to_contain_text("whisper")


async def test_a_reading_ends_when_its_text_has_been_read(open_page: Open, node: Parley) -> None:
    """The microphone goes on, as somebody does who reads it again and again."""
    page = await open_page(LEARNER, again_after=3)
    await _enter(page, node)
    reading = page.locator("#reading")
    await reading.locator("select").select_option(label=SENTENCE)
    await page.get_by_role("button", name="Read with the microphone").click()
    await expect(reading.locator(".heard")).to_contain_text("questions")
    await expect(reading.locator(".billed")).to_be_visible()
    await expect(reading.locator(".result-card")).to_have_count(1)
    await expect(page.get_by_role("button", name="Done")).to_be_hidden()
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from live_sessions where ended_at is null") == 0
    await expect(page.get_by_role("button", name="Read it again")).to_be_focused()
    await page.get_by_role("button", name="Next sentence").click()
    await expect(reading.locator("select option:checked")).to_contain_text("She dropped only nine points")
    await expect(page.get_by_role("button", name="Read with the microphone")).to_be_focused()
    await expect(page.get_by_role("button", name="Next sentence")).to_be_hidden()


async def test_a_recording_stands_in_and_a_word_shows_its_sounds(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER)
    await _enter(page, node)
    await page.locator("#reading select").select_option(label=SENTENCE)
    await page.get_by_role("button", name="Play a learner").click()
    await expect(page.locator("#reading .scoreboard")).to_be_visible(timeout=30_000)
    await page.locator("#reading .sentence .word").nth(2).click()
    card = page.locator("#word-card")
    await expect(card).to_be_visible()
    await expect(card.locator("header strong")).to_contain_text("know", ignore_case=True)
    assert await card.locator("tbody tr").count() == 2  # N and OW
    await card.get_by_role("button", name="Close").click()
    await expect(card).to_be_hidden()


async def test_two_tries_are_compared_and_one_word_is_practised(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER)
    await _enter(page, node)
    reading = page.locator("#reading")
    await reading.locator("select").select_option(label=SENTENCE)
    for tries in range(2):
        await page.get_by_role("button", name="Play a learner").click()
        await expect(reading.locator(".billed")).to_have_count(1)
        await expect(reading.locator(".attempts")).to_have_count(tries)
    attempts = reading.locator(".attempts")
    overall = await reading.locator(".scoreboard .overall output").inner_text()
    await expect(attempts.locator(".overall")).to_contain_text(f"→ {overall}")
    await expect(attempts.get_by_role("heading", name="This try and the last one")).to_be_visible()

    await reading.locator(".sentence .word").nth(2).click()
    await page.locator("#word-card").get_by_role("button", name="Practise this word").click()
    await expect(page.locator("#word-card")).to_be_hidden()
    await expect(reading.locator(".sentence .word")).to_have_count(1)
    await expect(reading.locator(".billed")).to_have_count(1)
    await expect(attempts.locator(".overall")).to_contain_text("→")
    await page.get_by_role("button", name="Back to the whole sentence").click()
    await expect(reading.locator(".sentence .word")).to_have_count(9)
    await expect(reading.locator("select option:checked")).to_have_text(SENTENCE)


COMPARED = """async ([last, report]) => {
  const { compared } = await import("/static/js/comparison.js");
  return compared(last, report);
}"""


async def test_what_is_better_and_what_is_worse_is_by_word(open_page: Open, node: Parley) -> None:
    """Left out counts nothing; what could not be scored, or was said beside the text, is not compared."""

    def word(text: str, score: float | None, error: str = "none") -> dict[str, object]:
        return {"word": text, "score": score, "error": error}

    last = [word("a", 50), word("uh", 9, "insertion"), word("b", 90), word("c", None, "omission"), word("d", None)]
    now = [word("a", 80.4), word("b", 71), word("c", 60), word("d", 90), word("d", 20, "repetition")]
    page = await open_page(LEARNER)
    await page.goto(f"{node.url}/")
    found = await page.evaluate(COMPARED, [{"overall": 60.2, "words": last}, {"overall": 75.6, "words": now}])
    assert (found["before"], found["now"]) == (60, 76)
    assert found["better"] == [
        {"word": "c", "before": 0, "now": 60},
        {"word": "a", "before": 50, "now": 80},
    ]
    assert found["worse"] == [{"word": "b", "before": 90, "now": 71}]


async def test_talking_shows_captions_and_an_answer(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER)
    await _enter(page, node, "Talk")
    await page.get_by_role("button", name="Start talking").click()
    turns = page.locator("#talk .turns")
    await expect(turns.locator("li.user").first).to_contain_text("questions")
    await expect(turns.locator("li.ai")).to_contain_text("practice tutor")
    await page.get_by_label("Type instead of speaking").fill("I am learning English since two years.")
    await page.get_by_role("button", name="Send").click()
    await expect(turns.locator("li.user").last).to_contain_text("since two years")
    await expect(turns.locator("li.ai").last).to_contain_text("for two years")
    await page.locator("#talk").get_by_role("button", name="End", exact=True).click()
    await expect(page.locator("#status")).to_contain_text("counted")


QUOTA = """async () => {
  const { get } = await import("/static/js/api.js");
  const { clock } = await import("/static/js/i18n.js");
  return clock((await get("/api/live/quota")).remaining_seconds);
}"""


async def test_the_minutes_go_while_they_are_spent(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER, lead_seconds=60)
    await _enter(page, node, "Talk")
    minutes = page.locator("#minutes")
    before = await minutes.inner_text()
    await page.get_by_role("button", name="Start talking").click()
    await expect(minutes).not_to_have_text(before)
    await page.locator("#talk").get_by_role("button", name="End", exact=True).click()
    await expect(page.locator("#status")).to_contain_text("counted")
    left = await page.evaluate(QUOTA)
    assert left != before.split()[0]
    await expect(minutes).to_have_text(f"{left} left this month")


async def test_a_browser_without_permission_says_what_to_do(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER)
    await page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('denied', 'NotAllowedError') }"
    )
    await _enter(page, node)
    await page.get_by_role("button", name="Read with the microphone").click()
    await expect(page.locator("#status")).to_contain_text("No microphone")
    await expect(page.get_by_role("button", name="Read with the microphone")).to_be_enabled()


@pytest.mark.parametrize(("screen", "button"), [("Talk", "Start talking"), ("Read aloud", "Read with the microphone")])
async def test_what_goes_wrong_is_told_where_it_is_seen(
    open_page: Open, node: Parley, screen: str, button: str
) -> None:
    """On a phone, between the bar and the menu, and nothing that can be pressed is covered."""
    page = await open_page(LEARNER)
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('denied', 'NotAllowedError') }"
    )
    await _enter(page, node, screen)
    await page.get_by_role("button", name=button).click()
    status = page.locator("#status")
    await expect(status).to_contain_text("No microphone")
    await expect(status).to_be_in_viewport(ratio=1)
    line, menu = await status.bounding_box(), await page.locator(".menu").bounding_box()
    assert line is not None and menu is not None
    assert line["y"] + line["height"] <= menu["y"]


async def test_the_documentation_lists_every_operation(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER)
    document = await (await node.client.get("/api/openapi.json")).json()
    await page.goto(f"{node.url}/docs/api")
    wanted = sum(len(methods) for methods in document["paths"].values())
    await expect(page.locator("#operations .operation")).to_have_count(wanted)
    await page.get_by_label("Find an operation or event").fill("health/detailed")
    await page.locator(".operation:not([hidden])").first.click()
    await expect(page.locator(".operation[open]")).to_contain_text("uptime_seconds")


async def test_the_page_fits_a_phone(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER)
    await page.set_viewport_size({"width": 360, "height": 640})
    await _enter(page, node)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
