"""What the page weighs, and an hour of Talk in a browser: `python3 run.py bench page [--minutes 60] [--speed 10]`.

A whole node (embedded servers) and a real Chromium. First visit: bytes as they are transferred with an empty cache, and
when the first button is there. Second visit, in a new tab: bytes of script, and the same. Then Talk: the page with its
microphone, and in place of its WebSocket a lesson of `--minutes` in the page that is told `--speed` times as fast (a
turn of sixteen scored words and a reply in twelve seconds): the heap after a collection every tenth of it, and tasks of
more than 50 ms while words stream. `--speed 1` is the hour as it is.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, async_playwright, expect

from benchmarks._node import servers
from kit import logs
from server.config import Settings
from tests.support import browsers
from tests.support.node import running

_LINE = Path(__file__).parent / "data" / "talk_line.js"
_SAMPLES = 10
_LONG_MS = 50
_TURN_S = 12
_BUTTON = "#try"
# When the first button was there: from before the page's own scripts.
_WATCH = """
    globalThis.longest = [];  // tasks of more than 50 ms, in milliseconds
    new PerformanceObserver((list) => { for (const one of list.getEntries()) longest.push(Math.round(one.duration)); })
        .observe({ type: "longtask", buffered: true });
    new MutationObserver(() => {
        if (document.querySelector("#try")) globalThis.usable ??= performance.now();
    }).observe(document, { subtree: true, childList: true });
"""
_SCRIPTS = """performance.getEntriesByType("resource").filter((one) => /[.]js$/.test(new URL(one.name).pathname))
    .reduce((sum, one) => sum + one.transferSize, 0)"""
_WORKER = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


async def first_visit(context: BrowserContext, url: str) -> Page:
    page = await context.new_page()
    await page.add_init_script(_WATCH)
    cdp = await context.new_cdp_session(page)
    await cdp.send("Network.enable")
    sizes: list[float] = []
    cdp.on("Network.loadingFinished", lambda one: sizes.append(one["encodedDataLength"]))
    await page.goto(url)
    await expect(page.locator(_BUTTON)).to_be_visible()
    usable = await page.evaluate("usable")
    weight = sum(sizes) / 1000
    await page.locator(_BUTTON).click()
    await expect(page.locator("#minutes")).to_contain_text("left this month")
    print(f"first visit: {weight:.0f} kB in {len(sizes)} files until the first button, after {usable:.0f} ms;")
    print(f"             {sum(sizes) / 1000:.0f} kB with the next screen")
    return page


async def second_visit(context: BrowserContext, first: Page, url: str) -> None:
    await first.wait_for_function(_WORKER)
    await first.close()
    for _ in range(2):  # the first of them starts the worker, too
        page = await context.new_page()
        await page.add_init_script(_WATCH)
        await page.goto(url)
        await expect(page.locator(_BUTTON)).to_be_visible()
        script, usable = await page.evaluate(_SCRIPTS), await page.evaluate("usable")
        await page.close()
    print(f"second visit: {script} bytes of script; the first button after {usable:.0f} ms")


async def heap(cdp: CDPSession) -> tuple[float, int]:
    """Megabytes of the heap after a collection, and nodes of the document."""
    for _ in range(2):
        await cdp.send("HeapProfiler.collectGarbage")
    found = (await cdp.send("Performance.getMetrics"))["metrics"]
    metrics: dict[str, Any] = {one["name"]: one["value"] for one in found}
    backing = await cdp.send("Runtime.getHeapUsage")
    used = metrics["JSHeapUsedSize"] + backing.get("backingStorageSize", 0)
    return used / 1e6, int(metrics["Nodes"])


async def hour(context: BrowserContext, url: str, minutes: float, speed: float) -> None:
    page = await context.new_page()
    await page.add_init_script(_WATCH)
    await page.add_init_script(path=_LINE)
    await page.add_init_script(f"window.lessonSpeed = {speed};")
    await page.goto(f"{url}/#/talk")
    await page.locator("#talk").get_by_text("Technical").click()
    await page.get_by_label("Sound goes by").select_option("socket")
    await page.get_by_role("button", name="Start talking").click()
    await expect(page.locator("#talk .turns li.ai")).not_to_have_count(0)
    cdp = await context.new_cdp_session(page)
    await cdp.send("Performance.enable")
    await page.evaluate("longest.length = 0")
    long: list[int] = []
    began = time.monotonic()
    print("Talk\n  minute   heap MB   nodes")
    for sample in range(_SAMPLES + 1):
        turns = round(sample * minutes * 60 / _TURN_S / _SAMPLES)
        await page.wait_for_function("turns => lesson.turns >= turns", arg=turns, timeout=0)
        long += await page.evaluate("longest.splice(0)")
        used, nodes = await heap(cdp)
        print(f"  {turns * _TURN_S / 60:6.0f}   {used:7.1f}   {nodes:5d}", flush=True)
        await page.evaluate("longest.length = 0")  # the collection was ours
    took = time.monotonic() - began
    print(f"  told in {took / 60:.1f} minutes, {minutes * 60 / took:.0f} times as fast")
    print(f"  tasks over {_LONG_MS} ms while words streamed: {len(long)}, the longest {max(long, default=0)} ms")
    await page.close()


@asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=browsers.program(), args=browsers.arguments(folder, "jfk", again_after=1.0)
        )
        yield browser
        await browser.close()


async def _measure(minutes: float, speed: float, folder: Path) -> None:
    own: dict[str, Any] = {"data_dir": folder / "node", "models": folder / "models", "secret_key": "0" * 32}
    settings = Settings(**own, speech_at_start=False, whisper_download=False, voice_download=False)
    async with (
        servers() as at,
        running(settings, at.database_url, at.redis_url) as node,
        chromium(folder) as browser,
    ):
        context = await browser.new_context(locale="en-US", viewport={"width": 1280, "height": 800})
        first = await first_visit(context, node.url)
        await second_visit(context, first, node.url)
        await hour(context, node.url, minutes, speed)
        await context.close()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench page", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--speed", type=float, default=10.0)
    chosen = parser.parse_args(argv)
    logs.configure("error")
    if browsers.program() is None:
        raise SystemExit("This benchmark needs Chromium.")
    with tempfile.TemporaryDirectory(prefix="parley-bench-", ignore_cleanup_errors=True) as folder:
        asyncio.run(_measure(chosen.minutes, chosen.speed, Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
