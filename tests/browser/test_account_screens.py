"""A guest keeps what was done; somebody with an account comes and goes, on several devices."""

import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Open, enter
from tests.support.node import Parley

EMAIL, PASSWORD = "ana@example.com", "a sentence to remember"

pytestmark = pytest.mark.browser


@asynccontextmanager
async def another_browser(page: Page) -> AsyncIterator[Page]:
    """With nothing in it."""
    browser = page.context.browser
    assert browser is not None
    context = await browser.new_context(service_workers="block", locale="en-US")
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def sign_in(page: Page, node: Parley, password: str = PASSWORD) -> None:
    await page.goto(f"{node.url}/#/sign-in")
    await page.get_by_label("E-mail address or user name").fill(EMAIL)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.locator("main").get_by_role("button", name="Sign in").click()


async def at_home(page: Page) -> None:
    await expect(page.get_by_role("heading", name="Good ", level=1)).to_be_visible()


async def keep(page: Page, node: Parley) -> None:
    """A guest with a note becomes somebody."""
    await enter(page, node.url, "Notes")
    await page.get_by_role("button", name="New note").first.click()
    await page.get_by_label("Title").fill("since and for")
    await page.get_by_label("Text").fill("for two years")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="since and for")).to_be_visible()
    await page.goto(f"{node.url}/#/home")
    await page.get_by_role("link", name="Keep what I did").click()
    await page.get_by_label("Name").fill("Ana")
    await page.get_by_label("E-mail address").fill(EMAIL)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.locator("main").get_by_role("button", name="Keep what I did").click()
    await at_home(page)


async def test_what_a_guest_did_is_there_after_signing_in_elsewhere(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await keep(page, parley)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Ana")
    await page.reload()
    await at_home(page)
    await expect(page.get_by_text("You practise as a guest")).to_have_count(0)
    async with another_browser(page) as other:
        await sign_in(other, parley, "not this one at all")
        await expect(other.get_by_role("alert")).to_contain_text("wrong")
        await sign_in(other, parley)
        await at_home(other)
        await other.goto(f"{parley.url}/#/notes")
        await expect(other.get_by_role("heading", name="since and for")).to_be_visible()
        # Out everywhere: both browsers are strangers with their next step.
        await other.goto(f"{parley.url}/#/account")
        await other.get_by_role("button", name="Sign out everywhere").click()
        await expect(other.get_by_role("button", name="Try it")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 1


async def test_the_profile_and_the_password_can_be_changed(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(parley.url)
    await page.get_by_role("link", name="Create an account").click()
    await page.get_by_label("E-mail address").fill(EMAIL)
    await page.get_by_label("Password").fill("short")
    await page.locator("main").get_by_role("button", name="Create an account").click()
    assert await page.locator("input:invalid").count() == 1
    await page.get_by_label("Password").fill(PASSWORD)
    await page.locator("main").get_by_role("button", name="Create an account").click()
    await at_home(page)
    await page.goto(f"{parley.url}/#/account")
    await page.get_by_label("What your tutor calls you").fill("Anita")
    await page.get_by_label("Native language").select_option("pt-BR")
    await page.get_by_label("Time zone").select_option("America/Sao_Paulo")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("#status")).to_have_text("Saved.")
    await page.reload()
    await expect(page.get_by_label("Native language")).to_have_value("pt-BR")
    await page.get_by_label("Password until now").fill(PASSWORD)
    await page.get_by_label("New password").fill("another sentence now")
    await page.get_by_role("button", name="Change the password").click()
    await expect(page.locator("#status")).to_contain_text("password is changed")
    await page.get_by_role("button", name="Sign out", exact=True).click()
    await expect(page.get_by_role("button", name="Try it")).to_be_visible()
    await sign_in(page, parley, "another sentence now")
    await at_home(page)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Anita")


async def test_everything_can_be_taken_away_and_deleted(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await keep(page, parley)
    await page.goto(f"{parley.url}/#/privacy")
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Download everything").click()
    with zipfile.ZipFile(await (await waiting.value).path()) as archive:
        assert EMAIL in archive.read("users.jsonl").decode()
        assert "for two years" in archive.read("notes.jsonl").decode()
    await page.get_by_label("Keep the sound of my conversations").check()
    await page.reload()
    await expect(page.get_by_label("Keep the sound of my conversations")).to_be_checked()
    await page.get_by_label("Password").fill("not this one at all")
    await page.get_by_label("I am sure").check()
    await page.get_by_role("button", name="Delete my account").click()
    await expect(page.locator("#status.problem")).to_contain_text("wrong")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Delete my account").click()
    await expect(page.get_by_role("button", name="Try it")).to_be_visible()
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 0


async def test_who_signs_in_in_one_tab_is_who_acts_in_the_other(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await enter(page, parley.url, "Notes")
    await parley.account("ben")
    other = await page.context.new_page()
    await other.goto(f"{parley.url}/#/sign-in")
    await expect(other.get_by_text("stays behind")).to_be_visible()  # a guest is told
    await other.get_by_label("E-mail address or user name").fill("ben")
    await other.get_by_label("Password", exact=True).fill("correct horse battery")
    await other.locator("main").get_by_role("button", name="Sign in").click()
    await at_home(other)
    await page.get_by_role("link", name="Account").click()
    await expect(page.get_by_text("ben@example.com")).to_be_visible()


async def test_a_tab_that_was_signed_out_by_another_does_not_go_on_as_a_guest(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await keep(page, parley)
    other = await page.context.new_page()
    await other.goto(f"{parley.url}/#/notes")
    await other.get_by_role("button", name="New note").first.click()
    await page.goto(f"{parley.url}/#/account")
    await page.get_by_role("button", name="Sign out").last.click()
    await expect(page.get_by_role("button", name="Try it")).to_be_visible()
    await other.get_by_label("Title").fill("whose?")
    await other.get_by_label("Text").fill("mine")
    await other.get_by_role("button", name="Save").click()
    await expect(other.locator("#status")).to_contain_text("You are signed out")
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 1
    await page.get_by_role("button", name="Try it").click()  # but whoever wants to, may
    await expect(page.locator("#minutes")).to_contain_text("left this month")


async def test_a_long_name_does_not_push_a_phone_s_screen_sideways(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(f"{parley.url}/#/sign-up")
    brand, language = page.locator(".brand"), page.locator(".language")
    left, right = await brand.bounding_box(), await language.bounding_box()
    assert left is not None and right is not None
    assert await brand.evaluate("one => one.scrollWidth <= one.clientWidth"), "nothing lies on the name"
    assert left["x"] + left["width"] <= right["x"]
    await page.get_by_label("Name").fill("<script>" + "Wolfeschlegelsteinhausenbergerdorff" * 2)
    await page.get_by_label("E-mail address").fill(EMAIL)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.locator("main").get_by_role("button", name="Create an account").click()
    await at_home(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
