"""The page as others reach it: through nginx with TLS and the file of deploy/, at the first visit and at later ones."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from server.config import Settings
from tests.browser.conftest import Open, sign_in
from tests.support import node, proxies
from tests.support.node import Parley
from tests.support.ports import free_port
from tests.support.speech import CLIPS_MODEL

LEARNER = "so762-008110159"
SENTENCE = "Let us know if you have any other questions."
MODULE = "a1-meeting-people"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not proxies.has("nginx"), reason="nginx is not installed"),
]


@dataclass
class Outside:
    """A node as browsers see it."""

    node: Parley
    url: str
    certificate: Path


@pytest.fixture
async def outside(settings: Settings, database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Outside]:
    port = free_port()
    url = f"https://localhost:{port}"
    own = {"public_url": url, "trusted_proxies": ("127.0.0.1",), "whisper_model": str(CLIPS_MODEL)}
    async with (
        node.running(settings.model_copy(update=own), database_url, redis_url) as inside,
        proxies.running("nginx", tmp_path, port, inside.client.port or 0),
    ):
        yield Outside(inside, url, tmp_path / "localhost.pem")


@dataclass
class Watched:
    """What a browser says about what it was given."""

    errors: list[str]
    lines: list[str]

    def watch(self, page: Page) -> Page:
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("websocket", lambda line: self.lines.append(line.url))
        return page


@pytest.fixture
def watched() -> Watched:
    return Watched([], [])


async def read(page: Page) -> None:
    """From the Read aloud screen to a score."""
    reading = page.locator("#reading")
    await reading.locator("select").select_option(label=SENTENCE)
    await page.get_by_role("button", name="Read with the microphone").click()
    await expect(reading.locator(".heard")).to_contain_text("questions")
    await expect(reading.locator(".scoreboard")).to_be_visible()
    await expect(reading.locator(".billed")).to_contain_text("s counted")


async def controlled(page: Page) -> None:
    await page.evaluate("navigator.serviceWorker.ready")
    await page.wait_for_function("navigator.serviceWorker.controller !== null")


async def test_a_stranger_reads_at_every_visit(open_page: Open, outside: Outside, watched: Watched) -> None:
    page = watched.watch(await open_page(LEARNER, workers="allow", trusted=outside.certificate))
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(outside.url)
    await page.get_by_role("button", name="Try it").click()
    await read(page)
    await controlled(page)
    await page.reload()
    await expect(page.get_by_role("button", name="Read with the microphone")).to_be_enabled()
    tab = watched.watch(await page.context.new_page())
    await page.close()
    await tab.goto(outside.url)  # the second visit
    await tab.get_by_role("button", name="Try it").click()
    await read(tab)
    assert set(watched.lines) == {f"wss{outside.url.removeprefix('https')}/api/realtime/speaking"}
    assert watched.errors == []
    async with outside.node.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 1


async def test_an_account_talks_and_writes_and_learns_at_every_visit(
    open_page: Open, outside: Outside, watched: Watched
) -> None:
    ana = await outside.node.account("ana")
    page = watched.watch(await open_page(LEARNER, workers="allow", trusted=outside.certificate))
    await sign_in(page, outside.url, ana)
    cookies = await page.context.cookies(f"{outside.url}/api/auth/page")
    assert cookies
    assert all(one["secure"] and one["httpOnly"] for one in cookies)
    await controlled(page)
    await talk(page, outside.url)
    await learn(page, outside.url)
    await page.reload()
    await write(page, outside.url)
    tab = watched.watch(await page.context.new_page())
    await page.close()
    await tab.goto(outside.url)
    await talk(tab, outside.url)
    await learn(tab, outside.url)
    assert f"wss{outside.url.removeprefix('https')}/api/realtime/live" in watched.lines
    assert watched.errors == []


async def talk(page: Page, url: str) -> None:
    await page.goto(f"{url}/#/talk")
    await page.locator("#talk").get_by_text("Technical").click()
    await page.get_by_label("Sound goes by").select_option("socket")
    await page.get_by_role("button", name="Start talking").click()
    turns = page.locator("#talk .turns")
    await expect(turns.locator("li.user").first).to_contain_text("questions")
    await expect(turns.locator("li.ai").first).to_contain_text("practice tutor")
    await page.locator("#talk").get_by_role("button", name="End", exact=True).click()
    await expect(page.locator("#status")).to_contain_text("counted")


async def write(page: Page, url: str) -> None:
    """An answer that streams."""
    await page.goto(f"{url}/#/conversations")
    await page.locator("main").get_by_role("button", name="New conversation").first.click()
    await page.get_by_label("Your message").fill("Hello, what can you do?")
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".turns li.assistant")).to_contain_text("tutor")


async def learn(page: Page, url: str) -> None:
    await page.goto(f"{url}/#/lessons/{MODULE}/introduce-yourself")
    await page.get_by_label("Your text").fill("I am a nurse and I work here. I live in Madrid with my sister.")
    await page.get_by_role("button", name="Check").click()
    await expect(page.locator("#outcome")).to_contain_text("of 100")
