"""Singular nouns that stand alone and cannot: "I have car", "student are tired"."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.rules.articles import article_for
from language.grammar.tagged import countable, phrase
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging import lemmas
from language.tagging.reading import Node, Tree

_BARE_WORDS = listed("CD NN NNS NNP HYPH POS SYM VBG")
_BARE_WORDS_2 = listed("/ - – ' : ( &")
_BARE_WORDS_3 = listed("NNP CD POS NNS VBG FW JJR")
_BARE_WORDS_4 = listed("first second third last next best happy")
_MAY_PRECEDE_WORDS = listed("car bike bus train plane bicycle taxi")
_MAY_PRECEDE_WORDS_2 = listed(
    """
    by per as of like than via without between from till until after before out over off on under versus plus
    """
)


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text, phrase.common_nouns(tree))


def _bare(tree: Tree, noun: Node, text: str) -> Correction | None:
    """I have car; need to find job; student are tired."""
    if (
        noun.tag != "NN"
        or noun.dep not in phrase.NOUN_PLACES
        or phrase.determiner(noun) is not None
        or noun.lower.endswith("s")
    ):
        return None
    if phrase.joined(noun) or link_in(noun) or not countable.surely(noun.lower):
        return None
    if sum(one.text == '"' for one in tree.nodes[: noun.at]) % 2:
        return None  # a headline, a sign
    if any(one.lower == noun.lower for one in tree.nodes[max(0, noun.at - 2) : noun.at]):
        return None  # "from village to village"
    first = noun.first
    if (first.at == 0 and noun.dep not in {"nsubj", "nsubjpass"}) or any(
        one.tag in _BARE_WORDS_3 or one.lower in _BARE_WORDS_4 or one.dep not in {"amod", "compound", "advmod"}
        for one in noun.lefts
    ):
        return None
    previous = tree.nodes[first.at - 1] if first.at else None
    following = tree.nodes[noun.at + 1] if noun.at + 1 < len(tree.nodes) else None
    if following is not None and (
        following.tag in _BARE_WORDS or following.text in _BARE_WORDS_2 or following.text.isupper()
    ):
        return None
    if previous is not None and not _may_precede(previous, noun):
        return None
    if noun.dep in {"nsubj", "nsubjpass"}:
        return _bare_subject(tree, noun, text)
    before = previous.lower if previous is not None else ""
    if (countable.usually_alone(before, first.lower) and first is noun) or (
        tree.nodes[noun.at - 1].tag == "NN"
        and often(f"{tree.lower(noun.at - 1)} {noun.lower}") > 2
        and countable.usually_alone(before, first.lower)
    ):
        return None
    article = _article(before, first, noun, text)
    return phrase.before(first, article, phrase.ARTICLE, "One thing that can be counted needs an article.", text)


def link_in(noun: Node) -> bool:
    """Whether the noun is in a list."""
    return noun.dep == "conj" or any(one.dep in {"cc", "conj", "preconj"} for one in noun.children)


def _may_precede(previous: Node, noun: Node) -> bool:
    if noun.dep == "pobj":
        if previous.lower == "with" and noun.lower in _MAY_PRECEDE_WORDS:
            return False
        if previous.lower == "in" and noun.lower in {"pencil", "pen", "crayon", "marker"}:
            return False
        return previous.tag in {"IN", "TO"} and previous.lower not in _MAY_PRECEDE_WORDS_2
    if noun.dep in {"dobj", "attr", "dative"}:
        if f"{previous.lemma} {noun.lower}" in {"move house", "keep house", "clean house", "change school"}:
            return False
        return previous.tag in phrase.VERBS and previous.lemma not in {"be", "call", "name", "turn", "play"} - (
            {"be"} if previous.lower != "being" else set()
        )
    return previous.tag in {"IN", ",", "CC", "WRB"} and previous.lower not in {"of", "and", "or", "nor"}


def _bare_subject(tree: Tree, noun: Node, text: str) -> Correction | None:
    verb = phrase.finite(noun.head)
    if verb is None or verb.at < noun.at or noun.head.dep == "relcl":
        return None
    right = lemmas.plural(noun.lower)
    plain = tree.nodes[noun.at + 1] is verb or tree.nodes[noun.at + 1].tag == "RB"
    if (plain and verb.lower in {"are", "were", "have", "do"}) or (
        plain and verb.tag == "VBP" and verb.lower == verb.lemma and verb.lower not in {"be"}
    ):
        return phrase.fix(
            noun, noun, right, phrase.NUMBER, f"The verb “{verb.lower}” is for more than one: “{right}”.", text
        )
    return None


def _article(before: str, first: Node, noun: Node, text: str) -> str:
    one = article_for(first.lower)
    if first.tag == "JJS" or often(f"{before} the {first.lower}") > 2 * often(f"{before} {one} {first.lower}") + 1:
        return "the"
    return one


RULES = (_bare,)
