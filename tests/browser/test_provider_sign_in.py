"""Signing in by an OpenID Connect provider that others wrote, as people do it."""

import re
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import expect

from server import resources
from server.app import create_app
from server.config import Settings
from tests.browser.conftest import Open
from tests.browser.test_account_screens import at_home
from tests.support.node import Parley
from tests.support.ports import free_port
from tests.support.provider import provider_program, settings_for

pytestmark = pytest.mark.browser


async def test_somebody_comes_by_the_provider_and_goes_on_where_they_wanted(
    open_page: Open, database_url: str, redis_url: str, settings: Settings, tmp_path: Path
) -> None:
    port = free_port()
    claims = {"email": "ana@example.com", "email_verified": True, "name": "Ana"}
    async with provider_program({"alice": claims}) as issuer:
        changes = {**settings_for(issuer), "public_url": f"http://127.0.0.1:{port}"}
        fields = {**settings.model_dump(exclude_unset=True), **changes}
        async with (
            resources.opened(Settings(**fields), database_url=database_url, redis_url=redis_url) as opened,
            TestClient(TestServer(create_app(opened), port=port)) as client,
        ):
            node = Parley(client, opened)
            page = await open_page("jfk")
            await page.goto(f"{node.url}/#/sign-in?next=%2Fnotes")
            await page.get_by_role("link", name="Sign in with Example School").click()
            await page.locator("input[name=sub]").fill("alice")
            await page.locator("button[type=submit]").first.click()
            await expect(page.get_by_role("heading", name="Notes", level=1)).to_be_visible()
            await page.goto(f"{node.url}/#/account")
            await expect(page.get_by_text("ana@example.com")).to_be_visible()
            await expect(page.get_by_role("heading", name="Change the password")).to_have_count(0)
            await page.reload()
            await expect(page.get_by_text("ana@example.com")).to_be_visible()
            await page.goto(f"{node.url}/#/signed-in")
            await at_home(page)
            await page.goto(f"{node.url}/api/auth/oidc/callback?state=old&code=old")
            await page.wait_for_url(re.compile(r"#/home$"))
            await at_home(page)
