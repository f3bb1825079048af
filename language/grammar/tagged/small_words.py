# ruff: noqa: E501 - tables of words
"""Small words that are wrong in their place: for learn, besides of, the people which."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon.listed import listed
from language.tagging.reading import Node, Tree

CHOICE = "word_choice"
_PERSONS = listed("people person man woman men women child children boy girl boys girls student students teacher teachers "
                  "friend friends parent parents someone somebody anyone everyone worker workers employee employees guy doctor scientist scientists "
                  "driver drivers player players writer lawyer citizens tourists customer customers member")  # fmt: skip
_PLAIN = listed("learn eat get go make see become improve find understand be have take give know develop speak solve avoid "
                "buy teach keep save enjoy meet help explain achieve protect build succeed choose prepare prevent")  # fmt: skip
_FOR_TO_WORDS = listed("DT PRP PRP$ NNS NN NNP JJ RB IN")
_GO_SHOPPING_WORDS = listed("shopping swimming fishing skiing camping dancing sightseeing hiking running jogging")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text)


def _besides_of(tree: Tree, node: Node, text: str) -> Correction | None:
    if node.lower != "of" or tree.lower(node.at - 1) not in {"besides", "despite"}:
        return None
    return phrase.fix(node, node, "", "preposition", f"“{tree.lower(node.at - 1)}” stands without “of”.", text)


def _for_to(tree: Tree, node: Node, text: str) -> Correction | None:
    """For learn English; for to learn."""
    if node.lower != "for" or node.at == 0:
        return None
    verb = tree.node(node.at + 1)
    if verb is None or not tree.nodes[node.at - 1].is_word:
        return None  # "they wait; for to be caught is to lose"
    if tree.tag(node.at - 1) in phrase.VERBS and tree.tag(node.at - 1) != "VBG":
        return None  # "what he called for to stand out"
    if verb.lower == "to" and tree.tag(verb.at + 1) == "VB" and verb.tag == "TO":
        return phrase.fix(node, verb, "to", "preposition", "Say “to” without “for”.", text)
    if verb.tag not in {"VB", "VBP"} or verb.lower not in _PLAIN or tree.tag(verb.at + 1) not in _FOR_TO_WORDS:
        return None
    return phrase.fix(node, verb, f"to {verb.lower}", "verb_form", f"To say what for, use “to {verb.lower}”.", text)


def _go_shopping(tree: Tree, node: Node, text: str) -> Correction | None:
    """Go for shopping, go to shopping."""
    if (
        node.lower not in {"for", "to"}
        or tree.nodes[node.at - 1].lemma != "go"
        or tree.lower(node.at + 1) not in _GO_SHOPPING_WORDS
    ):
        return None
    if tree.tag(node.at + 2) in {"NN", "NNS"} or node.at == 0:
        return None
    return phrase.fix(node, node, "", "preposition", f"Say “go {tree.lower(node.at + 1)}”.", text)


def _which_person(tree: Tree, node: Node, text: str) -> Correction | None:
    """The people which live there."""
    if (
        node.lower != "which"
        or node.dep not in phrase.SUBJECT
        or tree.lower(node.at - 1) not in _PERSONS
        or tree.tag(node.at - 1) not in {"NN", "NNS"}
    ):
        return None
    person = tree.nodes[node.at - 1]
    if node.head.head is not person and node.head.dep != "relcl":
        return None
    if (
        any(
            one.tag in {"NN", "NNS", "NNP"}
            for one in tree.nodes[max(0, person.at - 3) : person.at]
            if one.head is not person
        )
        and person.dep == "pobj"
    ):
        return None
    return phrase.fix(node, node, "who", CHOICE, "Of people say “who”.", text)


RULES = (_besides_of, _for_to, _go_shopping, _which_person)
