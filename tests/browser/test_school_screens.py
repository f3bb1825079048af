"""Organizations in the browser: made, joined by a link, led, left. Wide and narrow, light and dark."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Open, sign_in
from tests.browser.test_accessibility import look
from tests.browser.test_account_screens import another_browser
from tests.support.node import Parley
from tests.support.school import School

pytestmark = pytest.mark.browser

WAYS = pytest.mark.parametrize(("size", "theme"), [((360, 740), "dark"), ((1280, 800), "light")], ids=["phone", "desk"])


async def dress(page: Page, size: tuple[int, int], theme: Any) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.emulate_media(color_scheme=theme, reduced_motion="reduce")


async def told(page: Page, text: str) -> None:
    await expect(page.locator("#status")).to_contain_text(text)


async def link_made(page: Page) -> str:
    await page.get_by_role("button", name="Make a link").click()
    link = await page.get_by_label("The link").input_value()
    assert "/#/join/" in link
    return link


@WAYS
async def test_an_organization_from_its_making_to_its_end(
    open_page: Open, parley: Parley, size: tuple[int, int], theme: Any
) -> None:
    page = await open_page("jfk")
    await dress(page, size, theme)
    await sign_in(page, parley.url, await parley.account("head"))
    await page.goto(f"{parley.url}/#/organizations")
    await expect(page.get_by_text("You belong to no organization yet")).to_be_visible()
    await page.get_by_role("button", name="New organization").click()
    wrong = await look(page, "new organization")
    await page.get_by_label("Name").fill("École du soir <b>")
    await page.get_by_role("button", name="Create", exact=True).click()
    await expect(page.get_by_role("heading", name="École du soir <b>", level=1)).to_be_visible()
    link = await link_made(page)
    wrong += await look(page, "link")
    await page.reload()  # shown once
    await expect(page.get_by_text("0 people joined")).to_be_visible()
    await expect(page.get_by_label("The link")).to_have_count(0)
    async with another_browser(page) as other:
        await dress(other, size, theme)
        wrong += await joins(other, link)
        await expect(other.get_by_role("heading", name="École du soir <b>", exact=True)).to_be_visible()
        await expect(other.get_by_role("link", name="Class")).to_have_count(0)
        await other.goto(link)  # again
        await expect(other.get_by_text("You belong to it already")).to_be_visible()
    assert [*wrong, *await leads(page), *await ends(page, link)] == []


async def leads(page: Page) -> list[str]:
    """The owner gives the new member a role and a team, and removes them."""
    await page.reload()
    await expect(page.get_by_text("one person joined")).to_be_visible()
    await page.get_by_role("button", name="Edit: Ana").click()
    await page.locator("li form").get_by_label("Role").select_option("team_manager")
    await page.locator("li form input[name=team]").fill("red")
    wrong = await look(page, "member")
    await page.get_by_role("button", name="Save").click()
    await told(page, "Saved")
    await expect(page.get_by_role("listitem").filter(has_text="Ana")).to_contain_text("red")
    await page.get_by_role("button", name="Revoke: Learner").click()
    await told(page, "Revoked")
    await page.get_by_role("button", name="Edit: Ana").click()
    await page.get_by_role("button", name="Remove").click()
    wrong += await look(page, "question")
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await told(page, "Ana is removed")
    return wrong


async def ends(page: Page, link: str) -> list[str]:
    """The last owner cannot leave, but rename and delete it."""
    await page.get_by_role("button", name="Leave").click()
    await page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    await told(page, "needs an owner")
    await page.get_by_role("button", name="Edit", exact=True).click()
    await page.get_by_label("Name", exact=True).fill("Evening school")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="Evening school", level=1)).to_be_visible()
    await page.goto(link)
    await expect(page.get_by_text("no longer good")).to_be_visible()
    await page.goto(f"{link.split('#')[0]}#/organizations")
    await page.get_by_role("link", name="Evening school").click()
    await page.get_by_role("button", name="Delete the organization").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("You belong to no organization yet")).to_be_visible()
    return await look(page, "none")


async def joins(page: Page, link: str) -> list[str]:
    """A stranger with the link makes an account on the way, changes their mind once, and loads the page again."""
    await page.goto(link)
    await page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    await page.locator("main").get_by_role("link", name="Create an account").click()
    await page.get_by_label("Name").fill("Ana")
    await page.get_by_label("E-mail address").fill("ana@example.com")
    await page.get_by_label("Password").fill("a sentence to remember")
    await page.locator("main").get_by_role("button", name="Create an account").click()
    await expect(page.get_by_role("heading", name="Join École du soir <b>?")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("head invites you as: Learner")).to_be_visible()
    wrong = await look(page, "join")
    await page.get_by_role("button", name="Join").click()
    return wrong


async def test_who_is_asked_by_name_answers_on_the_page(open_page: Open, parley: Parley) -> None:
    school = await School.found(parley)
    ben = await parley.account("ben")
    await school.ask("POST", f"/api/organizations/{school.id}/members", json={"user": "ben", "role": "admin"})
    page = await open_page("jfk")
    await sign_in(page, parley.url, ben)
    await page.goto(f"{parley.url}/#/organizations")
    asked = page.get_by_role("region", name="Join School?")
    await expect(asked).to_contain_text("They may watch your live sessions")
    assert await look(page, "asked") == []
    await asked.get_by_role("button", name="Join").click()
    await page.get_by_role("link", name="School").click()
    await page.get_by_label("E-mail address or user name").fill("cyd@example.com")
    await page.get_by_role("button", name="Invite", exact=True).click()
    await told(page, "The invitation is sent")
    await page.reload()
    await page.get_by_role("button", name="Revoke: cyd@example.com").click()
    await expect(page.get_by_text("Nobody is invited by name")).to_be_visible()


async def test_what_belongs_to_others_is_not_there_and_learners_see_no_class(open_page: Open, parley: Parley) -> None:
    school = await School.found(parley)
    ana, stranger = await school.joined("ana"), await parley.account("stranger")
    page = await open_page("jfk")
    answers: list[int] = []
    page.on("response", lambda one: answers.append(one.status))
    await sign_in(page, parley.url, stranger)
    for place in ("", "/class", "/assignments", "/tokens"):
        await page.goto(f"{parley.url}/#/organizations/{school.id}{place}")
        await expect(page.get_by_text("This does not exist any more")).to_be_visible()
    async with another_browser(page) as other:
        other.on("response", lambda one: answers.append(one.status))
        await sign_in(other, parley.url, ana)
        for place in ("/class", "/assignments", "/tokens"):
            await other.goto(f"{parley.url}/#/organizations/{school.id}{place}")
            await expect(other.get_by_text("Only those who teach here see this")).to_be_visible()
    assert max(answers) < 500


async def test_a_stranger_whose_address_is_taken_stays_a_stranger(open_page: Open, parley: Parley) -> None:
    await parley.account("ben")
    page = await open_page("jfk")
    await page.goto(f"{parley.url}/#/sign-up")
    await page.get_by_label("E-mail address").fill("ben@example.com")
    await page.get_by_label("Password").fill("a sentence to remember")
    await page.locator("main").get_by_role("button", name="Create an account").click()
    await expect(page.get_by_role("alert")).to_contain_text("There is an account with this e-mail address")
    await page.reload()
    await expect(page.get_by_role("heading", name="Create an account")).to_be_visible()
    await expect(page.get_by_role("navigation", name="Menu")).to_have_count(0)
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from users") == 1


async def test_who_is_signed_in_sees_no_form_to_sign_in(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await sign_in(page, parley.url, await parley.account("ben"))
    for path in ("/sign-in", "/sign-up"):
        await page.goto(f"{parley.url}/#{path}")
        await expect(page.get_by_role("heading", name="Good ", level=1)).to_be_visible()


@pytest.mark.parametrize("language", ["en", "de", "ar", "ja"])
async def test_nothing_of_the_frame_is_cut_on_a_phone(open_page: Open, parley: Parley, language: str) -> None:
    page = await open_page("jfk")
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.add_init_script(f"Object.defineProperty(navigator, 'languages', {{ get: () => ['{language}'] }})")
    await page.goto(parley.url)
    fits = "one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight + 1"
    await expect(page.locator("#try")).to_be_visible()
    chosen = page.locator(".language select")
    wide, needed = await chosen.evaluate(
        """one => { const wide = one.getBoundingClientRect().width; one.style.maxWidth = "none";
           one.style.width = "max-content"; return [wide, one.getBoundingClientRect().width]; }"""
    )
    assert wide >= needed
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await page.locator("#try").click()
    await expect(page.locator("nav.menu")).to_be_visible()
    for label in await page.locator("nav.menu > .nav-item span").all():
        assert await label.evaluate(fits), await label.text_content()
