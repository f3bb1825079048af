"""Any supported document as blocks of clean text."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from api.knowledge.extraction.blocks import (
    DEEPEST,
    DOCX,
    HTML,
    LONGEST_HEADING,
    MARKDOWN,
    MOST_CHARACTERS,
    PDF,
    Block,
    MediaType,
    Unreadable,
)

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and the like: words are found without them
_SHAPES = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")  # ligatures, and the shapes of Hebrew and Arabic letters
_BROKEN_WORD = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")


def blocks(path: Path, media_type: MediaType) -> Iterator[Block]:
    """Blocks with text in them. Unreadable when there are none, or `too_long` beyond five million characters."""
    characters = 0
    for block in _raw(path, media_type):
        text = clean(block.text)
        if not text:
            continue
        characters += len(text)
        if characters > MOST_CHARACTERS:
            raise Unreadable("too_long")
        headings = tuple(clean(one)[:LONGEST_HEADING] for one in block.headings if one.strip())
        yield Block(text, headings[-DEEPEST:], block.page)
    if not characters:
        raise Unreadable("empty")


def clean(text: str) -> str:
    """One space between words, no controls, letters instead of their shapes, words whole that a line's end parted."""
    letters = _SHAPES.sub(lambda one: unicodedata.normalize("NFKC", one[0]).lstrip(" \u0640"), text)
    joined = _UNSEEN.sub("", _BROKEN_WORD.sub("", _CONTROLS.sub(" ", letters)))
    return " ".join(joined.split())


def _raw(path: Path, media_type: MediaType) -> Iterator[Block]:
    # The process reads one document and ends: it loads the parser that it needs and no other.
    if media_type == PDF:
        from api.knowledge.extraction import pdf

        return pdf.read_pdf(path)
    if media_type == DOCX:
        from api.knowledge.extraction import word

        return word.read_docx(path)
    raw = path.read_bytes()
    if media_type == HTML:
        from api.knowledge.extraction import markup

        return markup.read_html(raw)
    from api.knowledge.extraction import plain

    return plain.read_markdown(raw) if media_type == MARKDOWN else plain.read_plain(raw)
