"""Words of a text: the one place that knows where an English word begins and ends.

`of` gives everything as it stands, for grammar: compounds, abbreviations and addresses whole, and the marks. `simple`
takes compounds apart, for what is compared word by word. The marks of typography (curly apostrophes) count as plain.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_LETTERS = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
# An address is searched for at every place, so its parts are limited as in RFC 5321.
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|(?:https?://|www\.)\S+|[^\s@]{1,64}@[^\s@]{1,255}\.\w+"
    rf"|{_LETTERS}(?:-{_LETTERS})*"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?:-\w+)*|\.\.\.|[^\w\s]|_|\n"
)
_SIMPLE = re.compile(rf"\d+(?:[.,:]\d+)*|{_LETTERS}")


@dataclass(frozen=True)
class Token:
    """`lower` is `text` in lower case with a plain apostrophe; it stands at `[start, end)`."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word, not a number or a mark."""
        return self.text[0].isalpha()


def of(text: str) -> Iterator[Token]:
    """Words, numbers, marks and line breaks in order."""
    return map(_token, _TOKEN.finditer(text))


def simple(text: str) -> Iterator[Token]:
    """Words and numbers alone; “well-known” is two, “don't” is one."""
    return map(_token, _SIMPLE.finditer(text))


def words(text: str) -> list[str]:
    """Words and numbers in lower case; “well-known” is one."""
    return [token.lower for token in of(text) if token.text[0].isalnum()]


def letters(text: str) -> list[str]:
    """Words in lower case taken apart at apostrophes too: what one guesses a language or a topic from."""
    return [part for token in simple(text) if token.is_word for part in token.lower.split("'")]


def changed(text: str, change: Callable[[Token], str]) -> str:
    """The text with each word (compounds taken apart) as `change` gives it back."""
    made, at = [], 0
    for token in simple(text):
        made += [text[at : token.start], change(token)]
        at = token.end
    return "".join([*made, text[at:]])


def _token(found: re.Match[str]) -> Token:
    return Token(found.group(), found.group().lower().replace("’", "'"), found.start(), found.end())
