"""Words that are taken for one another: their and there, its and it's, affect and effect."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging.reading import Node, Tree

CHOICE = "word_choice"
_THEIR_WORDS = listed("IN VB VBZ VBP VBG VBD TO")
_THEIR_WORDS_2 = listed("over out up down that if since although because though whether as")
_THEIR_WORDS_3 = listed("be go stand come sit live that if because while out up over from down back in")
_ITS_WORDS = listed(
    """
    important difficult easy possible impossible necessary hard true clear better very not
    """
)
_ITS_WORDS_2 = listed("to that for important difficult hard easy good")
_LIFE_LIVE_WORDS = listed("my your his her our their daily whole real everyday")
_EFFECT_WORDS = listed(
    """
    change improvement escape entrance cure repair transition reform compromise saving exchange rescue reconciliation
    """
)
_EFFECT_WORDS_2 = listed("will can may could would might should to not n't also it they which that this")
_ALMOST_WORDS = listed(
    """
    people students children things countries men women parents companies teachers families
    """
)


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text)


def _their(tree: Tree, node: Node, text: str) -> Correction | None:
    """Show there product."""
    if node.lower != "there" or node.at == 0:
        return None
    before, noun = tree.nodes[node.at - 1], tree.node(node.at + 1)
    if (
        noun is None
        or noun.tag not in {"NN", "NNS"}
        or before.tag not in _THEIR_WORDS
        or before.lemma in _THEIR_WORDS_3 - {"in"}
    ):
        return None
    if (
        any(one.tag in phrase.FINITE for one in tree.nodes[noun.at + 1 : noun.at + 3])
        or before.lower in _THEIR_WORDS_2
        or (noun.head.at < before.at and noun.dep not in {"pobj", "dobj"})
    ):
        return None
    if noun.dep not in {"dobj", "pobj"} or often(f"there {noun.lower}") > 3 or often(f"their {noun.lower}") < 3:
        return None
    return phrase.fix(node, node, "their", "confusable", "What belongs to them is “their”.", text)


def _its(tree: Tree, node: Node, text: str) -> Correction | None:
    """Its important to…"""
    if (
        node.lower != "its"
        or tree.tag(node.at + 1) not in {"JJ", "RB", "DT", "VBG"}
        or (node.at and tree.tag(node.at - 1) not in {",", "IN", ".", "CC", "VBP", "VB"})
    ):
        return None
    following = tree.nodes[node.at + 1]
    if following.tag == "DT" and following.lower in {"a", "the", "not", "an"}:
        return phrase.fix(node, node, "it's", "confusable", "“It is” is written “it's”.", text)
    if following.lower in _ITS_WORDS and tree.lower(following.at + 1) in _ITS_WORDS_2:
        return phrase.fix(node, node, "it's", "confusable", "“It is” is written “it's”.", text)
    return None


def _life_live(tree: Tree, node: Node, text: str) -> Correction | None:
    """In our live."""
    if (
        node.lower != "live"
        or tree.lower(node.at - 1) not in _LIFE_LIVE_WORDS
        or tree.tag(node.at + 1) in {"NN", "NNS", "JJ"}
    ):
        return None
    if node.tag[:1] == "V" and tree.tag(node.at - 1) not in {"PRP$", "JJ"}:
        return None
    return phrase.fix(
        node,
        node,
        "life" if tree.lower(node.at - 1) not in {"our", "their"} else "lives",
        "confusable",
        "The noun is “life”, “lives”.",
        text,
    )


def _effect(tree: Tree, node: Node, text: str) -> Correction | None:
    """It will effect us."""
    if node.lower not in {"effect", "effects"} or node.tag not in {"VB", "VBP", "VBZ"} or node.child("dobj") is None:
        return None
    thing = node.child("dobj")
    if thing is not None and thing.lemma in _EFFECT_WORDS:
        return None
    if tree.lower(node.at - 1) not in _EFFECT_WORDS_2 or often(f"{node.lower} {tree.lower(node.at + 1)}") > 40:
        return None
    return phrase.fix(
        node,
        node,
        {"effect": "affect", "effects": "affects"}[node.lower],
        "confusable",
        "The verb is “affect”.",
        text,
    )


def _almost(tree: Tree, node: Node, text: str) -> Correction | None:
    """Almost people."""
    if node.lower != "almost" or tree.tag(node.at + 1) not in {"NNS"} or tree.lower(node.at + 1) not in _ALMOST_WORDS:
        return None
    return phrase.fix(node, node, "most", CHOICE, "“Almost” is “nearly”; say “most”.", text)


RULES = (_their, _its, _life_live, _effect, _almost)
