"""A teacher opens what a learner answered: every try, right and wrong, and what was heard of a text."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import expect

from api.english.catalog import load
from tests.browser.conftest import Open, sign_in
from tests.browser.test_accessibility import look
from tests.browser.test_account_screens import another_browser
from tests.browser.test_school_screens import WAYS, dress
from tests.integration.assignments.test_outcomes import spoken
from tests.support.english import FIRST, Learner, perfect
from tests.support.node import Parley
from tests.support.school import MODULE, School

pytestmark = pytest.mark.browser


@WAYS
async def test_a_teacher_reads_what_a_learner_answered(
    open_page: Open, parley: Parley, size: tuple[int, int], theme: Any
) -> None:
    school = await School.found(parley)
    ana = await school.joined("ana")
    module, text = await school.give(work=MODULE), await school.give()
    learner = Learner(parley, ana)
    for task in load.catalog().by_id[FIRST].tasks:
        if task.skill != "speaking":
            await learner.submit(task.id, perfect(task.id))
    await learner.submit("profiles", ["x"] * len(perfect("profiles")))
    await spoken(school, ana, datetime.fromisoformat(text["created_at"]) + timedelta(minutes=1), 41.2)
    page = await open_page("jfk")
    await dress(page, size, theme)
    await sign_in(page, parley.url, school.owner)
    await page.goto(f"{parley.url}/#/organizations/{school.id}/assignments/{module['id']}")
    await page.get_by_role("link", name="ana").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="ana")).to_be_focused()
    newest = page.locator("details").first
    await expect(newest).to_contain_text("Try 2")
    await expect(newest).to_have_attribute("open", "")
    await expect(newest.locator(".chip.poor").first).to_be_visible()
    await expect(page.locator("details", has_text="Try 1").filter(has_text="100 of 100").first).to_be_visible()
    assert await look(page, "answers") == []
    await page.goto(f"{parley.url}/#/organizations/{school.id}/assignments/{text['id']}/{ana.user_id}")
    await expect(page.locator("details .marked")).to_have_text(["On Sunday"])  # the other one is there until it comes
    assert await look(page, "reading") == []
    async with another_browser(page) as other:
        await sign_in(other, parley.url, ana)
        await expect(other.get_by_role("region", name="Given to you")).to_contain_text("see your answers")
        await other.goto(page.url)
        await expect(other.get_by_text("This does not exist any more")).to_be_visible()
