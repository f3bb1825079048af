# ruff: noqa: E501 - tables of words
"""Comparisons: more important than, better than, worst."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon import words
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging.reading import Node, Tree

_THAN_WORDS = listed(
    """
    other different rather less more else same such otherwise superior inferior prior senior junior elder worse further preferable fewer
    """
)
_THAN_WORDS_2 = listed("is are was were be 's very much far")
_THAN_WORDS_3 = listed("more less rather other otherwise else sooner no prefer")
_THEN_WORDS = listed("DT PRP$ PRP NN NNS JJ IN CD NNP")
_THEN_WORDS_2 = listed("i he she they we it you")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text)


def _than(tree: Tree, node: Node, text: str) -> Correction | None:
    """Is important than; more easier."""
    if node.lower != "than" or node.at < 2:
        return None
    before = tree.nodes[node.at - 1]
    if before.tag != "JJ" or before.lower in _THAN_WORDS or before.lower.endswith("er"):
        return None
    if any(one.tag in {"JJR", "RBR"} or one.lower in _THAN_WORDS_3 for one in tree.nodes[: node.at]):
        return None
    if tree.lower(before.at - 1) not in _THAN_WORDS_2 or (
        before.lower not in words.SHORT_ADJECTIVES and often(f"more {before.lower}") < 2
    ):
        return None
    right = words.SHORT_ADJECTIVES.get(before.lower) or f"more {before.lower}"
    return phrase.fix(before, before, right, "comparison", f"Before “than” say “{right}”.", text)


def _then(tree: Tree, node: Node, text: str) -> Correction | None:
    """Better then me."""
    if node.lower != "then" or node.at < 1:
        return None
    before, following = tree.nodes[node.at - 1], tree.node(node.at + 1)
    if (
        following is None
        or (before.tag not in {"JJR", "RBR"} and not (before.tag == "JJ" and tree.lower(before.at - 1) == "more"))
        or before.lower in {"later", "further", "sooner", "earlier", "more", "less"}
    ):
        return None
    if following.tag not in _THEN_WORDS or (
        following.lower in _THEN_WORDS_2 and tree.tag(following.at + 1)[:1] in {"V", "M"}
    ):
        return None
    if any(one.lower == "than" for one in tree.nodes):
        return None
    return phrase.fix(node, node, "than", "confusable", "In a comparison say “than”.", text)


def _double(tree: Tree, node: Node, text: str) -> Correction | None:
    """Most worst, more bigger."""
    if node.lower not in {"more", "most"}:
        return None
    following = tree.node(node.at + 1)
    if (
        following is None
        or following.tag not in {"JJR", "JJS", "RBR", "RBS"}
        or (following.head is not node.head and node.head is not following)
    ):
        return None
    if (
        following.lower in {"more", "most", "less", "least", "fewer", "likely"}
        or (node.lower == "more" and following.tag in {"JJS", "RBS"})
        or (node.lower == "most" and following.tag == "JJR")
        or not following.lower.endswith(("er", "est", "worse", "worst", "better", "best"))
    ):
        return None
    return phrase.fix(
        node,
        following,
        following.lower,
        "comparison",
        f"“{following.lower}” stands without “{node.lower}”.",
        text,
    )


RULES = (_than, _then, _double)
