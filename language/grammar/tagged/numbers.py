# ruff: noqa: E501 - tables of words
"""One or many: a cars, many problem, this companies."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import countable, phrase
from language.lexicon import nouns, words
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging import lemmas
from language.tagging.reading import Node, Tree

_MANY = listed(
    "many several few various numerous both these those two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundreds"
)
_ONE = listed("a an this that every each another one")
_ONE_AND_MANY_WORDS = listed("few many dozen hundred thousand million certain great")
_MANY_AND_ONE_WORDS = listed("NN NNS HYPH NNP CD JJ VBG VBN")
_MANY_AND_ONE_WORDS_2 = listed(
    "time advice help damage stuff fun work cent english dozen hundred score measure night evening folk fish sheep deer salmon trout cod aircraft offspring"
)
_CROWD_WORDS = listed("lot lots number plenty couple hundreds thousands millions majority")
_CROWD_WORDS_2 = listed("the my your his her its our their these those")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text, phrase.common_nouns(tree))


def _one_and_many(tree: Tree, noun: Node, text: str) -> Correction | None:
    """A cars, this companies, every students."""
    if noun.tag != "NNS" or noun.lemma == noun.lower or noun.lower in phrase.SINGULAR_IN_S or noun.lower == "times":
        return None
    det = _det(noun)
    if noun.lower == "people" and det is not None and det.lower in {"a", "an", "this", "that"}:
        return None
    if det is None or det.lower not in _ONE - {"another"} or phrase.joined(noun):
        return None
    if _may_be_both(tree, noun, det):
        return None
    if det.lower in {"this", "that"}:
        if det.lower == "that" or det.dep != "det" or noun.lemma in nouns.UNCOUNTABLE:
            return None
        if noun.dep in {"compound", "ROOT"}:  # "This points to him."
            return None
        right = {"this": "these", "that": "those"}[det.lower]
        if det.lower == "that" and det.at and tree.tag(det.at - 1)[:1] in {"V", "J"}:
            return None
        return phrase.fix(det, det, right, phrase.NUMBER, f"Before a plural say “{right}”.", text)
    if det.lower == "one" or noun.lemma == noun.lower or tree.lower(det.at + 1) in {"priori", "whole"}:
        return None
    right = noun.lemma
    if noun.lower in nouns.WRONG_PLURALS:
        return None
    return phrase.fix(noun, noun, right, phrase.NUMBER, f"After “{det.lower}” comes one thing: “{right}”.", text)


def _may_be_both(tree: Tree, noun: Node, det: Node) -> bool:
    """Whether a plural may stand after a word for one: "a few cars", "a great many ways", "this two-days trip"."""
    if any(
        one.dep in {"nummod", "quantmod"} or one.tag in {"CD", "JJS"} or one.lower in _ONE_AND_MANY_WORDS
        for one in noun.lefts
        if one is not det
    ):
        return True
    if any(one.tag not in {"JJ", "JJR", "RB"} for one in tree.nodes[det.at + 1 : noun.at]) or tree.lower(
        noun.at + 1
    ) in {"'", "-"}:
        return True
    seen = often(f"these {noun.lower}") + often(f"many {noun.lower}") + often(f"the {noun.lower}")
    return seen < 3 or noun.lower in {"ways", "remains", "gains", "clothes", "commons"}


_BEFORE_HOURS = frozenset({"at", "by", "until", "till", "before", "after"})


def _many_and_one(tree: Tree, noun: Node, text: str) -> Correction | None:
    """Many problem, these problem, two reason."""
    if noun.tag != "NN" or noun.dep == "compound" or noun.lower.endswith(("s", "i", "ese", "ae")):
        return None
    counter = next((one for one in noun.lefts if one.lower in _MANY), None)
    if counter is None or any(one.dep == "conj" or one.lower in {"a", "an", "of", "per"} for one in noun.lefts):
        return None
    if "-" in {tree.lower(counter.at - 1), tree.lower(counter.at + 1)}:
        return None  # "a two-pound-five job"
    if tree.lower(counter.at - 1) in _BEFORE_HOURS and (
        tree.tag(noun.at + 1) in {"PRP", "PRP$", "DT"} or tree.lower(counter.at + 1) in {"last", "next"}
    ):
        return None  # “Would Tuesday at ten suit you?”, “I called at eight last night.”
    if tree.tag(noun.at + 1) in _MANY_AND_ONE_WORDS or tree.lower(noun.at + 1) in {
        "-",
        "–",
        "'s",
        "/",
    }:
        return None
    if any(
        one.tag not in {"JJ", "JJR", "RB", "VBG", "VBN"} for one in tree.nodes[counter.at + 1 : noun.at]
    ) or phrase.joined(noun):
        return None
    if noun.lower in nouns.UNCOUNTABLE | _MANY_AND_ONE_WORDS_2:
        return None
    if noun.lower in {"foot", "stone", "pound"} and counter.tag == "CD":
        return None  # "under six foot"
    right = lemmas.plural(noun.lower)
    if (
        often(f"many {right}") + often(f"these {right}") + often(f"{counter.lower} {right}") + often(f"the {right}") < 2
        or right == noun.lower
    ):
        return None
    if counter.lower in {"few", "those", "both"} and often(f"{counter.lower} {noun.lower}") > 3:
        return None
    return phrase.fix(noun, noun, right, phrase.NUMBER, f"After “{counter.lower}” comes the plural: “{right}”.", text)


_NEVER_MUCH = frozenset({"place", "thing", "reason", "idea", "kind"})
_MASS_TOO = frozenset(
    {"effort", "difficulty", "room", "opportunity", "variety", "space", "thought", "pain", "pleasure", "strength"}
)
"""Counted nouns of which there may be a lot, too: “a lot of effort”."""


def _crowd(tree: Tree, noun: Node, text: str) -> Correction | None:
    """A lot of problem, one of the reason, all student."""
    if noun.tag != "NN" or noun.dep != "pobj" or noun.head.lower != "of" or noun.lower.endswith("s"):
        return None
    of = noun.head
    crowd = tree.lower(of.at - 1)
    det = phrase.determiner(noun)
    right = lemmas.plural(noun.lower)
    if tree.tag(noun.at + 1) in {"NN", "NNS", "HYPH", "POS", "CD"} or phrase.joined(noun) or right == noun.lower:
        return None
    if crowd == "one" and det is not None and det.lower in _CROWD_WORDS_2:
        if noun.lower in phrase.GROUPS or noun.lower in nouns.UNCOUNTABLE:
            return None
        if tree.tag(of.at - 2) in {"JJ", "JJS"}:
            return None  # "the top one of the building"
        if not countable.counted(noun.lower) or noun.first.at != of.at + 1 or tree.lower(of.at - 2) in words.BE:
            return None
        return phrase.fix(noun, noun, right, phrase.NUMBER, "“One of” is followed by a plural.", text)
    if crowd in _CROWD_WORDS:
        counted = countable.counted(noun.lower) or noun.lower in _NEVER_MUCH
        if det is not None or not counted or noun.lower in _MASS_TOO or noun.lower == "good":
            return None  # "a lot of good it did him"
        return phrase.fix(noun, noun, right, phrase.NUMBER, f"More than one takes the plural: “{right}”.", text)
    return None


def _there(tree: Tree, noun: Node, text: str) -> Correction | None:
    """There are some problem; there were other reason."""
    there, finite = noun.head.child("expl"), phrase.finite(noun.head)
    if noun.tag != "NN" or noun.dep not in {"attr", "nsubj"} or there is None or there.lower != "there":
        return None
    first = noun.first
    if finite is None or finite.lower not in {"are", "were"} or first.at != finite.at + 1 or phrase.joined(noun):
        return None
    if first.lower not in {"some", "other", "different", "various"} or not countable.counted(noun.lower):
        return None
    if noun.lower in phrase.GROUPS or tree.tag(noun.at + 1) not in {"IN", ".", ",", "WDT", "TO"}:
        return None
    right = lemmas.plural(noun.lower)
    return phrase.fix(noun, noun, right, phrase.NUMBER, f"After “there {finite.lower}” comes the plural.", text)


def _det(noun: Node) -> Node | None:
    for one in noun.lefts:
        if one.dep == "det" or one.tag in {"DT", "PRP$"}:
            return one
    return None


RULES = (_one_and_many, _many_and_one, _crowd, _there)
