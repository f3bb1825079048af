"""Every screen of the table of routes, again and again in one browser: at the first visit, at the second, loaded again,
and in a new tab. On a phone and a desk, light and dark: no error, no sideways scroll, nothing that axe-core names."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Open, sign_in
from tests.browser.test_accessibility import call, look
from tests.integration.people.test_people import ask
from tests.support import walk
from tests.support.node import Parley

pytestmark = pytest.mark.browser

SIZES = ({"width": 360, "height": 740}, {"width": 1280, "height": 800})
THEMES: tuple[Any, ...] = ("light", "dark")
ROUTES = """import("/static/js/routes.js")
    .then(({ ROUTES }) => ROUTES.map(({ path, screen, open }) => [path, screen, Boolean(open)]))"""
OPEN_FOR_BOTH = ("/", "/more")
ELSEWHERE = ("join", "signed-in")  # looked at when signed in; leads on at once


async def show(page: Page, screen: str, address: str) -> None:
    """By the menu's way: only the part behind # changes."""
    await page.evaluate("address => { location.hash = address; }", address)
    await there(page, screen)


async def there(page: Page, screen: str) -> None:
    await expect(page.locator(f"screen-{screen} h1").first).to_be_visible()
    await expect(page.locator(".waiting-screen")).to_have_count(0)


async def wide(page: Page, address: str) -> list[str]:
    """Where it does not fit, on the phone and on the desk."""
    wrong = []
    for size in SIZES:
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        shown = await page.evaluate("document.documentElement.scrollWidth")
        if shown > size["width"]:
            wrong.append(f"{address}: {shown} px on {size['width']}")
    return wrong


def filled(path: str, things: dict[str, str]) -> str:
    """A path of the table with real ids in the place of its names."""
    return re.sub(r":(\w+)", lambda name: things[name[1]], path)


async def walked(page: Page, url: str, screens: list[tuple[str, str]]) -> list[str]:
    """What is wrong with them. Every look is at another size and in another theme."""
    said: list[str] = []
    page.context.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.context.on("weberror", lambda one: said.append(str(one.error)))
    wrong: list[str] = []
    for address, screen in screens:
        await show(page, screen, address)
        wrong += await wide(page, address)
    for number, (address, screen) in enumerate(screens):
        await page.set_viewport_size(SIZES[number % 2])  # type: ignore[arg-type]
        await page.emulate_media(color_scheme=THEMES[number // 2 % 2], reduced_motion="reduce")
        await show(page, screen, address)
        wrong += await look(page, address)
    tab = await page.context.new_page()
    await tab.emulate_media(color_scheme="dark")
    await tab.goto(url)
    for address, screen in screens:
        await show(tab, screen, address)
        await tab.reload()
        await there(tab, screen)
        wrong += await wide(tab, address)
    await tab.close()
    return wrong + said


async def test_every_screen_is_sound_at_every_visit(open_page: Open, parley: Parley) -> None:
    ana = await parley.admin("ana")
    owned = await walk.belongings(parley, ana)
    page = await open_page("jfk")
    await page.goto(parley.url)
    routes: list[tuple[str, str, bool]] = await page.evaluate(ROUTES)
    _, invited = await ask(parley, ana, "POST", "/api/admin/invitations", json={"email": "new@example.com"})
    things = {"token": invited["link"].rsplit("/", 1)[1]}
    strangers = [
        (filled(path, things), screen) for path, screen, is_open in routes if is_open and screen not in ELSEWHERE
    ]
    wrong = await walked(page, parley.url, strangers)

    await sign_in(page, parley.url, ana)
    made = await call(page, "POST", f"/api/organizations/{owned['org_id']}/invitation-links", {})
    things |= {"module": "a1-meeting-people", "task": "profiles", "conversation": owned["conversation_id"]}
    things |= {"transcript": owned["transcript_id"], "organization": owned["org_id"], "session": owned["live_session"]}
    things |= {"assignment": owned["assignment_id"], "webhook": owned["webhook_id"], "token": made["token"]}
    pupil = await parley.account("pupil")
    await parley.member(ana, owned["org_id"], pupil)
    things["learner"] = pupil.user_id
    inside = [
        (filled(path, things), screen)
        for path, screen, is_open in routes
        if not is_open or screen == "join" or path in OPEN_FOR_BOTH
    ]
    assert len(inside) + len(strangers) >= len(routes)
    wrong += await walked(page, parley.url, inside)
    assert wrong == []
