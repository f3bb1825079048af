"""The embed page in frames of other sites, in a real browser: its token's origin may show it, another may not. It does
what it is there for, with a microphone, once somebody presses a button."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Frame, Page, expect

from server.config import Settings
from tests.browser.conftest import Open
from tests.support.embeds import embed_token
from tests.support.node import Parley, running

MODEL = Path(__file__).parent.parent / "data" / "models" / "whisper-clips-test"
LEARNER = "so762-008110159"
SENTENCE = "Let us know if you have any other questions."

# As docs/guides/embedding.md says: what came, and the frame as high as its page.
_LISTEN = """
    globalThis.came = [];
    addEventListener("message", ({ origin, data }) => {
      came.push({ origin, ...data });
      if (data.event === "size") document.querySelector("iframe").style.height = `${data.height}px`;
    });
"""

pytestmark = pytest.mark.browser


class Site:
    """Somebody's site with one page: a frame around whatever `src` says."""

    def __init__(self) -> None:
        self.src = ""
        self.allow = "microphone"
        app = web.Application()
        app.add_routes([web.get("/", self._show)])
        self.server = TestServer(app)

    async def _show(self, _request: web.Request) -> web.Response:
        frame = f'<iframe src="{self.src}" width="700" height="700" allow="{self.allow}"></iframe>'
        listening = f"<script>{_LISTEN}</script>"
        return web.Response(text=f"<!doctype html><h1>A school</h1>{listening}{frame}", content_type="text/html")

    def origin(self, host: str) -> str:
        return f"http://{host}:{self.server.port}"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    await made.server.start_server()
    yield made
    await made.server.close()


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(MODEL)})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


async def framed(page: Page, node: Parley, site: Site) -> Any:
    """The page in the site's frame, ready."""
    site.src = f"{node.url}/embed?integration_token={await embed_token(node, site.origin('localhost'))}"
    await page.goto(site.origin("localhost"))
    inside = page.frame_locator("iframe")
    await expect(inside.get_by_role("button", name="Read with the microphone")).to_be_visible()
    return inside


def frame_of(page: Page) -> Frame:
    return next(each for each in page.frames if each.parent_frame is not None)


async def sessions(node: Parley) -> int:
    async with node.resources.database.connection() as cx:
        return int(await cx.fetchval("select count(*) from live_sessions"))


async def test_nothing_is_asked_of_the_server_before_a_click(open_page: Open, node: Parley, site: Site) -> None:
    page = await open_page(LEARNER)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda line: asked.append(line.url))
    inside = await framed(page, node, site)
    await inside.get_by_role("tab", name="Talk").click()
    await expect(inside.get_by_role("button", name="Start talking")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/api/" in url or "/socket.io/" in url] == []
    assert await sessions(node) == 0
    assert {one["event"] for one in await page.evaluate("came")} == {"ready", "size"}
    assert frame_of(page).url == f"{node.url}/embed", "the token does not stay in the address"


async def test_a_sentence_is_read_into_the_microphone_of_a_frame(open_page: Open, node: Parley, site: Site) -> None:
    page = await open_page(LEARNER)
    inside = await framed(page, node, site)
    await inside.locator("#reading select").select_option(label=SENTENCE)
    await inside.get_by_role("button", name="Read with the microphone").click()
    await expect(inside.locator("#reading .heard")).to_contain_text("questions")
    await expect(inside.locator("#reading .billed")).to_be_visible()
    await expect(inside.locator("#reading .sentence .word:not(.waiting)")).to_have_count(9)
    await expect(inside.locator("#minutes")).to_contain_text("left this month")
    came = await page.evaluate("came")
    assert {one["origin"] for one in came} == {node.url}
    assert {one["source"] for one in came} == {"parley"}
    names = [one["event"] for one in came if one["event"] != "size"]
    assert list(dict.fromkeys(names)) == ["ready", "started", "words", "score", "ended"]
    assert names.count("started") == names.count("score") == names.count("ended") == 1
    last = {one["event"]: one for one in came}
    assert last["words"]["text"].startswith(SENTENCE[:-1])
    assert last["words"]["final"]
    assert last["score"]["overall"] > 50
    assert last["score"]["words"][0]["word"].lower() == "let"
    assert last["ended"]["reason"] == "client"
    assert last["ended"]["billed_seconds"] > 0
    # As high as what it shows: nothing to scroll inside, and nothing empty below.
    await frame_of(page).wait_for_function("Math.abs(document.documentElement.offsetHeight - innerHeight) <= 1")


async def test_one_talks_in_a_frame(open_page: Open, node: Parley, site: Site) -> None:
    page = await open_page(LEARNER)
    inside = await framed(page, node, site)
    await inside.get_by_role("tab", name="Talk").click()
    await inside.get_by_role("button", name="Start talking").click()
    turns = inside.locator("#talk .turns")
    await expect(turns.locator("li.user").first).to_contain_text("questions")
    await expect(turns.locator("li.ai").first).to_contain_text("practice tutor")
    await inside.locator("#talk").get_by_role("button", name="End", exact=True).click()
    await expect(inside.locator("#status")).to_contain_text("counted")
    async with node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 2, "no guest beside the token's"


async def test_it_lives_at_every_visit(open_page: Open, node: Parley, site: Site) -> None:
    page = await open_page(LEARNER)
    inside = await framed(page, node, site)
    button = inside.get_by_role("button", name="Read with the microphone")
    await page.goto(site.origin("localhost"))
    await expect(button).to_be_visible()
    await page.reload()
    await expect(button).to_be_visible()
    # The frame alone, by the address that it has now, which is without the token.
    async with page.expect_response(lambda found: found.url == f"{node.url}/embed"):
        await frame_of(page).evaluate("location.reload()")
    await expect(button).to_be_visible()
    await page.goto("about:blank")
    await page.go_back()
    await expect(button).to_be_visible()
    tab = await page.context.new_page()
    await tab.goto(site.src)
    await expect(tab.get_by_role("button", name="Read with the microphone")).to_be_visible()
    await tab.reload()
    await expect(tab.get_by_role("button", name="Read with the microphone")).to_be_visible()
    lost = await page.context.new_page()
    await lost.goto(f"{node.url}/embed")
    await expect(lost.locator("#status")).to_contain_text("from the site that it belongs to")
    assert await sessions(node) == 0


async def test_a_site_that_keeps_the_microphone_back_is_told(open_page: Open, node: Parley, site: Site) -> None:
    site.allow = ""
    page = await open_page(LEARNER)
    inside = await framed(page, node, site)
    await inside.get_by_role("button", name="Read with the microphone").click()
    await expect(inside.locator("#status")).to_contain_text('allow="microphone"')
    told = [one for one in await page.evaluate("came") if one["event"] == "error"]
    assert [one["code"] for one in told] == ["NotAllowedError"]
    assert 'allow="microphone"' in told[0]["message"]


async def test_a_token_that_was_revoked_is_told_at_the_click(open_page: Open, node: Parley, site: Site) -> None:
    page = await open_page(LEARNER)
    inside = await framed(page, node, site)
    async with node.resources.database.connection() as cx:
        await cx.execute("update integration_tokens set expires_at = now() - interval '1 minute'")
    await inside.get_by_role("button", name="Read with the microphone").click()
    await expect(inside.locator("#status")).to_contain_text("expired")
    await inside.get_by_role("tab", name="Talk").click()
    await inside.get_by_role("button", name="Start talking").click()
    await expect(inside.locator("#status")).to_contain_text("expired")
    assert await sessions(node) == 0


async def test_another_origin_may_not(open_page: Open, parley: Parley, site: Site, tmp_path: Path) -> None:
    site.src = f"{parley.url}/embed?integration_token={await embed_token(parley, site.origin('localhost'))}"
    page = await open_page("jfk")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    await page.goto(site.origin("127.0.0.1"))
    frame = frame_of(page)
    await frame.wait_for_load_state()
    assert frame.url.startswith("chrome-error://")
    assert any("frame-ancestors" in line for line in said), said
    assert await page.frame_locator("iframe").locator("#status").count() == 0
    assert await page.evaluate("came") == []
    await page.screenshot(path=tmp_path / "blocked.png")
    assert await sessions(parley) == 0
