"""What is extracted from a document, and why it may fail."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MediaType = Literal[
    "text/plain",
    "text/markdown",
    "text/html",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]

PLAIN: MediaType = "text/plain"
MARKDOWN: MediaType = "text/markdown"
HTML: MediaType = "text/html"
PDF: MediaType = "application/pdf"
DOCX: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Code = Literal[
    "encrypted",
    "broken",
    "empty",
    "zip_bomb",
    "macros",
    "too_long",
    "too_slow",
    "too_much_memory",
    "unknown_encoding",
    "unsupported",
]

MOST_CHARACTERS = 5_000_000
MOST_PAGES = 5_000
DEEPEST = 4
LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list or table with the headings above it, outermost first, and its page where there are pages."""

    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None


class Unreadable(Exception):
    """Why nothing can be read from a document."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


@dataclass(slots=True)
class _Heading:
    level: int
    title: str
    shown: bool = False


class Outline:
    """The headings above the place that is read. One that no block shows becomes a block itself, so that none is lost:
    where nothing stands under it, where it is longer than a heading may be, and where it is too far above."""

    def __init__(self) -> None:
        self._path: list[_Heading] = []

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings above the present place."""
        return tuple(one.title for one in self._path[-DEEPEST:])

    def under(self, title: str, level: int) -> Iterator[Block]:
        """Begin a heading; returns headings above it that no block has shown. An empty heading does not count."""
        if not title:
            return
        yield from self._left(level)
        if len(title) > LONGEST_HEADING:
            yield from self.block(title)
        else:
            self._path.append(_Heading(level, title))

    def block(self, text: str) -> Iterator[Block]:
        """The text, if there is any, under its headings."""
        if text.strip():
            for one in self._path[-DEEPEST:]:
                one.shown = True
            yield Block(text, self.headings)

    def end(self) -> Iterator[Block]:
        """Headings that had no text below them."""
        yield from self._left(-1)

    def _left(self, level: int) -> Iterator[Block]:
        """Leave all headings that a heading of this level ends."""
        while self._path and self._path[-1].level >= level:
            alone = self._path.pop()
            if not alone.shown:
                yield from self.block(alone.title)
