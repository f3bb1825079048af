"""A real Chromium, whose microphone is a recording. Without one these tests are skipped; in CI they fail."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.support import browsers, proxies
from tests.support.node import Account

# Longer than anything takes on a busy machine; nobody waits for it when things go well.
WAIT_SECONDS = 60
expect.set_options(timeout=WAIT_SECONDS * 1000)

Open = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="session")
def chromium() -> str:
    if (found := browsers.program()) is not None:
        return found
    reason = "no Chromium on this machine"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
async def open_page(chromium: str, tmp_path: Path) -> AsyncIterator[Open]:
    """`await open_page("jfk")` is an empty page of a browser whose microphone plays that clip once, after
    `lead_seconds` of silence; with `again_after` seconds of silence behind it, again and again. `trusted` is a
    certificate signed by itself that the browser takes."""
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())

        async def open_one(
            clip: str,
            lead_seconds: float = 0.0,
            again_after: float | None = None,
            workers: Literal["allow", "block"] = "block",
            trusted: Path | None = None,
        ) -> Page:
            args = browsers.arguments(tmp_path, clip, lead_seconds, again_after)
            if trusted is not None:
                args.append(f"--ignore-certificate-errors-spki-list={proxies.fingerprint(trusted)}")
            browser = await playwright.chromium.launch(executable_path=chromium, args=args)
            stack.push_async_callback(browser.close)
            # For more tabs, too. Requests of a service worker cannot be watched or answered by a test.
            context = await browser.new_context(
                viewport={"width": 1280, "height": 800}, service_workers=workers, locale="en-US"
            )
            page = await context.new_page()
            page.set_default_timeout(WAIT_SECONDS * 1000)
            problems: list[str] = []
            page.on("pageerror", lambda error: problems.append(str(error)))
            stack.callback(lambda: _none(problems))
            return page

        yield open_one


async def enter(page: Page, url: str, screen: str = "Read aloud") -> None:
    """As a stranger who tries it, or a guest who comes again: to one of the screens of the menu."""
    await page.goto(url)
    await page.get_by_role("button", name="Try it").click()
    await page.get_by_role("navigation", name="Menu").get_by_role("link", name=screen).click()
    await expect(page.get_by_role("heading", name=screen, level=1)).to_be_visible()


async def sign_in(page: Page, url: str, account: Account) -> None:
    await page.goto(f"{url}/#/sign-in")
    await page.get_by_label("E-mail address or user name").fill(account.username)
    await page.get_by_label("Password", exact=True).fill(account.password)
    await page.locator("main").get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", name="Good ", level=1)).to_be_visible()


def _none(problems: list[str]) -> None:
    assert problems == [], "the page raised errors"
