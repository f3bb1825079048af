"""Cuts a document into passages that stand for themselves. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from api.knowledge.extraction.blocks import Block

_WORDS = 150
_MOST_WORDS = 220
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9À-Þ])")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage. `heading` is the path of headings, joined by “ › ”."""

    text: str
    heading: str
    page: int | None
    words: int


def sentences(text: str) -> list[str]:
    """Sentences that join with single spaces to `text`, give or take their spaces; each stands in `text` as it is."""
    found = []
    start = 0
    for gap in _SENTENCE.finditer(text):
        space = gap.end() - len(gap.group()) + len(gap.group().rstrip())
        found.append(text[start:space])
        start = gap.end()
    return [*found, text[start:]] if text[start:] else found


def cut(blocks: Iterable[Block]) -> Iterator[Chunk]:
    """Passages of about 150 words: whole sentences, never across headings or pages, so that a citation's page is right.

    The last sentence of a passage is repeated at the start of the next one of the same section and page.
    """
    held: list[str] = []
    size = 0
    headings: tuple[str, ...] = ()
    page: int | None = None
    for block in blocks:
        if held and (block.headings != headings or block.page != page):
            yield _chunk(held, headings, page)
            held, size = [], 0
        if not held:
            headings, page = block.headings, block.page
        for sentence in _pieces(block.text):
            words = len(sentence.split())
            if (held and size + words > _MOST_WORDS) or size >= _WORDS:
                yield _chunk(held, headings, page)
                tail = held[-1] if len(held[-1].split()) <= 40 else ""
                held, size = ([tail], len(tail.split())) if tail else ([], 0)
            held.append(sentence)
            size += words
    if held:
        yield _chunk(held, headings, page)


def _pieces(text: str) -> Iterator[str]:
    """Sentences; one that is longer than a passage is cut between words, a word longer than that anywhere."""
    for sentence in sentences(text):
        words = [word[at : at + 200] for word in sentence.split() for at in range(0, len(word), 200)]
        for start in range(0, len(words), _WORDS):
            yield " ".join(words[start : start + _WORDS])


def _chunk(held: list[str], headings: tuple[str, ...], page: int | None) -> Chunk:
    text = " ".join(held)
    return Chunk(text, " › ".join(headings), page, len(text.split()))
