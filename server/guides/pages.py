"""The pages under `/docs`: the guides, the reference, and the index that their search reads.

`docs/guides/README.md` lists what is served, in its order. A file is rendered when it is first asked for, and again
when it has changed.
"""

import asyncio
import hashlib
import html
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import orjson
from aiohttp import hdrs, web

from kit.http import security
from server.guides import markdown

INDEX = Path("docs") / "guides" / "README.md"
REFERENCE = "api"
_TEMPLATE = "guide.html"
_ELSEWHERE = ("https://", "http://", "mailto:", "#", "/")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the list; `path` is None for the reference, which is drawn by its script."""

    section: str
    slug: str
    title: str
    path: Path | None


@dataclass(frozen=True, slots=True)
class Found:
    """Something beside the guides that the search should find."""

    title: str
    text: str
    url: str


class Guides:
    """`root` holds the files of the project, `static` those of pages; `beside` are rows for the search."""

    def __init__(self, root: Path, static: Path, beside: Iterable[Found] = ()) -> None:
        self._root = root
        self._static = static
        self._beside = tuple(beside)
        self._kept: dict[Path, tuple[int, markdown.Document]] = {}
        self._made: dict[str, tuple[tuple[int, ...], bytes]] = {}

    def routes(self) -> list[web.AbstractRouteDef]:
        """The pages below `/docs`, and their search."""
        return [
            web.get("/docs", self._front),
            web.get("/docs/search.json", self._search),
            web.get("/docs/{slug:[a-z0-9-]+}.md", self._raw),
            web.get("/docs/{slug:[a-z0-9-]+}", self._page),
        ]

    @cached_property
    def entries(self) -> list[Entry]:
        """In the order of the list."""
        return list(_listed((self._root / INDEX).read_text(encoding="utf-8"), self._root / INDEX.parent))

    def document(self, path: Path) -> markdown.Document:
        """OSError when the file cannot be read."""
        changed = path.stat().st_mtime_ns
        kept = self._kept.get(path)
        if kept is None or kept[0] != changed:
            kept = changed, markdown.rendered(path.read_text(encoding="utf-8"), lambda to: self._address(path, to))
            self._kept[path] = kept
        return kept[1]

    def _address(self, of: Path, to: str) -> str | None:
        if to.startswith(_ELSEWHERE):
            return to
        file, _, anchor = to.partition("#")
        place = (of.parent / file).resolve()
        tail = f"#{anchor}" if anchor else ""
        if place == (self._root / INDEX).resolve():
            return f"/docs{tail}"
        served = {one.path.resolve(): one.slug for one in self.entries if one.path is not None}
        return f"/docs/{served[place]}{tail}" if place in served else None

    async def _front(self, request: web.Request) -> web.StreamResponse:
        return await self._shown(request, "", self._root / INDEX)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        entry = self._entry(request.match_info["slug"])
        return await self._shown(request, entry.slug, entry.path)

    async def _raw(self, request: web.Request) -> web.StreamResponse:
        """The Markdown itself, for tools that read it."""
        entry = self._entry(request.match_info["slug"])
        if entry.path is None:
            raise web.HTTPNotFound
        return web.FileResponse(entry.path, headers={"Content-Type": "text/markdown; charset=utf-8"})

    async def _search(self, request: web.Request) -> web.StreamResponse:
        body = await asyncio.to_thread(self._index)
        return _answer(request, body, {"Content-Type": "application/json"})

    def _entry(self, slug: str) -> Entry:
        found = next((one for one in self.entries if one.slug == slug), None)
        if found is None:
            raise web.HTTPNotFound
        return found

    async def _shown(self, request: web.Request, slug: str, path: Path | None) -> web.StreamResponse:
        body = await asyncio.to_thread(self._whole, slug, path)
        return _answer(request, body, {"Content-Type": "text/html; charset=utf-8", **security.page_headers()})

    def _whole(self, slug: str, path: Path | None) -> bytes:
        template = self._static / _TEMPLATE
        files = [template, self._static / "reference.html" if path is None else path]
        seen = tuple(one.stat().st_mtime_ns for one in files)
        made = self._made.get(slug)
        if made is None or made[0] != seen:
            made = seen, self._written(slug, template, path).encode()
            self._made[slug] = made
        return made[1]

    def _written(self, slug: str, template: Path, path: Path | None) -> str:
        if path is None:
            title, body = "API reference", (self._static / "reference.html").read_text(encoding="utf-8")
            contents, script = "", '<script type="module" src="/static/js/docs.js"></script>'
        else:
            shown = self.document(path)
            title, body, contents, script = shown.title, shown.body, _contents(shown), ""
            body += self._neighbours(slug)
        parts = {
            "title": html.escape(title),
            "navigation": self._navigation(slug),
            "body": body,
            "contents": contents,
            "script": script,
            "wide": " wide" if path is None else "",
        }
        return _filled(template.read_text(encoding="utf-8"), parts)

    def _navigation(self, slug: str) -> str:
        lines = []
        for section in dict.fromkeys(one.section for one in self.entries):
            links = [_link(one, slug) for one in self.entries if one.section == section]
            lines.append(f"<h2>{html.escape(section)}</h2><ul>{''.join(links)}</ul>")
        return "".join(lines)

    def _neighbours(self, slug: str) -> str:
        slugs = [one.slug for one in self.entries]
        at = slugs.index(slug) if slug else -1
        before = self.entries[at - 1] if at > 0 else None
        after = self.entries[at + 1] if at + 1 < len(slugs) else None
        links = [
            f'<a rel="{way}" href="/docs/{one.slug}"><span>{word}</span>{html.escape(one.title)}</a>'
            for one, way, word in ((before, "prev", "Before"), (after, "next", "Next"))
            if one is not None
        ]
        return f'<nav class="neighbours" aria-label="Next and before">{"".join(links)}</nav>'

    def _index(self) -> bytes:
        rows = [{"page": "Reference", "title": one.title, "text": one.text, "url": one.url} for one in self._beside]
        for entry in self.entries:
            if entry.path is not None:
                for passage in self.document(entry.path).passages:
                    deeper = passage.heading is not None and passage.heading.level > 1
                    anchor = f"#{passage.heading.anchor}" if passage.heading and deeper else ""
                    title = passage.heading.text if passage.heading and deeper else entry.title
                    url = f"/docs/{entry.slug}{anchor}"
                    rows.append({"page": entry.title, "title": title, "text": passage.text[:2000], "url": url})
        return orjson.dumps(rows)


def _listed(text: str, folder: Path) -> Iterable[Entry]:
    from markdown_it import MarkdownIt

    section = ""
    tokens = MarkdownIt("commonmark").parse(text)
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            section = tokens[number + 1].content
        elif token.type == "inline" and section:
            for child, title in itertools.pairwise(token.children or []):
                if child.type == "link_open":
                    yield _entry(section, str(child.attrGet("href")), title.content, folder)


def _entry(section: str, to: str, title: str, folder: Path) -> Entry:
    if to == f"/docs/{REFERENCE}":
        return Entry(section, REFERENCE, title, None)
    path = (folder / to).resolve()
    return Entry(section, path.stem.lower(), title, path)


def _link(entry: Entry, slug: str) -> str:
    here = ' aria-current="page"' if entry.slug == slug else ""
    return f'<li><a href="/docs/{entry.slug}"{here}>{html.escape(entry.title)}</a></li>'


def _contents(document: markdown.Document) -> str:
    rows = [
        f'<li class="l{one.level}"><a href="#{one.anchor}">{html.escape(one.text)}</a></li>'
        for one in document.headings
        if one.level in (2, 3)
    ]
    if not rows:
        return ""
    return f'<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>{"".join(rows)}</ul></nav>'


def _filled(template: str, parts: Mapping[str, str]) -> str:
    pieces = template.split("{{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}}")
        filled += [parts[name], rest]
    return "".join(filled)


def _answer(request: web.Request, body: bytes, headers: Mapping[str, str]) -> web.Response:
    tag = hashlib.sha256(body).hexdigest()[:32]
    sent = {hdrs.ETAG: f'"{tag}"', hdrs.CACHE_CONTROL: "no-cache", **headers}
    if any(one.value in (tag, "*") for one in request.if_none_match or ()):
        return web.Response(status=304, headers=sent)
    return web.Response(body=body, headers=sent)
