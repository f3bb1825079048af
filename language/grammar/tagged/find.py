"""The rules over trees, over one text."""

from collections.abc import Iterator

from language.correction import Correction
from language.document import Document
from language.grammar.tagged import (
    agreement,
    amounts,
    articles,
    bare_nouns,
    comparison,
    government,
    links,
    lookalikes,
    numbers,
    small_words,
    subjects,
    verb_forms,
    verb_patterns,
    word_class,
)
from language.tagging import reading

# Where two corrections overlap the rule further up wins.
RULES = (
    word_class.find,
    comparison.find,
    lookalikes.find,
    amounts.find,
    small_words.find,
    subjects.find,
    links.find,
    government.find,
    verb_patterns.find,
    verb_forms.find,
    numbers.find,
    articles.find,
    bare_nouns.find,
    agreement.find,
)


def find(document: Document, meant: dict[int, str]) -> Iterator[Correction]:
    """`meant`: where a misspelled word begins, and what it should be."""
    for tree in reading.read(document, meant):
        for rule in RULES:
            yield from rule(tree, document.text)
