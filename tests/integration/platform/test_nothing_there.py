"""An address where nothing is: a page for people, the error body for programs."""

from tests.support.node import Parley

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


async def test_a_browser_gets_a_page_with_a_way_home(parley: Parley) -> None:
    async with parley.client.get("/nosuch", headers={"Accept": BROWSER}) as response:
        assert (response.status, response.content_type) == (404, "text/html")
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "Accept" in response.headers["Vary"]
        text = await response.text()
        assert '<a href="/">' in text and "nosuch" not in text


async def test_programs_get_the_error_body(parley: Parley) -> None:
    for path, accept in (("/nosuch", "*/*"), ("/nosuch", "application/json"), ("/api/nosuch", BROWSER)):
        async with parley.client.get(path, headers={"Accept": accept}) as response:
            assert response.status == 404
            assert (await response.json())["detail"]["error"] == "not_found"
    async with parley.client.post("/nosuch", headers={"Accept": BROWSER}) as response:
        assert response.content_type == "application/json"
