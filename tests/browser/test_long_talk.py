"""A long conversation on the page: old turns are text, new ones have words with scores; the client keeps the newest."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from server.config import Settings
from tests.browser.conftest import Open
from tests.support.node import Parley, running
from tests.support.scripted_listener import ScriptedListening

SECONDS = 66
KEPT = 60
pytestmark = pytest.mark.browser

TALK = """async ([token, seconds, keepTurns]) => {
  await (await import("/static/js/i18n.js")).start();
  const { Session } = await import("/sdk/session.js");
  const { Turns } = await import("/static/js/turns.js");
  const list = document.createElement("ol");
  list.className = "turns";
  list.ariaLive = "polite";
  document.getElementById("main").replaceChildren(list);
  const turns = globalThis.turns = new Turns(list);
  const session = globalThis.session = new Session("/speaking", { token: () => token, keepTurns });
  session.on("transcript.partial", (event) => turns.grow(event));
  session.on("transcript.final", (event) => {
    if (event.text) turns.settle(event);
    else turns.drop(event.turn_id);
    globalThis.held ??= list.querySelector("button");
    held.disabled = false;
    if (list.childElementCount === 2) held.focus();
  });
  session.on("pronunciation.word", (event) => turns.word(event));
  session.on("pronunciation.final", (event) => turns.report(event));
  await session.startSpeaking({});
  await session.stream(new Int16Array(seconds * 16000), { speed: 20, frameMs: 200 });
  await session.end();
}"""
SCORES = "[...document.querySelectorAll('.turns li')].map((turn) => turn.querySelectorAll('button.good').length > 0)"
TEXTS = "[...document.querySelectorAll('.turns li .text')].map((text) => text.textContent.trim())"
SELECTED = """() => {
  getSelection().selectAllChildren(document.querySelector(".turns"));
  return getSelection().toString();
}"""


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url, listening=ScriptedListening()) as parley:
        yield parley


async def _talked(page: Page, node: Parley) -> None:
    learner = await node.account()
    await page.goto(node.url)
    await expect(page.get_by_role("button", name="Try it")).to_be_visible()
    await page.evaluate(TALK, [learner.access_token, SECONDS, KEPT])


async def test_old_turns_become_text_and_nothing_is_lost(open_page: Open, node: Parley) -> None:
    page = await open_page("jfk")
    await _talked(page, node)
    said = [f"second {number}" for number in range(SECONDS)]
    assert await page.evaluate(TEXTS) == said
    # The turn under the keyboard's focus stays as it is.
    assert await page.evaluate(SCORES) == [True] + [False] * (SECONDS - KEPT) + [True] * (KEPT - 1)
    await expect(page.locator(".turns li[aria-live=off]")).to_have_count(SECONDS - KEPT)
    assert await page.evaluate("document.activeElement === held")
    copied = await page.evaluate(SELECTED)
    assert [text for text in said if text not in copied] == []
    await expect(page.get_by_text("Earlier turns are shown as text")).to_be_visible()
    assert await page.evaluate("session.transcript.turns.map(({ text }) => text)") == said[-KEPT:]


async def test_recent_words_open_their_card_and_a_snapshot_settles(open_page: Open, node: Parley) -> None:
    page = await open_page("jfk")
    await _talked(page, node)
    await page.locator(".turns button.good").last.click()
    await expect(page.locator("#word-card")).to_contain_text(f"second {SECONDS - 1}")
    await page.keyboard.press("Escape")
    settled = await page.evaluate(f"""() => {{
      const all = {TEXTS}.map((text, at) => {{
        const id = document.querySelectorAll(".turns li")[at].id.replace(/^turn-/, "");
        const kept = session.transcript.turns.find((turn) => turn.turn_id === id);
        const words = kept?.words ?? [{{ id: "w", text }}];
        return {{ ...kept, turn_id: id, role: "user", text: `${{text}}!`, words }};
      }});
      turns.settleAll(all);
      const whole = {TEXTS};
      turns.drop(all[0].turn_id);
      turns.drop(all.at(-1).turn_id);
      return [whole.length, whole[0], document.querySelectorAll(".turns button").length, {TEXTS}.length];
    }}""")
    assert settled == [SECONDS, "second 0!", KEPT - 2, SECONDS - 2]  # words of those that are left
