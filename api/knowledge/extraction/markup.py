"""HTML."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from api.knowledge.extraction import sniff
from api.knowledge.extraction.blocks import Block

_UNSEEN = ["script", "style", "noscript", "template", "svg", "iframe", "object", "nav", "footer", "form", "button"]
_BLOCKS = {"p", "li", "td", "th", "pre", "blockquote", "dt", "dd", "figcaption", "caption", "div", "section", "article",
           "main", "body", "tr", "table", "ul", "ol", "header", "aside"}  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def read_html(raw: bytes) -> Iterator[Block]:
    """The visible text, block by block, under its headings. Scripts, styles, navigation and forms are left out."""
    tree = LexborHTMLParser(sniff.decoded(raw))
    tree.strip_tags(_UNSEEN)
    if tree.body is None:
        return
    path: list[tuple[int, str]] = []
    collected: list[str] = []
    for node in tree.body.traverse(include_text=True):
        tag = node.tag or ""
        if tag == "-text":
            if not _inside_heading(node):
                collected.append(node.text(deep=False))
            continue
        if tag in _BLOCKS or tag in _HEADINGS:
            yield from _flushed(collected, path)
        if tag == "br":
            collected.append("\n")
        if tag in _HEADINGS:
            level = _HEADINGS[tag]
            path = [one for one in path if one[0] < level] + [(level, " ".join(node.text().split()))]
    yield from _flushed(collected, path)


def _flushed(collected: list[str], path: list[tuple[int, str]]) -> Iterator[Block]:
    text = "".join(collected)
    collected.clear()
    if text.strip():
        yield Block(text, tuple(title for _, title in path))


def _inside_heading(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in _HEADINGS:
            return True
        above = above.parent
    return False
