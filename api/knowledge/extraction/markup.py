"""HTML."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from api.knowledge.extraction import charsets
from api.knowledge.extraction.blocks import Block, Outline

# What no browser shows, and what stands on every page of a site.
_UNSEEN = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "audio",
    "video",
    "canvas",
    "datalist",
    "rp",
    "noembed",
    "noframes",
    "svg title",
    "svg desc",
    "svg metadata",
    "svg defs",
    "math annotation",
    "math annotation-xml",
    "dialog:not([open])",
    "input",
    "[hidden]:not([hidden=until-found])",
]
_NAVIGATION = ["nav"]
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\s*(?:[;!]|$)", re.I)
_BLOCKS = {
    "p",
    "li",
    "td",
    "th",
    "pre",
    "blockquote",
    "dt",
    "dd",
    "figcaption",
    "caption",
    "div",
    "section",
    "article",
    "main",
    "body",
    "tr",
    "table",
    "ul",
    "ol",
    "dl",
    "header",
    "footer",
    "aside",
    "form",
    "fieldset",
    "legend",
    "address",
    "details",
    "summary",
    "hr",
    "hgroup",
    "figure",
    "center",
    "option",
    "select",
    "textarea",
    "nav",
    "button",
    "text",
    "search",
    "menu",
    "dialog",
}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def read_html(raw: bytes, declared: str | None = None) -> Iterator[Block]:
    """The visible text, block by block, under its headings; `declared` is an encoding named beside the document.

    Navigation is left out unless there is nothing else.
    """
    return read(charsets.html(raw, declared))


def read(text: str) -> Iterator[Block]:
    """The blocks of an HTML page, without navigation if anything is left."""
    found = False
    for block in _read(text, [*_UNSEEN, *_NAVIGATION]):
        found = True
        yield block
    if not found:
        yield from _read(text, _UNSEEN)


def _read(text: str, unseen: list[str]) -> Iterator[Block]:
    tree = LexborHTMLParser(text)
    if tree.body is None:
        return
    passed = {node.mem_id for node in [*tree.css(", ".join(unseen)), *_hidden(tree), *_not_chosen(tree)]}
    outline = Outline()
    collected: list[str] = []
    inside = 0  # so many headings
    for node, begins in _events(tree.body, passed):
        tag = node.tag or ""
        if tag == "-text" and begins:
            collected.append(node.text(deep=False))
        elif tag == "br" or (inside and tag in _BLOCKS):
            collected.append("\n")
        elif tag in _BLOCKS or tag in _HEADINGS:
            text = "".join(collected)
            collected.clear()
            if tag in _HEADINGS and not begins:
                yield from outline.under(" ".join(text.split()), _HEADINGS[tag])
            else:
                yield from outline.block(text)
            inside += (1 if begins else -1) if tag in _HEADINGS else 0
    yield from outline.end()


def _events(root: LexborNode, passed: set[int]) -> Iterator[tuple[LexborNode, bool]]:
    """Every node of a tree where it begins (True) and where it ends, however deep it is, but for what is passed by."""
    node: LexborNode = root
    while True:
        yield node, True
        if node.child is not None and node.mem_id not in passed:
            node = node.child
            continue
        yield node, False
        while node.next is None:
            if node.parent is None or node.mem_id == root.mem_id:
                return
            node = node.parent
            yield node, False
            if node.mem_id == root.mem_id:
                return
        node = node.next


def _hidden(tree: LexborHTMLParser) -> list[LexborNode]:
    """Hidden where they stand. Style sheets are not asked: what they hide, a click may show."""
    return [node for node in tree.css("[style]") if _HIDING.search(node.attributes.get("style") or "")]


def _not_chosen(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """A drop-down list shows one of its options: what is selected, or the first."""
    for listed in tree.css("select:not([multiple]):not([size])"):
        options = listed.css("option")
        shown = [one for one in options if "selected" in one.attributes] or options[:1]
        kept = {one.mem_id for one in shown[-1:]}
        yield from (one for one in options if one.mem_id not in kept)
