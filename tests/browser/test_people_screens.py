"""A lost password, an invitation, a proved address, and what administrators do, in a real browser at two sizes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from server.config import Settings
from tests.browser.conftest import Open
from tests.browser.test_accessibility import look, show
from tests.browser.test_account_screens import another_browser, at_home
from tests.integration.people.test_people import ask
from tests.support.mailbox import Mailbox, mailbox, token
from tests.support.node import PASSWORD, Account, Parley, running

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("size", [(360, 740), (1280, 800)], ids=["phone", "desk"]),
]
NEW = "an even better phrase"


@pytest.fixture
async def post() -> AsyncIterator[Mailbox]:
    async with mailbox() as box:
        yield box


@pytest.fixture
async def node(database_url: str, redis_url: str, settings: Settings, post: Mailbox) -> AsyncIterator[Parley]:
    changes = {**post.settings, "public_url": "http://parley.example", "contact": "room 12"}
    async with running(settings.model_copy(update=changes), database_url, redis_url) as parley:
        yield parley


@pytest.fixture
async def page(open_page: Open, size: tuple[int, int]) -> Page:
    page = await open_page("jfk")
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.emulate_media(reduced_motion="reduce")
    return page


async def sign_in(page: Page, node: Parley, name: str, password: str = PASSWORD) -> None:
    await show(page, node.url, "/sign-in")
    await page.get_by_label("E-mail address or user name").fill(name)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.locator("main").get_by_role("button", name="Sign in").click()
    await at_home(page)


async def administrator(node: Parley) -> Account:
    boss = await node.admin("boss")
    await node.account("ana", full_name="Ana Souza")
    return boss


async def test_a_lost_password_is_replaced_and_the_address_proved(page: Page, node: Parley, post: Mailbox) -> None:
    ana = await node.account("ana")
    first = await post.arrives(1)
    await show(page, node.url, "/sign-in")
    await page.get_by_role("link", name="Password forgotten?").click()
    await expect(page.get_by_role("heading", name="A new password")).to_be_visible()
    wrong = await look(page, "forgotten")
    await page.get_by_label("E-mail address").fill(ana.email)
    await page.get_by_role("button", name="Send the link").click()
    await expect(page.get_by_role("status").filter(has_text="a letter is on its way")).to_contain_text("room 12")
    address = f"/reset/{token(await post.arrives(2))}"
    await show(page, node.url, address)
    wrong += await look(page, "reset")
    await page.get_by_label("New password").fill(NEW)
    await page.get_by_role("button", name="Set the password").click()
    await expect(page.get_by_text("The new password is set")).to_be_visible()
    await sign_in(page, node, "ana", NEW)
    await show(page, node.url, address)
    await page.get_by_label("New password").fill(NEW)
    await page.get_by_role("button", name="Set the password").click()
    await expect(page.get_by_role("alert")).to_contain_text("used already")
    await show(page, node.url, f"/verify/{token(first)}")
    wrong += await look(page, "verify")
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_role("alert")).to_contain_text("used already")  # setting the password proved it
    assert wrong == []


async def test_an_address_is_proved_from_the_account(page: Page, node: Parley, post: Mailbox) -> None:
    await node.account("ana")
    await sign_in(page, node, "ana")
    await show(page, node.url, "/account")
    await page.get_by_role("button", name="Send a link to confirm it").click()
    letter = await post.arrives(2)
    assert await look(page, "account") == []
    await show(page, node.url, f"/verify/{token(letter)}")
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_role("heading", name="Account", level=1)).to_be_visible()
    await expect(page.get_by_role("button", name="Send a link to confirm it")).to_have_count(0)


async def test_without_mail_the_page_says_whom_to_ask(
    page: Page, database_url: str, redis_url: str, settings: Settings
) -> None:
    silent = settings.model_copy(update={"contact": "room 12"})
    async with running(silent, database_url, redis_url) as parley:
        await show(page, parley.url, "/forgotten")
        await expect(page.get_by_text("Ask room 12.")).to_be_visible()
        await expect(page.get_by_label("E-mail address")).to_have_count(0)
        assert await look(page, "forgotten") == []


async def test_an_administrator_finds_closes_opens_and_erases_people(page: Page, node: Parley) -> None:
    await administrator(node)
    await sign_in(page, node, "boss")
    await show(page, node.url, "/account")
    await page.get_by_role("link", name="Administration").click()
    await expect(page.get_by_role("heading", name="Administration", level=1)).to_be_visible()
    await page.get_by_label("Part of a name or address").fill("souza")
    await page.locator("main").get_by_role("button", name="Search").click()
    people = page.locator(".person")
    await expect(people).to_have_count(1)
    await people.locator("summary").click()
    wrong = await look(page, "admin")
    await people.get_by_label("Plan").select_option("plus")
    await expect(people.locator(".chip", has_text="plus")).to_be_visible()
    await people.get_by_role("button", name="Disable").click()
    wrong += await look(page, "question")
    await page.get_by_role("dialog").get_by_role("button", name="Disable").click()
    await expect(people.locator(".chip", has_text="disabled")).to_be_visible()
    await people.get_by_role("button", name="Enable").click()
    await expect(people.locator(".chip", has_text="disabled")).to_have_count(0)
    await people.get_by_role("button", name="Forget failed sign-ins").click()
    await people.get_by_role("button", name="New password").click()
    await page.get_by_role("dialog").get_by_role("button", name="New password").click()
    assert (await page.locator("input[readonly]").input_value()).startswith("http://parley.example/#/reset/")
    async with page.expect_download() as saved:
        await people.get_by_role("button", name="Export").click()
    assert (await saved.value).suggested_filename == "parley-ana.zip"
    await people.get_by_role("button", name="Erase").click()
    await page.get_by_role("dialog").get_by_role("button", name="Erase").click()
    await expect(people).to_have_count(0)
    assert wrong == []


async def test_people_are_invited_imported_and_kept_out(page: Page, node: Parley, tmp_path: Path) -> None:
    await administrator(node)
    await sign_in(page, node, "boss")
    await show(page, node.url, "/admin")
    await page.get_by_label("Anybody may open an account").uncheck()
    await page.get_by_label("Guests a day from one address").fill("30")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    assert (await ask(node, None, "GET", "/api/auth/entrance"))[1]["registration"] is False
    await page.get_by_role("button", name="Invite").click()
    link = page.locator("input[readonly]")
    await expect(link).to_have_count(1)
    invitation = (await link.input_value()).removeprefix("http://parley.example/#")
    people = tmp_path / "people.csv"
    people.write_text("email\nnew@school.example\nnobody\n")
    await page.get_by_label("CSV file").set_input_files(people)
    await page.get_by_role("button", name="Import a list").click()
    await expect(page.get_by_text("Accounts opened: 0. Faulty lines: 1.")).to_be_visible()
    wrong = await look(page, "import")
    people.write_text("email\nnew@school.example\n")
    await page.get_by_label("CSV file").set_input_files(people)
    await page.get_by_role("button", name="Import a list").click()
    await expect(link).to_have_count(2)
    wrong += await look(page, "links")
    async with another_browser(page) as other:
        await show(other, node.url, invitation)
        wrong += await look(other, "join")
        await other.get_by_label("E-mail address").fill("ben@school.example")
        await other.get_by_label("User name").fill("ben_ito")
        await other.get_by_label("Password", exact=False).last.fill(NEW)
        await other.get_by_role("button", name="Create an account").click()
        await at_home(other)
        await show(other, node.url, invitation)
        await expect(other.get_by_text("used already")).to_be_visible()
    assert wrong == []
