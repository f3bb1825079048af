"""A teacher invites a whole class by pasting its list, and saves what came of it as a table."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Open, sign_in
from tests.browser.test_accessibility import look
from tests.browser.test_account_screens import another_browser
from tests.browser.test_school_screens import WAYS, dress
from tests.support.node import Parley
from tests.support.school import School

pytestmark = pytest.mark.browser


async def invites(page: Page, text: str) -> None:
    await page.get_by_label("Names and e-mail addresses").fill(text)
    await page.get_by_role("button", name="Invite", exact=True).click()


@WAYS
async def test_a_class_is_pasted_and_a_bad_line_spoils_nothing(
    open_page: Open, parley: Parley, size: tuple[int, int], theme: Any
) -> None:
    school = await School.found(parley)
    ana = await parley.account("ana")
    page = await open_page("jfk")
    await dress(page, size, theme)
    await sign_in(page, parley.url, school.owner)
    await page.goto(f"{parley.url}/#/organizations/{school.id}/class")
    await page.get_by_role("button", name="Invite people").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Names and e-mail addresses")).to_be_focused()
    await page.get_by_label("Team").fill("Evening")
    await invites(page, f"Ana Souza, {ana.email}\nBen Ito\nnew@s.example\nCyd, cyd@@s.example")
    await expect(page.get_by_text("Done: 2. Still to do: 2.")).to_be_visible()
    await expect(page.get_by_label("Names and e-mail addresses")).to_have_value("Ben Ito\nCyd, cyd@@s.example")
    await expect(page.locator(".wide-form .chip")).to_have_text(["Invited", "Not used", "Invited", "Not used"])
    address = await page.get_by_label("The link").input_value()
    letter = page.get_by_role("link", name="Write to them")
    assert "new%40s.example" in (await letter.get_attribute("href") or "")
    assert await look(page, "pasted") == []
    await invites(page, "Ben Ito, ben@s.example\nCyd cyd@s.example")
    await expect(page.get_by_text("Done: 2. Still to do: 0.")).to_be_visible()
    await expect(page.get_by_label("Names and e-mail addresses")).to_have_value("")
    await expect(page.get_by_label("The link")).to_have_value(address)  # one is enough
    async with another_browser(page) as other:
        await sign_in(other, parley.url, ana)
        await other.goto(address)
        await other.get_by_role("button", name="Join").click()
        await expect(other.get_by_role("heading", name="School", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Look again").click()
    await expect(page.locator(".pupil")).to_have_text(["ana"])
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="Table (CSV)").click()
    assert (await saved.value).suggested_filename == "class-school.csv"
    assert "ana" in (await (await saved.value).path()).read_text()


async def test_a_team_s_teacher_pastes_into_the_team(open_page: Open, parley: Parley) -> None:
    school = await School.found(parley)
    head = await school.joined("head", role="team_manager", team="red")
    page = await open_page("jfk")
    await sign_in(page, parley.url, head)
    await page.goto(f"{parley.url}/#/organizations/{school.id}")
    await page.get_by_role("link", name="Invite a whole class").click()
    await expect(page.get_by_label("Team")).to_have_count(0)
    await invites(page, "a@s.example")
    await expect(page.get_by_label("The link")).to_be_visible()
    (sent,) = (await school.ask("GET", f"/api/organizations/{school.id}/invitations"))["items"]
    assert (sent["user"], sent["team"]) == ("a@s.example", "red")


async def test_the_results_of_an_assignment_are_saved_as_a_table(open_page: Open, parley: Parley) -> None:
    school = await School.found(parley)
    await school.joined("ana")
    given = await school.give()
    page = await open_page("jfk")
    await sign_in(page, parley.url, school.owner)
    await page.goto(f"{parley.url}/#/organizations/{school.id}/assignments/{given['id']}")
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="Table (CSV)").click()
    assert "The lake" in (await (await saved.value).path()).read_text()
