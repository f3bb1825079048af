"""Webhooks in the page: made, tried, replayed, rotated, switched off and deleted, for everyone and on a phone."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from server.config import Settings
from tests.browser.conftest import Open, enter
from tests.browser.test_accessibility import look
from tests.support.node import Parley, running
from tests.support.receivers import receiving

pytestmark = pytest.mark.browser


@pytest.fixture
async def local(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    """A node that may send to this machine."""
    reach = {"webhook_http": True, "webhook_networks": ("127.0.0.0/8",)}
    async with running(settings.model_copy(update=reach), database_url, redis_url) as node:
        yield node


async def looks_well(page: Page, name: str) -> None:
    wrong: list[str] = []
    for width, height in ((360, 740), (1280, 800)):
        await page.set_viewport_size({"width": width, "height": height})
        wrong += await look(page, f"{name} at {width}")
    assert wrong == []


async def test_a_webhook_from_its_making_to_its_end(open_page: Open, local: Parley) -> None:
    page = await open_page("jfk")
    await enter(page, local.url, "Webhooks")
    main = page.locator("main")
    async with receiving() as receiver:
        await main.get_by_role("button", name="New webhook").first.click()
        await looks_well(page, "form")
        await main.get_by_label("Address").fill(receiver.url)
        await main.get_by_label("Note").fill("Grade book")
        await main.get_by_label("A module was completed").uncheck()
        await main.get_by_role("button", name="Save").click()
        secret = await main.get_by_label("Secret").input_value()
        assert secret.startswith("whsec_")
        await looks_well(page, "list")
        await main.get_by_role("link", name=receiver.url).click()
        await expect(main.get_by_text("Nothing was sent yet.")).to_be_visible()
        await main.get_by_role("button", name="Send a test").click()
        (taken,) = await receiver.gets()
        assert taken.verify(secret)["type"] == "webhook.test"
        row = main.get_by_role("listitem").filter(has_text="webhook.test")
        async with local.resources.database.connection() as cx:
            query = "select count(*) from webhook_deliveries where status = 'delivered'"
            while await cx.fetchval(query) == 0:
                await page.wait_for_timeout(50)
        await main.get_by_role("button", name="Refresh").click()
        await expect(row.get_by_text("Delivered")).to_be_visible()
        await looks_well(page, "one")
        await row.get_by_role("button", name="Send again").click()
        assert (await receiver.gets(2))[1].id == taken.id
        await main.get_by_role("button", name="New secret").click()
        await page.get_by_role("dialog").get_by_role("button", name="New secret").click()
        await expect(main.get_by_label("Secret")).not_to_have_value(secret)
        await main.get_by_role("button", name="Switch off").click()
        await expect(main.get_by_text("Switched off since")).to_be_visible()
        await expect(main.get_by_role("button", name="Send a test")).to_be_disabled()
        await looks_well(page, "off")
        await main.get_by_role("button", name="Delete").click()
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await expect(main.get_by_text("No server is told anything yet.")).to_be_visible()
