"""Plain text and Markdown."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from api.knowledge.extraction import sniff
from api.knowledge.extraction.blocks import Block


def read_plain(raw: bytes) -> Iterator[Block]:
    """Paragraphs are what blank lines part; a form feed begins a new page."""
    pages = sniff.decoded(raw).replace("\r\n", "\n").replace("\r", "\n").split("\f")
    for number, page in enumerate(pages, start=1):
        for paragraph in re.split(r"\n\s*\n", page):
            yield Block(paragraph, page=number if len(pages) > 1 else None)


def read_markdown(raw: bytes) -> Iterator[Block]:
    """Paragraphs, lists, code and table rows under their headings."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(sniff.decoded(raw))
    path: list[tuple[int, str]] = []
    for index, token in enumerate(tokens):
        if token.type == "inline":
            text = _text(token)
            before = tokens[index - 1]
            if before.type == "heading_open":
                level = int(before.tag[1])
                path = [one for one in path if one[0] < level] + [(level, text)]
            else:
                yield Block(text, tuple(title for _, title in path))
        elif token.type in ("fence", "code_block"):
            yield Block(token.content, tuple(title for _, title in path))


def _text(token: Token) -> str:
    """What a reader sees of an inline token: no marks, no addresses."""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type != "html_inline":
            parts.append(child.content)
    return "".join(parts)
