"""Answers made of the documents' own sentences. Pure.

Nothing is written that is not there: an answer is up to three sentences, each quoted exactly, from the passages that
retrieval found. When they do not cover what the question is about, the answer is that nothing was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from api.knowledge.extraction.chunks import sentences
from api.knowledge.models import Found
from server.kit import words

NOT_FOUND = "I could not find an answer to this in your documents."
PROVIDER = "builtin"
MODEL = "parley-extract-1"

_MOST_QUOTES = 3
_PASSAGE_COVERAGE = 0.5
_SENTENCE_COVERAGE = 0.34
_RELATED_WORTH = 0.6
_CONTEXT_WORTH = 0.5
_LONGEST_QUOTE = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question: its rarity among the reader's passages, and the words that may stand for it."""

    word: str
    weight: float
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact piece of a passage; `coverage` is the part of the question that it speaks to, 0 to 1."""

    passage: Found
    text: str
    coverage: float


def extract(asked: Sequence[Asked], passages: Sequence[Found]) -> list[Quote]:
    """The sentences that answer best, none when the passages do not speak to the question."""
    best: list[Quote] = []
    for passage in passages:
        context = _stems(f"{passage.title} {passage.heading}")
        if _coverage(asked, _stems(passage.text), context) >= _PASSAGE_COVERAGE:
            best.append(best_sentence(asked, passage))
    best = [one for one in best if one.coverage >= _SENTENCE_COVERAGE]
    best.sort(key=lambda one: -one.coverage)
    return _adding(asked, best)[:_MOST_QUOTES]


def best_sentence(asked: Sequence[Asked], passage: Found) -> Quote:
    """The sentence of a passage that speaks most to the question; of equals the first."""
    context = _stems(f"{passage.title} {passage.heading}")
    candidates = [
        Quote(passage, one[:_LONGEST_QUOTE], _coverage(asked, _stems(one), context)) for one in sentences(passage.text)
    ]
    return max(candidates, key=lambda one: one.coverage, default=Quote(passage, passage.text[:_LONGEST_QUOTE], 0.0))


def _adding(asked: Sequence[Asked], quotes: Sequence[Quote]) -> list[Quote]:
    """The best quote, and those after it that speak to something it leaves open."""
    kept: list[Quote] = []
    covered: set[str] = set()
    for one in quotes:
        there = _stems(one.text)
        speaks_to = {item.word for item in asked if _worth(item, there)}
        if one.text not in {other.text for other in kept} and (not kept or speaks_to - covered):
            kept.append(one)
            covered |= speaks_to
    return kept


def _coverage(asked: Sequence[Asked], there: frozenset[str], context: frozenset[str]) -> float:
    whole = sum(one.weight for one in asked)
    if not whole:
        return 0.0
    return sum(one.weight * max(_worth(one, there), _CONTEXT_WORTH * _worth(one, context)) for one in asked) / whole


def _worth(one: Asked, there: frozenset[str]) -> float:
    if words.stem(one.word) in there:
        return 1.0
    return _RELATED_WORTH if any(words.stem(other) in there for other in one.others) else 0.0


def _stems(text: str) -> frozenset[str]:
    return frozenset(words.stem(word) for word, _, _ in words.split(text))
