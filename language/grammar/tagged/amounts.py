"""How many and how much: a lot of, most people, such a day, a ten-year-old boy."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.rules.articles import article_for
from language.grammar.tagged import countable, phrase
from language.lexicon.listed import listed
from language.tagging.reading import Node, Tree

_LOT_OF_WORDS = listed("a the whole awful this that quite entire parking vacant")
_LONG_TIME_WORDS = listed("for after in took take takes spend spent")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text)


def _such(tree: Tree, node: Node, text: str) -> Correction | None:
    """A such situation; so beautiful girl."""
    if node.lower == "such" and tree.lower(node.at - 1) in {"a", "an"} and tree.tag(node.at + 1) in {"NN", "JJ"}:
        article, following = tree.nodes[node.at - 1], tree.nodes[node.at + 1]
        if following.lower in {"like", "and"}:
            return None
        return phrase.fix(article, node, f"such {article_for(following.lower)}", "word_order", "Say “such a”.", text)
    if node.lower in {"so", "such"} and node.tag in {"RB", "JJ", "PDT"}:
        adjective, noun = tree.node(node.at + 1), tree.node(node.at + 2)
        if (
            adjective is None
            or (node.lower == "so" and tree.tag(node.at - 1) not in phrase.VERBS)
            or noun is None
            or adjective.tag != "JJ"
            or noun.tag != "NN"
            or noun.lower.endswith("s")
            or not countable.counted(noun.lower)
        ):
            return None
        if (
            tree.tag(noun.at + 1) in {"NN", "NNS"}
            or (node.lower == "so" and tree.tag(node.at - 1) in {"DT", ",", ""})
            or tree.lower(node.at - 1) in {"no", "any", "one", "every", "or"}
            or adjective.lower in {"much", "little", "many", "few"}
        ):
            return None
        return phrase.fix(
            node,
            node,
            f"such {article_for(adjective.lower)}",
            "article",
            "Before an adjective and one thing say “such a”.",
            text,
        )
    return None


def _most_of(tree: Tree, node: Node, text: str) -> Correction | None:
    """Most of people."""
    if (
        node.lower != "of"
        or tree.lower(node.at - 1) != "most"
        or tree.lower(node.at - 2) in {"the", "make", "made", "makes", "making"}
    ):
        return None
    following = tree.node(node.at + 1)
    if following is None or (
        following.tag not in {"NNS"} and not (following.tag == "JJ" and tree.tag(following.at + 1) == "NNS")
    ):
        return None
    if following.text[0].isupper():
        return None
    return phrase.fix(node, node, "", "preposition", "Say “most” without “of”.", text)


def _lot_of(tree: Tree, node: Node, text: str) -> Correction | None:
    """Lot of people."""
    if node.lower != "lot" or tree.lower(node.at + 1) != "of" or phrase.determiner(node) is not None:
        return None
    before = tree.lower(node.at - 1)
    if before in _LOT_OF_WORDS or tree.tag(node.at - 1) in {"JJ", "NN", "DT", "PRP$", "NNP"}:
        return None
    return phrase.before(node, "a", "article", "Say “a lot of”.", text)


def _long_time(tree: Tree, node: Node, text: str) -> Correction | None:
    """For long time."""
    if (
        node.lower != "time"
        or tree.lower(node.at - 1) not in {"long", "short"}
        or tree.lower(node.at - 2) not in _LONG_TIME_WORDS
    ):
        return None
    if tree.tag(node.at + 1) in {"NN", "NNS"} or (
        tree.lower(node.at - 2) == "in" and tree.lower(node.at - 1) == "long"
    ):
        return None
    return phrase.before(tree.nodes[node.at - 1], "a", "article", f"Say “a {tree.lower(node.at - 1)} time”.", text)


def _each_people(tree: Tree, node: Node, text: str) -> Correction | None:
    """Every people; another people; a people."""
    if (
        node.lower != "people"
        or tree.lower(node.at - 1) not in {"every", "each", "another"}
        or tree.tag(node.at + 1) in {"POS"}
    ):
        return None
    if tree.lower(node.at - 1) == "another":
        other = tree.nodes[node.at - 1]
        return phrase.fix(other, other, "other", "noun_number", "“People” are many: say “other people”.", text)
    return phrase.fix(node, node, "person", "noun_number", f"After “{tree.lower(node.at - 1)}” say “person”.", text)


def _years_old(tree: Tree, node: Node, text: str) -> Correction | None:
    """A ten years old boy."""
    if node.lower not in {"years", "months", "weeks", "days"} or node.at < 1 or tree.tag(node.at - 1) != "CD":
        return None
    old, noun = tree.node(node.at + 1), tree.node(node.at + 2)
    if (
        old is None
        or noun is None
        or old.lower != "old"
        or noun.tag not in {"NN"}
        or not any(
            one.lower in {"a", "an", "the", "my", "his", "her"} for one in tree.nodes[max(0, node.at - 3) : node.at]
        )
    ):
        return None
    number = tree.nodes[node.at - 1]
    return phrase.fix(
        number,
        old,
        f"{number.text}-{node.lemma}-old",
        "noun_number",
        f"Before a noun say “{number.text}-{node.lemma}-old”.",
        text,
    )


RULES = (_such, _most_of, _lot_of, _long_time, _each_people, _years_old)
