"""What the page weighs, and what its service worker keeps: the page's own files, never the API."""

import asyncio
import gzip
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, Request, Response, Route, expect

from server import app
from server.config import Settings
from tests.browser.conftest import Open, enter
from tests.support.node import Parley, running

MOST_BYTES = 250_000
WAITING = "navigator.serviceWorker.getRegistration().then((one) => one.waiting !== null)"
CONTROLLED = "navigator.serviceWorker.controller !== null"

# Notes whether the page sends its worker something, which starts it.
NOTE_WAKING = """
    const { register } = ServiceWorkerContainer.prototype;
    ServiceWorkerContainer.prototype.register = function (...given) {
        return (globalThis.registered = register.apply(this, given));
    };
    globalThis.woken = false;
    ServiceWorker.prototype.postMessage = () => { globalThis.woken = true; };
"""

pytestmark = pytest.mark.browser


@pytest.fixture
async def context(open_page: Open) -> AsyncIterator[BrowserContext]:
    """Of a browser whose pages have service workers."""
    browser = (await open_page("jfk")).context.browser
    assert browser is not None
    made = await browser.new_context(locale="en-US")
    yield made
    await made.close()


async def visit(page: Page, url: str) -> None:
    await page.goto(url)
    await expect(page.get_by_role("button", name="Try it")).to_be_visible()


async def kept(page: Page) -> list[str]:
    """The addresses of everything that is in the caches."""
    found: list[str] = await page.evaluate("""async () => {
      const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      const requests = await Promise.all(caches_.map((one) => one.keys()));
      return requests.flat().map((one) => new URL(one.url).pathname);
    }""")
    return found


async def ready(page: Page) -> None:
    await page.evaluate("navigator.serviceWorker.ready")
    await page.wait_for_function(CONTROLLED)


async def test_the_first_visit_is_light(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    answers: list[Response] = []
    page.on("response", lambda one: answers.append(one))
    await visit(page, parley.url)
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator("#reading select option")).not_to_have_count(0)
    files = [one for one in answers if "/api/" not in one.url and one.status == 200]
    bodies = [await one.body() for one in files]
    assert sum(map(len, bodies)) < MOST_BYTES * 1.1  # the bound is on what is sent, which is compressed
    assert sum(len(gzip.compress(body)) for body in bodies) < MOST_BYTES / 2
    assert not [one.url for one in files if "wavesurfer" in one.url or "uplot.esm" in one.url]  # only when needed


async def test_the_first_screen_and_the_words_do_not_wait_for_the_rest_of_the_page(
    open_page: Open, parley: Parley
) -> None:
    page = await open_page("jfk")
    missing = {"/static/js/screens/welcome.js", "/static/messages/en.json"}
    asked = asyncio.Event()

    def note(request: Request) -> None:
        missing.discard(request.url.removeprefix(parley.url))
        if not missing:
            asked.set()

    async def hold(route: Route) -> None:
        await asked.wait()
        await route.continue_()

    page.on("request", note)
    await page.route("**/static/vendor/lit.esm.min.js", hold)
    await visit(page, parley.url)


async def test_a_second_visit_leaves_the_worker_asleep(context: BrowserContext, parley: Parley) -> None:
    page = await context.new_page()
    await visit(page, parley.url)
    await ready(page)
    async with asyncio.timeout(60):
        while "/static/messages/en.json" not in await kept(page):  # noqa: ASYNC110 - it happens in the browser
            await asyncio.sleep(0.1)
    await page.close()
    again = await context.new_page()
    await again.add_init_script(NOTE_WAKING)
    await visit(again, parley.url)
    await again.wait_for_function("globalThis.registered")
    await again.evaluate("registered.then(() => caches.match('/static/messages/en.json'))")
    assert await again.evaluate("woken") is False


async def test_a_second_visit_fetches_no_script_and_the_api_is_never_kept(
    context: BrowserContext, parley: Parley
) -> None:
    page = await context.new_page()
    await visit(page, parley.url)
    await ready(page)
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator("#minutes")).to_contain_text("left this month")
    await page.goto(f"{parley.url}/#/home")
    await expect(page.locator(".tiles")).to_be_visible()
    await page.close()
    again = await context.new_page()
    await again.goto(parley.url)
    await expect(again.get_by_role("button", name="Try it")).to_be_visible()
    transferred = await again.evaluate("""performance.getEntriesByType("resource")
      .filter((one) => /[.](js|css)$/.test(one.name)).map((one) => [one.name, one.transferSize])""")
    assert len(transferred) > 8
    assert [one for one in transferred if one[1] > 0] == []
    paths = await kept(again)
    assert {"/", "/static/js/screens/task.js", "/sdk/session.js"} <= set(paths)
    assert [path for path in paths if path.startswith(("/api", "/metrics", "/docs", "/socket.io"))] == []


async def test_a_new_version_takes_over_at_the_next_visit(
    context: BrowserContext, settings: Settings, database_url: str, redis_url: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    ours = tmp_path / "static"
    shutil.copytree(app.STATIC, ours, ignore=shutil.ignore_patterns("audio"))
    monkeypatch.setattr(app, "STATIC", ours)
    async with running(settings, database_url, redis_url) as node:
        page = await context.new_page()
        await visit(page, node.url)
        await ready(page)
        english = ours / "messages" / "en.json"
        welcome = ours / "js" / "screens" / "welcome.js"
        english.write_text(english.read_text().replace('"Try it"', '"Try it now"'))
        welcome.write_text(welcome.read_text().replace('id="try"', 'id="try" data-version="2"'))
        await page.reload()  # asks, and still shows what it has
        await expect(page.locator("#try")).to_be_visible()
        await page.evaluate("""async () => {
          const registration = await navigator.serviceWorker.getRegistration();
          await registration.update();
        }""")
        async with asyncio.timeout(60):
            while not await page.evaluate(WAITING):  # noqa: ASYNC110 - it happens in the browser
                await asyncio.sleep(0.1)
        await page.close()
        later = await context.new_page()
        await later.goto(node.url)
        await expect(later.locator("#try[data-version='2']")).to_be_visible()
        names = await later.evaluate("caches.keys()")
        assert len(names) == 1


async def test_pages_allow_no_inline_script_or_style(parley: Parley) -> None:
    async with parley.client.get("/") as response:
        policy = response.headers["Content-Security-Policy"]
        text = await response.text()
    assert "unsafe" not in policy
    assert re.findall(r"<style|style=|<script(?![^>]*src=)|\son\w+=", text) == []
    scripts = "".join(path.read_text() for path in (app.STATIC / "js").rglob("*.js"))
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|unsafeHTML|\beval\(", scripts) == []


async def test_an_address_without_a_page_says_so_and_an_unknown_lesson_leads_to_the_lessons(
    open_page: Open, parley: Parley
) -> None:
    page = await open_page("jfk")
    await enter(page, parley.url, "Lessons")
    await page.goto(f"{parley.url}/#/nonsense/screen")
    await expect(page.get_by_role("heading", name="There is no such page", level=1)).to_be_visible()
    await page.locator("main").get_by_role("link", name="Home").click()
    await expect(page.get_by_role("heading", name="Good ", level=1)).to_be_visible()
    for address in ("no-such-lesson", "no-such-lesson/no-task", "a1-meeting-people/no-task"):
        await page.goto(f"{parley.url}/#/lessons/{address}")
        await page.get_by_role("alert").get_by_role("link", name="Lessons").click()
        await expect(page.get_by_role("heading", name="Lessons", level=1)).to_be_visible()
