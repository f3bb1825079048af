"""Plain text and Markdown."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from api.knowledge.extraction import charsets, markup
from api.knowledge.extraction.blocks import Block, Outline

_OVERSTRUCK = re.compile("[^\n]\x08")  # bold and underlined, as terminals print it
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[@-Z\\-_])")
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?!\s*\n)(.*?\n)?(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def read_plain(raw: bytes) -> Iterator[Block]:
    """Paragraphs are what blank lines part; a form feed begins a new page."""
    pages = _lines(charsets.text(raw)).split("\f")
    for number, page in enumerate(pages, start=1):
        for paragraph in re.split(r"\n\s*\n", page):
            yield Block(paragraph, page=number if len(pages) > 1 else None)


def read_markdown(raw: bytes) -> Iterator[Block]:
    """Paragraphs, lists, code and table rows under their headings; what stands in HTML as a browser shows it.

    Front matter is a block of its own: its last line would else be taken for a heading.
    """
    text = _lines(charsets.text(raw))
    outline = Outline()
    if front := _FRONT_MATTER.match(text):
        yield from outline.block(front[2] or "")
        text = text[front.end() :]
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    for index, token in enumerate(tokens):
        if token.type == "inline":
            shown = _text(token)
            before = tokens[index - 1]
            if before.type == "heading_open":
                yield from outline.under(" ".join(shown.split()), int(before.tag[1]))
            else:
                yield from outline.block(shown)
        elif token.type in ("fence", "code_block"):
            yield from outline.block(token.content)
        elif token.type == "html_block":
            for block in markup.read(token.content):
                yield from outline.block(" ".join((*block.headings, block.text)))
    yield from outline.end()


def _lines(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _OVERSTRUCK.sub("", _ESCAPE.sub("", text)) if "\x08" in text or "\x1b" in text else text


def _text(token: Token) -> str:
    """What a reader sees of an inline token: no marks, no addresses."""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak") or child.content.lower().startswith("<br"):
            parts.append("\n")
        elif child.type != "html_inline":
            parts.append(child.content)
    return "".join(parts)
