"""What is read out of a document, and what can be wrong with one."""

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
    "encrypted", "broken", "empty", "zip_bomb", "macros", "too_long", "too_slow", "too_much_memory", "unsupported"
]

MOST_CHARACTERS = 5_000_000
MOST_PAGES = 5_000


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
