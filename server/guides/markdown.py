"""Markdown as the pages under `/docs` show it: headings with anchors, code in tabs, tables that scroll.

A fence's info string is `LANGUAGE [output] [server] [tab=NAME] [file=NAME]`: `server` marks what starts the server.
Consecutive fences with tabs become one box.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from server.guides.highlight import coloured

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Link = Callable[[str], str | None]
"""Where a link of a file leads on the server; None when nothing is served there."""

_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a guide; `anchor` is its part of the address."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands below a heading, in plain words, for the search."""

    heading: Heading | None
    text: str


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code with what its first line says about it."""

    language: str
    code: str
    output: bool
    tab: str | None
    file: str | None
    server: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A guide as HTML, with its headings and the passages that are searched."""

    title: str
    body: str
    headings: list[Heading] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


def rendered(text: str, link: Link) -> Document:
    """Raw HTML is shown as text; comments are left out."""
    md = _parser()
    tokens = md.parse(_COMMENT.sub("", text))
    headings = list(_anchored(tokens))
    for token in _every(tokens):
        if token.type == "link_open":
            _lead(token, link)
    body = md.renderer.render(tokens, md.options, {})
    title = next((one.text for one in headings if one.level == 1), "")
    return Document(title, body, headings, list(_passages(tokens, headings)))


def fences(text: str) -> list[Fence]:
    """The code of a file in its order."""
    return [_fence(token) for token in _parser().parse(_COMMENT.sub("", text)) if token.type == "fence"]


def anchor_of(text: str) -> str:
    """As GitHub makes it."""
    return _NOT_IN_ANCHORS.sub("", text.lower()).strip().replace(" ", "-")


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # not before somebody reads a guide

    md = MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")
    for name, rule in _RULES.items():
        md.add_render_rule(name, rule)
    return md


def _every(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or ())


def _plain(token: Token) -> str:
    return "".join(one.content if one.type != "softbreak" else " " for one in token.children or ())


def _anchored(tokens: list[Token]) -> Iterator[Heading]:
    taken: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        text = _plain(tokens[number + 1])
        anchor = anchor_of(text)
        taken[anchor] = taken.get(anchor, -1) + 1
        anchor += f"-{taken[anchor]}" if taken[anchor] else ""
        token.attrSet("id", anchor)
        tokens[number + 2].meta = {"anchor": anchor, "text": text}
        yield Heading(int(token.tag[1]), text, anchor)


def _lead(token: Token, link: Link) -> None:
    to = link(str(token.attrGet("href") or ""))
    if to is None:
        token.tag, token.attrs = "span", {}
    else:
        token.attrSet("href", to)


def _heading_close(_: Any, tokens: Sequence[Token], number: int, *__: Any) -> str:
    token = tokens[number]
    if token.tag == "h1":
        return "</h1>\n"
    label = html.escape(f"Link to “{token.meta['text']}”")
    return f'<a class="anchor" href="#{token.meta["anchor"]}" aria-label="{label}">#</a></{token.tag}>\n'


def _fence(token: Token) -> Fence:
    language, *rest = token.info.split() or ["text"]
    named = dict(one.split("=", 1) for one in rest if "=" in one)
    return Fence(language, token.content, "output" in rest, named.get("tab"), named.get("file"), "server" in rest)


def _code(_: Any, tokens: Sequence[Token], number: int, *__: Any) -> str:
    found = _fence(tokens[number])
    tab = f' data-tab="{html.escape(found.tab)}"' if found.tab else ""
    shown = found.file or ("Output" if found.output else found.tab or found.language)
    caption = "" if shown == "text" else f"<figcaption>{html.escape(shown)}</figcaption>"
    kind = "code output" if found.output else "code"
    code = coloured(found.code, found.language)
    return f'<figure class="{kind}"{tab}>{caption}<pre tabindex="0"><code>{code}</code></pre></figure>\n'


def _table(*_: Any) -> str:
    return '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>'


def _end_of_table(*_: Any) -> str:
    return "</table></div>\n"


_RULES = {
    "fence": _code,
    "code_block": _code,
    "table_open": _table,
    "table_close": _end_of_table,
    "heading_close": _heading_close,
}


def _passages(tokens: Sequence[Token], headings: Sequence[Heading]) -> Iterator[Passage]:
    left = list(headings)
    heading: Heading | None = None
    words: list[str] = []
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            yield Passage(heading, " ".join(words))
            heading, words = left.pop(0), []
        elif token.type == "inline" and (number == 0 or tokens[number - 1].type != "heading_open"):
            words.append(_plain(token))
        elif token.type == "fence":
            words.append(token.content)
    yield Passage(heading, " ".join(words))
