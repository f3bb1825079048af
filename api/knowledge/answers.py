"""Answers made of the documents' own sentences. Pure.

Nothing is written that is not there: an answer is up to three sentences, each quoted exactly, from the passages that
retrieval found. When they do not cover what the question is about, the answer is that nothing was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from api.knowledge import expected
from api.knowledge.expected import Expected
from api.knowledge.extraction.chunks import sentences
from api.knowledge.models import Found
from language import terms as words

NOT_FOUND = "I could not find an answer to this in your documents."
PROVIDER = "builtin"
MODEL = "parley-extract-1"

_MOST_QUOTES = 3
_PASSAGE_COVERAGE = 0.5
_SENTENCE_COVERAGE = 0.34
_RELATED_WORTH = 0.6
_CONTEXT_WORTH = 0.5
_BEFORE_WORTH = 0.5
_KIND_WORTH = 0.3
_LATE = 0.002
_LONGEST_QUOTE = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question: its rarity among the reader's passages, words that may stand for it, its other forms."""

    word: str
    weight: float
    others: frozenset[str]
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact piece of a passage; `coverage` is the part of the question that it speaks to, 0 to 1."""

    passage: Found
    text: str
    coverage: float


def extract(question: str, asked: Sequence[Asked], passages: Sequence[Found]) -> list[Quote]:
    """The sentences that answer best, none when the passages do not speak to the question or hold no such answer."""
    kind = expected.expected(question)
    asked = [one for one in asked if one.word not in kind.asks] or asked
    best: list[Quote] = []
    for passage in passages:
        context = _stems(f"{passage.title} {passage.heading}")
        if _coverage(asked, _stems(passage.text), context) >= _PASSAGE_COVERAGE:
            best += _candidates(asked, passage, kind)
    best = [one for one in best if one.coverage >= _SENTENCE_COVERAGE]
    best.sort(key=lambda one: -one.coverage)
    return _adding(asked, best)[:_MOST_QUOTES]


def best_sentence(question: str, asked: Sequence[Asked], passage: Found) -> Quote:
    """The sentence of a passage that speaks most to the question; of equals the first."""
    kind = Expected(expected.expected(question).needed, frozenset(), strict=False)
    candidates = _candidates(asked, passage, kind)
    return max(candidates, key=lambda one: one.coverage, default=Quote(passage, passage.text[:_LONGEST_QUOTE], 0.0))


def _candidates(asked: Sequence[Asked], passage: Found, kind: Expected) -> list[Quote]:
    """Its sentences with what they cover. "It costs 18 euros" speaks of what the sentence before it names."""
    context = _stems(f"{passage.title} {passage.heading}")
    found = []
    before: frozenset[str] = frozenset()
    for one in sentences(passage.text):
        there = _stems(one)
        fits = kind.fits(one)
        if (fits or not kind.strict) and not expected.speaks_to_machines(one):
            coverage = _coverage(asked, there, context, before) * (1 if fits else 1 - _KIND_WORTH)
            if any(_worth(item, there | before) for item in asked):
                found.append(Quote(passage, one[:_LONGEST_QUOTE], coverage - _LATE * _first_at(asked, one)))
        before = there
    return found


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


def _first_at(asked: Sequence[Asked], sentence: str) -> int:
    """Words before the first that was asked for: of equal sentences the one that begins with its subject wins."""
    for place, (word, _, _) in enumerate(words.split(sentence)):
        if any(_worth(item, frozenset((words.stem(word),))) for item in asked):
            return place
    return 0


def _coverage(
    asked: Sequence[Asked], there: frozenset[str], context: frozenset[str], before: frozenset[str] = frozenset()
) -> float:
    whole = sum(one.weight for one in asked)
    if not whole:
        return 0.0
    return (
        sum(
            one.weight
            * max(_worth(one, there), _CONTEXT_WORTH * _worth(one, context), _BEFORE_WORTH * _worth(one, before))
            for one in asked
        )
        / whole
    )


def _worth(one: Asked, there: frozenset[str]) -> float:
    if words.stem(one.word) in there or any(words.stem(form) in there for form in one.forms):
        return 1.0
    if any(words.stem(other) in there for other in one.others):
        return _RELATED_WORTH
    # "Birdwatching" speaks of birds.
    return (
        _RELATED_WORTH
        if len(one.word) > 8 and any(len(stem) > 3 and one.word.startswith(stem) for stem in there)
        else 0.0
    )


def _stems(text: str) -> frozenset[str]:
    return frozenset(words.stem(word) for word, _, _ in words.split(text))
