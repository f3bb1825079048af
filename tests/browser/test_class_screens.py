"""What those who teach see and give: the class of thirty, assignments, and what the learner does about them."""

import time
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Open, sign_in
from tests.browser.test_accessibility import look
from tests.browser.test_account_screens import another_browser
from tests.browser.test_school_screens import WAYS, dress, told
from tests.integration.assignments.test_class import enrolled, practised
from tests.support.node import Parley
from tests.support.school import School

pytestmark = pytest.mark.browser


async def class_of_thirty(school: School) -> None:
    now, database = school.node.resources.clock.now(), school.node.resources.database
    async with database.transaction() as tx:
        for number in range(30):
            pupil = await enrolled(tx, school.id, number, now)
            if number % 3:
                await practised(tx, pupil, now)
        await tx.execute(
            "update organization_members set team = 'Evening' where role = 'member' and user_id > $1", pupil
        )
        await tx.execute("update users set full_name = 'Zoë ' || username where username like 'pupil%5'")


def names(page: Page) -> Any:
    return page.locator(".pupil").all_text_contents()


@WAYS
async def test_a_class_of_thirty_at_a_glance(
    open_page: Open, parley: Parley, size: tuple[int, int], theme: Any
) -> None:
    school = await School.found(parley)
    await class_of_thirty(school)
    page = await open_page("jfk")
    await dress(page, size, theme)
    await sign_in(page, parley.url, school.owner)
    await page.goto(f"{parley.url}/#/organizations/{school.id}")
    await page.get_by_role("link", name="Class", exact=True).click()
    await expect(page.locator(".pupil")).to_have_count(30)
    assert await look(page, "class") == []
    await expect(page.get_by_text("20/30")).to_be_visible()
    await expect(page.get_by_text("weak for 20 learners").first).to_be_visible()
    assert (await names(page))[0] == "pupil0"
    await page.get_by_role("button", name="Name").click()
    assert (await names(page))[0].startswith("Zoë")
    await page.get_by_role("button", name="Min.").click()
    await expect(page.get_by_role("columnheader", name="Min.")).to_have_attribute("aria-sort", "descending")
    first = page.locator(".class-table tbody tr").first
    await expect(first.locator(".column-week")).to_have_text("20")
    await page.get_by_role("button", name="Min.").click()
    await expect(first.locator(".column-week")).to_have_text("0")
    await expect(first).to_contain_text("never")
    await page.reload()  # and in a new tab
    await expect(page.locator(".pupil")).to_have_count(30)
    tab = await page.context.new_page()
    began = time.monotonic()
    await tab.goto(page.url)
    await expect(tab.locator(".pupil")).to_have_count(30)
    print(f"the class was there after {time.monotonic() - began:.2f} s")


async def test_the_class_shows_by_itself_who_is_live(open_page: Open, parley: Parley) -> None:
    school = await School.found(parley)
    ana = await school.joined("ana")
    page = await open_page("jfk")
    await page.clock.install()
    await sign_in(page, parley.url, school.owner)
    await page.goto(f"{parley.url}/#/organizations/{school.id}/class")
    await expect(page.locator(".pupil")).to_have_text(["ana"])
    await school.ask("POST", "/api/live/session/start", ana, json={"session_type": "voice"})
    await page.clock.fast_forward(21_000)
    await expect(page.get_by_role("link", name="Watch: ana")).to_be_visible()
    await page.route("**/class**", lambda route: route.abort())
    await page.clock.fast_forward(21_000)
    await expect(page.locator("#status")).to_contain_text("cannot be reached")
    await expect(page.locator(".pupil")).to_have_text(["ana"])  # what was known stays


async def test_what_is_given_is_done_and_seen(open_page: Open, parley: Parley) -> None:
    school = await School.found(parley)
    ana = await school.joined("ana", team="red")
    await school.joined("ben", team="blue")
    page = await open_page("jfk")
    await page.set_viewport_size({"width": 360, "height": 740})
    await sign_in(page, parley.url, school.owner)
    await page.goto(f"{parley.url}/#/organizations/{school.id}/assignments")
    wrong = await gives(page)
    await page.get_by_role("button", name="New assignment").click()
    await page.get_by_label("Kind").select_option("text")
    await page.get_by_label("Title").fill("The lake")
    await page.locator("textarea").fill("On Sunday we took the train to the lake.")
    await page.get_by_label("For whom").select_option("members")
    await page.get_by_role("checkbox", name="ana").check()
    await page.get_by_role("button", name="Give it").click()
    await page.get_by_role("link", name="The lake").click()
    await expect(page.get_by_role("heading", name="0 of 1 are done")).to_be_visible()
    wrong += await look(page, "assignment")
    async with another_browser(page) as other:
        await dress(other, (360, 740), "dark")
        await sign_in(other, parley.url, ana)
        mine = other.get_by_role("region", name="Given to you")
        await expect(mine.get_by_role("listitem")).to_have_count(2)
        wrong += await look(other, "home")
        await mine.get_by_role("listitem").filter(has_text="The lake").get_by_role("link", name="Start").click()
        await expect(other.locator(".sentence")).to_have_text("On Sunday we took the train to the lake. ")
        await other.goto(f"{parley.url}/#/home")
        await mine.get_by_role("listitem").filter(has_text="Meeting").get_by_role("link", name="Start").click()
        await expect(other.get_by_role("heading", name="Meeting people")).to_be_visible()
        await other.goto(f"{parley.url}/#/organizations/{school.id}/class")
        await expect(other.get_by_text("Only those who teach here see this")).to_be_visible()
    await page.get_by_role("button", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await told(page, "Deleted")
    await expect(page.get_by_role("link", name="The lake")).to_have_count(0)
    assert wrong == []


async def gives(page: Page) -> list[str]:
    """A module to a team."""
    await page.get_by_role("button", name="New assignment").click()
    wrong = await look(page, "new assignment")
    await page.locator("select[name=module_id]").select_option("a1-meeting-people")
    await page.get_by_label("For whom").select_option("team")
    await page.locator("select[name=team]").select_option("red")
    await page.get_by_label("Due on").fill("2030-05-01")
    await page.get_by_role("button", name="Give it").click()
    await told(page, "The assignment is given")
    await page.reload()
    await expect(page.get_by_role("link", name="Meeting people")).to_contain_text("red · until May 1, 2030")
    return wrong


async def test_a_team_s_teacher_gives_to_the_team(open_page: Open, parley: Parley) -> None:
    school = await School.found(parley)
    head = await school.joined("head", role="team_manager", team="red")
    await school.joined("ana", team="red")
    await school.joined("ben", team="blue")
    page = await open_page("jfk")
    await sign_in(page, parley.url, head)
    await page.goto(f"{parley.url}/#/organizations/{school.id}/class")
    await expect(page.locator(".pupil")).to_have_text(["ana"])
    await page.get_by_role("link", name="Assignments").click()
    await page.get_by_role("button", name="New assignment").click()
    await expect(page.get_by_label("For whom").locator("option")).to_have_text(["A team", "Learners by name"])
    await page.get_by_role("button", name="Give it").click()
    await told(page, "The assignment is given")
    await page.goto(f"{parley.url}/#/organizations/{school.id}/tokens")
    await expect(page.get_by_text("Only those who teach here see this")).to_be_visible()
