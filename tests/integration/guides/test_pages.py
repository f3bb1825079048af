"""The guides as the server shows them: every page, every link, the policy of pages, and what the search reads."""

import re
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from server.guides import markdown
from server.guides.pages import Guides
from tests.support.node import Parley

ROOT = Path(__file__).parents[3]
PAGES = Guides(ROOT, ROOT / "static").entries


async def read(parley: Parley, path: str) -> str:
    async with parley.client.get(path) as response:
        assert response.status == 200, path
        assert response.content_type == "text/html"
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy
        text: str = await response.text()
        return text


async def test_every_page_is_there_and_every_link_leads_somewhere(parley: Parley) -> None:
    paths = ["/docs", *(f"/docs/{one.slug}" for one in PAGES)]
    assert {"/docs/quickstart", "/docs/api", "/docs/errors", "/docs/changelog"} <= set(paths)
    trees = {path: LexborHTMLParser(await read(parley, path)) for path in paths}
    wrong = []
    for path, tree in trees.items():
        assert tree.css_first("h1") is not None, path
        assert [one.attributes.get("src") for one in tree.css("script") if one.text()] == [], "no inline script"
        assert "style=" not in (tree.html or "")
        for link in tree.css("main a"):
            to = link.attributes.get("href") or ""
            if not to.startswith(("/docs", "#")):
                continue
            page, _, anchor = to.partition("#")
            target = trees.get(page or path)
            if target is None or (anchor and page != "/docs/api" and target.css_first(f'[id="{anchor}"]') is None):
                wrong.append((path, to))
    assert wrong == []


async def test_a_page_is_not_sent_again_while_it_is_the_same(parley: Parley) -> None:
    async with parley.client.get("/docs/errors") as first:
        tag = first.headers["ETag"]
        assert first.headers["Cache-Control"] == "no-cache"
    async with parley.client.get("/docs/errors", headers={"If-None-Match": tag}) as again:
        assert again.status == 304
        assert "default-src 'self'" in again.headers["Content-Security-Policy"]
    async with parley.client.get("/docs/nowhere") as nothing:
        assert nothing.status == 404
    for path in ("/docs/..%2f..%2fREADME", "/docs/readme", "/docs/security.md/x"):
        async with parley.client.get(path) as nothing:
            assert nothing.status == 404, path


async def test_the_markdown_itself_is_served(parley: Parley) -> None:
    async with parley.client.get("/docs/quickstart.md") as response:
        assert response.content_type == "text/markdown"
        assert await response.text() == (ROOT / "docs" / "guides" / "quickstart.md").read_text()


async def test_the_search_finds_passages_operations_and_events(parley: Parley) -> None:
    async with parley.client.get("/docs/search.json") as response:
        rows: list[dict[str, Any]] = await response.json()
    urls = {row["url"] for row in rows}
    assert "/docs/quickstart#2-get-a-key" in urls
    assert "/docs/api#post_live_whip" in urls and "/docs/api#event-session.join" in urls
    async with parley.client.get("/api/openapi.json") as response:
        document = await response.json()
    known = {one["operationId"] for methods in document["paths"].values() for one in methods.values()}
    linked = {url.split("#")[1] for url in urls if url.startswith("/docs/api#") and "#event-" not in url}
    assert linked == known


def test_what_a_page_is_made_of() -> None:
    code = "```js tab=X file=a.mjs\nconst a = '<b>'; // no\n```\n\n"
    text = f"# A\n\n<script>x</script> <b>\n\n## B *c*\n\n{code}[d](x.md#e) [f](y.md)\n"
    made = markdown.rendered(text, lambda to: "/docs/x#e" if to == "x.md#e" else None)
    assert "<script>" not in made.body and "&lt;b&gt;" in made.body
    assert [(one.level, one.anchor) for one in made.headings] == [(1, "a"), (2, "b-c")]
    assert 'href="/docs/x#e"' in made.body and "y.md" not in made.body
    assert 'data-tab="X"' in made.body and "<figcaption>a.mjs</figcaption>" in made.body
    assert re.search(r'<span class="t-k">const</span>.*<span class="t-s">\'&lt;b&gt;\'</span>', made.body)
    (fence,) = markdown.fences(text)
    assert (fence.file, fence.tab, fence.output) == ("a.mjs", "X", False)
