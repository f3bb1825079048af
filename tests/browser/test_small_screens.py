"""What people need to read is there on a phone, too, and in a language that is written from the right."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.support.node import Parley

pytestmark = pytest.mark.browser

# Where the parts of a line of facts stand in a text from the right: (left, right) of each.
PLACES = """async (facts) => {
    const { line } = await import("/static/js/screen.js");
    const { render } = await import("/static/vendor/lit.esm.min.js");
    const place = document.body.appendChild(document.createElement("p"));
    place.dir = "rtl";
    render(line(...facts), place);
    return [...place.querySelectorAll("bdi")].map((part) => {
        const { left, right } = part.getBoundingClientRect();
        return [left, right];
    });
}"""


@pytest.mark.parametrize(
    ("place", "words"),
    [("invited/spent", "This link was used already"), ("verify/x", "address"), ("nowhere", "mistyped")],
)
async def test_a_link_that_leads_nowhere_says_so_on_a_phone(
    open_page: Open, parley: Parley, place: str, words: str
) -> None:
    page = await open_page("jfk")
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(f"{parley.url}/#/{place}")
    await expect(page.locator("main .heading .lead")).to_be_visible()
    await expect(page.locator("main .heading")).to_contain_text(words)


async def test_a_date_behind_a_latin_name_stays_whole_in_arabic(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await page.goto(parley.url)
    facts: list[Any] = ["red", None, "01\u200f/12\u200f/2026"]
    team, day = await page.evaluate(PLACES, facts)
    assert day[1] <= team[0], "from the right: the team, then the whole date"
