# ruff: noqa: E501 - tables of words
"""Articles that are missing, doubled or of the wrong sort."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import countable, phrase
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging.reading import Node, Tree

_TIMES = listed(
    "night week month year summer winter spring autumn fall time monday tuesday wednesday thursday friday saturday sunday december january name"
)
_FIXED = listed(
    "prize place class aid hand lady base prize person degree name time year grade floor string love nature mate rate date cousin row gear language world base"
)
_TWO_DETERMINERS_WORDS = listed("the a an this that these those my your his her its our their some every each")
_THE_MOST_WORDS = listed("quantity part degree measure use advantage extent detail")
_THE_MOST_WORDS_2 = listed("at my your his her its our their the 's a of second third next")
_THE_MOST_WORDS_3 = listed("way part place time thing person point")
_THE_SAME_WORDS = listed(
    """
    the this that these those a an every each my your his her its our their some one 's no any of very , and
    """
)
_THE_SAME_WORDS_2 = listed("world day life country family year week city class night time thing story society")
_OTHER_WORDS = listed("what which whose whatever no any some every each one the or and many most 's than")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text, phrase.common_nouns(tree))


def _two_determiners(tree: Tree, noun: Node, text: str) -> Correction | None:
    """The these things, a my friend."""
    found = [one for one in noun.lefts if one.lower in _TWO_DETERMINERS_WORDS]
    if len(found) < 2 or found[0].at + 1 != found[1].at or found[0].lower == found[1].lower:
        return None
    first, second = found[0], found[1]
    if first.lower in {"that", "some", "this", "her"} or second.lower in {"a", "an", "every"} or not first.whole:
        return None
    return phrase.fix(
        first, second, second.text, phrase.ARTICLE, f"“{second.lower}” stands without “{first.lower}”.", text
    )


def _the_most(tree: Tree, noun: Node, text: str) -> Correction | None:
    """Is most important thing, in best way."""
    best = next(
        (
            one
            for one in noun.lefts
            if one.tag == "JJS"
            or one.lower == "most"
            or any(two.lower == "most" and two.tag == "RBS" for two in one.lefts)
        ),
        None,
    )
    if noun.lower in _THE_MOST_WORDS:
        return None
    if (
        best is None
        or noun.tag != "NN"
        or phrase.determiner(noun) not in {None, best}
        or noun.dep not in phrase.NOUN_PLACES
    ):
        return None
    first = noun.first
    if first.tag not in {"JJS", "RBS"} or (first.lower in {"least", "last", "most"} and first.tag == "JJS"):
        return None
    if first.at == 0 or tree.lower(first.at - 1) in _THE_MOST_WORDS_2:
        return None
    if tree.tag(first.at - 1) not in {"IN", "VBZ", "VBP", "VBD", "VB", "TO"} or any(
        one.text in {",", "and"} for one in tree.nodes[first.at : noun.at]
    ):
        return None
    if not countable.counted(noun.lower) and noun.lower not in _THE_MOST_WORDS_3:
        return None
    return phrase.before(first, "the", phrase.ARTICLE, "A superlative needs “the”.", text)


def _the_same(tree: Tree, noun: Node, text: str) -> Correction | None:
    """Same thing, in whole world, first reason."""
    first = noun.first
    if (
        first.lower not in {"same", "whole", "first", "second", "third", "last"}
        or first.head is not noun
        or phrase.determiner(noun) not in {None, first}
    ):
        return None
    if (
        first.tag != "JJ"
        or noun.tag != "NN"
        or noun.dep not in {"nsubj", "nsubjpass", "dobj", "pobj"}
        or first.at + 1 != noun.at
    ):
        return None
    previous = tree.lower(first.at - 1)
    if (first.lower == "last" and (noun.dep not in {"nsubj"} or noun.lower in _TIMES)) or (
        first.lower in {"first", "second", "third"}
        and (noun.lower in _FIXED or (noun.dep != "nsubj" and previous not in {"in", "at"}))
    ):
        return None
    if previous in _THE_SAME_WORDS:
        return None
    if first.lower == "last" and phrase.finite(noun.head) is None:
        return None  # "last train gone and no taxi"
    if first.lower == "whole" and noun.lower not in _THE_SAME_WORDS_2:
        return None
    if (first.lower in {"whole", "same"} and first.at == 0) or (
        often(f"{first.lower} {noun.lower}") > 20 and first.lower not in {"same", "whole"} and noun.dep != "nsubj"
    ):
        return None
    return phrase.before(first, "the", phrase.ARTICLE, f"Say “the {first.lower}”.", text)


def _other(tree: Tree, noun: Node, text: str) -> Correction | None:
    """Other country; others people; another examples."""
    word = next((one for one in noun.lefts if one.lower in {"other", "others", "another"}), None)
    if word is None or word.at + 1 != noun.at:
        return None
    if word.lower == "others":
        return (
            phrase.fix(word, word, "other", phrase.NUMBER, "Before a noun say “other”.", text)
            if (noun.tag in {"NN", "NNS"} and tree.tag(word.at - 1) != "IN") or noun.tag == "NNS"
            else None
        )
    if (
        word.lower == "another"
        and noun.tag == "NNS"
        and noun.lower != noun.lemma
        and noun.lower not in phrase.SINGULAR_IN_S
    ):
        return phrase.fix(word, word, "other", phrase.NUMBER, "Before a plural say “other”.", text)
    if (
        word.lower == "other"
        and noun.tag == "NN"
        and word.tag == "JJ"
        and word is noun.first
        and countable.counted(noun.lower)
        and noun.dep in phrase.NOUN_PLACES
    ):
        if tree.lower(word.at - 1) in _OTHER_WORDS | {"without"} or tree.tag(word.at - 1) in {
            "PRP$",
            "DT",
            "CC",
            "CD",
            "POS",
        }:
            return None
        if tree.tag(noun.at + 1) in {"NN", "NNS"}:
            return None
        return phrase.fix(word, word, "another", phrase.ARTICLE, "Before one thing say “another”.", text)
    return None


RULES = (_two_determiners, _the_most, _the_same, _other)
