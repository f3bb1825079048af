"""All rules over one text: the corrections they agree on, in order."""

from collections.abc import Iterator
from functools import lru_cache

from kit.typography import Trace, trace
from language import document as texts
from language.correction import Correction, placed
from language.document import Document
from language.grammar.rules import (
    agreement,
    articles,
    confusables,
    fixed,
    mechanics,
    number,
    order,
    prepositions,
    quantities,
    spelling,
    story,
    subjects,
    tense,
    verb_chains,
    verb_forms,
)
from language.grammar.tagged import find as tagged

# Where two corrections overlap, the rule that comes first wins: patterns over several words are more specific.
PATTERNS = (
    confusables.find,
    fixed.find,
    prepositions.find,
    order.find,
    tense.find,
    story.find,
    verb_forms.find,
    verb_chains.find,
    number.find,
    agreement.find,
    subjects.find,
    quantities.find,
    articles.find,
)
MARKS = (spelling.find, mechanics.find)


MAX_CHARACTERS = 20_000


@lru_cache(maxsize=32)
def of_text(text: str) -> tuple[Correction, ...]:
    """Grammar, usage, spelling and marks of a text (its first 20,000 characters), by position.

    Pure; about 0.2 ms a word after the first call, which loads the tagger, so it belongs in a thread. The last texts
    are remembered: the tutor looks at one from several sides.
    """
    seen = read(text)
    return placed(seen, corrections(texts.parse(seen.text)))


def read(text: str) -> Trace:
    """A text (its first 20,000 characters) without invisible characters. Punctuation is checked, so it stays."""
    return trace(text[:MAX_CHARACTERS], signs=False)


def corrections(document: Document) -> tuple[Correction, ...]:
    """Corrections that do not overlap, by position."""
    kept: list[Correction] = []
    for rule in (*PATTERNS, _read, *MARKS):
        for found in rule(document):
            if found.suggestion != found.original and not any(_overlap(found, other) for other in kept):
                kept.append(found)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end)))


def _read(document: Document) -> Iterator[Correction]:
    """What shows once the sentences are read as trees, their misspelled words as they should be."""
    meant = {one.start: one.suggestion for one in spelling.find(document) if " " not in one.suggestion}
    return tagged.find(document, meant)


def _overlap(one: Correction, other: Correction) -> bool:
    return one.start < other.end and other.start < one.end
