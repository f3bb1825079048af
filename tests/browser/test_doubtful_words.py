"""Free speech on the page: a word of which nobody is sure that it was said has no score, and its card says so."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.support.node import Parley

pytestmark = pytest.mark.browser

SHOW = """async () => {
  await (await import("/static/js/i18n.js")).start();
  const { Turns } = await import("/static/js/turns.js");
  const list = document.createElement("ol");
  list.className = "turns";
  document.getElementById("main").replaceChildren(list);
  const turns = new Turns(list);
  const words = ["good", "tree", "day"].map((text, at) => ({ id: `1.${at + 1}`, text }));
  turns.grow({ turn_id: "1", text: "good tree day", stable_prefix_length: 0 });
  turns.settle({ turn_id: "1", role: "user", text: "good tree day", words });
  const of = (word, index, score, more = {}) => ({ word, index, score, error: "none", phonemes: [], ...more });
  turns.report({ turn_id: "1", pronunciation: { words: [
    of("…", null, null, { error: "insertion" }),
    of("good", 0, 91), of("tree", 1, null, { doubtful: true }), of("day", 2, 42),
  ], quality: [{ code: "unclear", message: "Many words were hard to understand." }] } });
}"""


async def test_a_doubtful_word_is_shown_without_a_score_and_says_why(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await page.goto(parley.url)
    await expect(page.get_by_role("button", name="Try it")).to_be_visible()
    await page.evaluate(SHOW)
    words = page.locator(".turns button.word")
    await expect(page.locator(".turns li.user .quality")).to_have_text("Many words were hard to understand.")
    for place, band in enumerate(("good", "unscored", "poor")):  # what was said beside the words moves none of them
        await expect(words.nth(place)).to_contain_class(band)
    await expect(words.nth(1)).to_have_accessible_name("tree: not scored")
    await words.nth(1).click()
    await expect(page.locator("#word-card")).to_contain_text("Not sure what was said here")
