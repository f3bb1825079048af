"""The rules over trees, over one text."""

from collections.abc import Iterable, Iterator

from language.correction import Correction
from language.grammar.tagged import (
    agreement,
    amounts,
    articles,
    bare_nouns,
    comparison,
    government,
    links,
    lookalikes,
    loose_forms,
    loose_nouns,
    loose_spelling,
    loose_words,
    numbers,
    small_words,
    subjects,
    verb_forms,
    verb_patterns,
    word_class,
)
from language.tagging.reading import Tree

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


def find(trees: Iterable[Tree], text: str) -> Iterator[Correction]:
    """Corrections by the rules over trees, of each sentence in turn."""
    for tree in trees:
        for rule in RULES:
            yield from rule(tree, text)


def more(trees: Iterable[Tree], text: str) -> Iterator[Correction]:
    """In sentences where something is wrong already."""
    for tree in trees:
        yield from loose_spelling.find(tree, text)
        yield from loose_words.find(tree, text)
        yield from loose_forms.find(tree, text)
        yield from government.less_sure(tree, text)
        yield from loose_nouns.find(tree, text)
