"""Conversations, notes, documents, search and the history of sessions, in a browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page, expect

from server.config import Settings
from tests.browser.conftest import Open, enter
from tests.support.node import Parley, running

MODEL = Path(__file__).parent.parent / "data" / "models" / "whisper-clips-test"
LEARNER = "so762-008110159"
TEXT = b"# Madrid\n\nMadrid is the capital of Spain. It has about 3.3 million inhabitants.\n"
FILE: FilePayload = {"name": "madrid.md", "mimeType": "text/markdown", "buffer": TEXT}
SIZES = pytest.mark.parametrize("size", [(360, 740), (1280, 800)], ids=["phone", "desk"])

pytestmark = pytest.mark.browser


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(MODEL)})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


async def begin(page: Page, node: Parley, size: tuple[int, int], path: str) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.goto(node.url)
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator("#reading select option")).not_to_have_count(0)
    await page.goto(f"{node.url}/#{path}")


@SIZES
async def test_a_conversation_is_written_kept_found_and_deleted(
    open_page: Open, node: Parley, size: tuple[int, int]
) -> None:
    page = await open_page("jfk")
    await begin(page, node, size, "/conversations")
    await page.get_by_role("button", name="New conversation").first.click()
    await page.get_by_label("Your message").fill("I live in Madrid since two years.")
    await page.get_by_role("button", name="Send").click()
    answer = page.locator(".turns li.assistant .text")
    await expect(answer).to_contain_text("for two")
    await page.reload()
    await expect(answer).to_contain_text("for two")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.goto(f"{node.url}/#/search?q=Madrid")
    await page.locator("a.row", has_text="Madrid").first.click()
    await expect(answer).to_contain_text("for two")
    await page.goto(f"{node.url}/#/conversations")
    await page.get_by_role("button", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("No conversation yet.")).to_be_visible()


async def test_a_message_that_was_not_answered_is_not_lost(open_page: Open, node: Parley) -> None:
    page = await open_page("jfk")
    await begin(page, node, (1280, 800), "/conversations")
    await page.get_by_role("button", name="New conversation").first.click()
    await page.route("**/api/ai/generate", lambda route: route.abort())
    await page.get_by_label("Your message").fill("Do not lose me.")
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator("#status")).to_contain_text("cannot be reached")
    await expect(page.get_by_label("Your message")).to_have_value("Do not lose me.")


@SIZES
async def test_notes_are_written_changed_and_deleted(open_page: Open, node: Parley, size: tuple[int, int]) -> None:
    page = await open_page("jfk")
    await begin(page, node, size, "/notes")
    await page.get_by_role("button", name="New note").first.click()
    await page.get_by_label("Title").fill("<b>since</b>")
    await page.get_by_label("Text").fill("for two years")
    await page.get_by_label("Tags").fill("grammar, B1")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="<b>since</b>")).to_be_visible()  # text, whatever it looks like
    await expect(page.locator(".chip")).to_have_text(["grammar", "B1"])
    await page.get_by_role("button", name="Edit").click()
    await page.get_by_label("Text").fill("since 2024")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("since 2024")).to_be_visible()
    await page.reload()
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("No note yet.")).to_be_visible()


@SIZES
async def test_a_document_answers_with_the_place_where_it_stands(
    open_page: Open, node: Parley, size: tuple[int, int]
) -> None:
    page = await open_page("jfk")
    await begin(page, node, size, "/documents")
    await page.locator("input[type=file]").set_input_files(FILE)
    await expect(page.get_by_text("Ready")).to_be_visible()
    await page.get_by_label("What would you like to know?").fill("How many inhabitants does Madrid have?")
    await page.get_by_role("button", name="Ask", exact=True).click()
    await expect(page.locator(".quote blockquote")).to_contain_text("3.3 million")
    strange: FilePayload = {"name": "a.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x00\x01\x02"}
    await page.locator("input[type=file]").set_input_files(strange)
    await expect(page.get_by_text("Failed").or_(page.locator("#status.problem"))).to_be_visible()


async def test_a_session_is_in_the_history_with_its_scores_and_files(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER, lead_seconds=1)
    await enter(page, node.url, "Talk")
    await page.get_by_role("button", name="Start talking").click()
    await expect(page.locator("#talk .turns li.user").first).to_contain_text("questions")
    await expect(page.locator("#talk .turns li.ai").first).to_be_visible()
    await page.locator("#talk").get_by_role("button", name="End", exact=True).click()
    await expect(page.locator("#status")).to_contain_text("counted")
    await page.get_by_role("link", name="History").click()
    await page.locator("a.row").first.click()
    await expect(page.locator(".turns li.user").first).to_contain_text("questions")
    for form in ("txt", "srt", "vtt"):
        async with page.expect_download() as waiting:
            await page.get_by_role("button", name=form).click()
        assert "questions" in (await (await waiting.value).path()).read_text()
    await page.locator(".turns li.user .word").first.click()
    await expect(page.locator("#word-card .ipa").first).to_be_visible()


async def test_a_conversation_goes_on_after_a_reload(open_page: Open, node: Parley) -> None:
    page = await open_page(LEARNER, lead_seconds=1, again_after=6)
    await enter(page, node.url, "Talk")
    await page.get_by_role("button", name="Start talking").click()
    user = page.locator("#talk .turns li.user")
    await expect(user.first).to_contain_text("questions")
    await expect(page.locator("#talk .turns li.ai").first).to_be_visible()
    await page.reload()
    await page.get_by_role("button", name="Go on with your session").click()
    await expect(user.first).to_contain_text("questions")
    await expect(user.filter(has_text="questions").nth(1)).to_be_visible()  # and what is said now is heard, too
    await page.locator("#talk").get_by_role("button", name="End", exact=True).click()
    await expect(page.locator("#status")).to_contain_text("counted")
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from live_sessions") == 1
    await page.reload()
    await expect(page.get_by_role("button", name="Start talking")).to_be_visible()


async def test_a_session_moves_from_one_tab_to_the_other_when_the_learner_says_so(
    open_page: Open, node: Parley
) -> None:
    page = await open_page(LEARNER, lead_seconds=60)
    await enter(page, node.url, "Talk")
    await page.get_by_role("button", name="Start talking").click()
    await expect(page.get_by_label("Type instead of speaking")).to_be_visible()
    other = await page.context.new_page()
    await enter(other, node.url, "Read aloud")
    await other.get_by_role("button", name="Read with the microphone").click()
    await other.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await expect(other.locator("#status")).to_contain_text("another window")
    await expect(page.get_by_label("Type instead of speaking")).to_be_visible()
    await other.get_by_role("button", name="Read with the microphone").click()
    await other.get_by_role("dialog").get_by_role("button", name="Go on here").click()
    await expect(page.locator("#status")).to_contain_text("another window")
    await other.get_by_role("button", name="Done").click()
    await expect(other.locator("#reading .billed")).to_be_visible()
