"""The embed page in frames of other sites, in a real browser: its token's origin may show it, another may not."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import expect

from tests.support.node import Parley

pytestmark = pytest.mark.browser


class Site:
    """Somebody's site with one page: a frame around whatever `src` says."""

    def __init__(self) -> None:
        self.src = ""
        app = web.Application()
        app.add_routes([web.get("/", self._show)])
        self.server = TestServer(app)

    async def _show(self, _request: web.Request) -> web.Response:
        frame = f'<iframe src="{self.src}" width="600" height="300" allow="microphone"></iframe>'
        return web.Response(text=f"<!doctype html><h1>A school</h1>{frame}", content_type="text/html")

    def origin(self, host: str) -> str:
        return f"http://{host}:{self.server.port}"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    await made.server.start_server()
    yield made
    await made.server.close()


async def embed_token(node: Parley, origin: str) -> str:
    ana = await node.account()
    slug = f"school-{len(node.accounts)}"
    async with node.client.post("/api/organizations", json={"name": "S", "slug": slug}, headers=ana.headers) as made:
        assert made.status == 201
    wanted: dict[str, Any] = {"mode": "embed", "origin": origin, "ttlSeconds": 300}
    wanted["scopes"] = ["live:read", "live:write"]
    async with node.client.post("/api/integration/grant", json=wanted, headers=ana.headers) as response:
        assert response.status == 201, await response.text()
        return str((await response.json())["integrationToken"])


async def test_the_tokens_origin_may_frame_the_page(open_page, parley: Parley, site: Site, tmp_path: Path) -> None:
    home = site.origin("localhost")
    site.src = f"{parley.url}/embed?integration_token={await embed_token(parley, home)}"
    page = await open_page("jfk")
    await page.goto(home)
    inside = page.frame_locator("iframe")
    await expect(inside.locator("#status")).to_contain_text("Session open: 10 minutes left", timeout=15_000)
    frame = next(each for each in page.frames if each.parent_frame is not None)
    assert frame.url == f"{parley.url}/embed", "the token does not stay in the address"
    await page.screenshot(path=tmp_path / "embed.png")
    await inside.get_by_role("button", name="End").click()
    await expect(inside.locator("#status")).to_contain_text("Session ended after")


async def test_another_origin_may_not(open_page, parley: Parley, site: Site, tmp_path: Path) -> None:
    site.src = f"{parley.url}/embed?integration_token={await embed_token(parley, site.origin('localhost'))}"
    page = await open_page("jfk")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    await page.goto(site.origin("127.0.0.1"))
    frame = next(each for each in page.frames if each.parent_frame is not None)
    await frame.wait_for_load_state()
    assert frame.url.startswith("chrome-error://")
    assert any("frame-ancestors" in line for line in said), said
    assert await page.frame_locator("iframe").locator("#status").count() == 0
    await page.screenshot(path=tmp_path / "blocked.png")
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from live_sessions") == 0
