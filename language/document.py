"""A learner's text as sentences of tokens with positions."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from language import tokens
from language.lexicon.listed import listed
from language.tokens import Token as Token

_ABBREVIATIONS = listed("mr mrs ms dr st etc vs prof no")
# Rules search within a sentence: one without an end is cut, because the time grows with the square of its length.
_LONGEST = 150
_STOPS = frozenset(".!?…")


@dataclass(frozen=True)
class Sentence:
    """Tokens with the closing mark; `closed` tells whether there is one, `opens` whether one came before the first."""

    tokens: tuple[Token, ...]
    closed: bool
    opens: bool

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def at(self, index: int) -> str:
        """The token there in lower case; "" beyond the ends."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """The tokens in lower case."""
        return tuple(token.lower for token in self.tokens)

    @property
    def words(self) -> list[Token]:
        """The tokens that are words."""
        return [token for token in self.tokens if token.is_word]

    def is_end(self, index: int) -> bool:
        """Whether no word stands there: the end of the sentence or a mark."""
        return index >= len(self.tokens) or not (self.tokens[index].is_word or self.tokens[index].text[0].isdigit())


@dataclass(frozen=True)
class Document:
    """A text cut into sentences."""

    text: str
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> list[Token]:
        """The tokens that are words, of all sentences."""
        return [token for sentence in self.sentences for token in sentence.words]


def parse(text: str) -> Document:
    """Cut a text into sentences and tokens."""
    return Document(text, tuple(_sentences(list(tokens.of(text)))))


def _sentences(found: list[Token]) -> Iterator[Sentence]:
    held: list[Token] = []
    opens = True
    for index, token in enumerate(found):
        if token.text == "\n":
            if held:
                yield Sentence(tuple(held), False, opens)
                held, opens = [], False
            continue
        held.append(token)
        following = found[index + 1] if index + 1 < len(found) else None
        if _closes(token, held, following):
            yield Sentence(tuple(held), True, opens)
            held, opens = [], True
        elif len(held) >= _LONGEST:
            yield Sentence(tuple(held), True, opens)
            held, opens = [], False
    if held:
        yield Sentence(tuple(held), False, opens)


def _closes(token: Token, held: list[Token], following: Token | None) -> bool:
    if token.text not in _STOPS:
        return False
    if following is not None and following.text in _STOPS | {'"', "”", "'", ")", "’"} and following.start == token.end:
        return False
    if (
        following is not None
        and following.start == token.end
        and not following.text[0].isupper()
        and following.text != "\n"
    ):
        return False
    if len(held) > 1 and token.text == "." and held[-2].lower in _ABBREVIATIONS:
        return following is not None and following.text == "\n"
    return True
