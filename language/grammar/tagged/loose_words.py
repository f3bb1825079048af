# ruff: noqa: E501 - tables of words
"""More rules for sentences in which an error was found already: verbs and their subjects, set phrases, small words."""

from collections.abc import Iterator
from functools import cache

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon import nouns
from language.lexicon.listed import listed
from language.tagging import lemmas
from language.tagging.reading import Node, Tree

_BARE_AFTER = listed(
    "let make have help see hear watch suggest recommend insist demand ask require propose order urge if may lest wish"
)
_MASS = nouns.UNCOUNTABLE | listed(
    "energy evidence knowledge information advice equipment behaviour behavior pollution technology money"
)
_TOO = listed("much expensive late pretty difficult young tired busy small big weak dangerous boring")
_BEFORE_TOO = listed(
    "is are was were be been am 's 're get gets got look looks seem seems them it him her us me feel feels become"
)
_CLAUSE_OPENERS = frozenset({"that", "if", "because", "than", "as", "whether"})
# Phrases that want an article, by their first word and the rest.
PHRASES = """
at end of > at the end of|at beginning of > at the beginning of|in middle of > in the middle of
at time of > at the time of|in front of door > in front of the door|as result of > as a result of
with help of > with the help of|in same way > in the same way|at same time > at the same time
in long run > in the long run|in short time > in a short time|for long time > for a long time
in world > in the world|all over world > all over the world|around world > around the world
in internet > on the internet|in the internet > on the internet|on internet > on the internet
in modern world > in the modern world|in today world > in today's world|in todays world > in today's world
as matter of fact > as a matter of fact|in young age > at a young age|in other hand > on the other hand
in the other hand > on the other hand|in my point of view > from my point of view|points of views > points of view
point of views > point of view|in first place > in the first place|have good time > have a good time
play important role > play an important role|plays important role > plays an important role|take a risks > take risks
be in hurry > be in a hurry|in hurry > in a hurry|most of time > most of the time
most of people > most people|such as like > such as|the most of people > most people
a lots of > a lot of|most of students > most students|one of reason > one of the reasons
kind of things > kinds of things
some one > someone|every body > everybody|any body > anybody|no body > nobody|my self > myself|him self > himself
her self > herself|our selves > ourselves|them selves > themselves|your self > yourself|it self > itself|some thing > something
any thing > anything|every thing > everything|some where > somewhere|now a days > nowadays|the true > the truth
in contrasting > in contrast|can able to > can|can be able to > can|must to > must|should to > should|more better > better|according with > according to
"""


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    yield from phrase.over(RULES, tree, text)


def _beside(tree: Tree, node: Node, text: str) -> Correction | None:
    """The ideas is; young people thinks; the teacher are: subject and verb side by side."""
    verb = tree.node(node.at + 1)
    if verb is None or node.dep not in phrase.SUBJECT or node.tag not in {"NN", "NNS"} or phrase.joined(node):
        return None
    if not verb.whole or (verb.head is not node.head and verb is not node.head) or phrase.finite(node.head) is not verb:
        return None
    if tree.nodes[-1].text == "?" or {"and", "or", "of", "than"} & {
        one.lower for one in tree.nodes[max(0, node.first.at - 2) : node.at]
    }:
        return None
    count = "many" if node.lower == "people" else phrase.number(node)
    if any(one.lower in _BARE_AFTER for one in tree.nodes[: node.at]) or (node.text[0].isupper() and node.at):
        return None
    right = phrase.many(verb) if count == "many" else _one(verb, node) if count == "one" else None
    if right is None or right == verb.lower:
        return None
    said = "A plural subject takes" if count == "many" else "A singular subject takes"
    return phrase.fix(verb, verb, right, "agreement", f"{said} “{right}”.", text)


def _one(verb: Node, noun: Node) -> str | None:
    article = phrase.determiner(noun)
    if article is None or article.lower in {"all", "some", "many"} or article.tag == "CD" or noun.at - article.at > 2:
        return None
    if verb.lower in {"are", "have", "do"}:
        return phrase.FOR_ONE[verb.lower]
    plain = verb.tag == "VBP" and verb.lower == verb.lemma and verb.lower not in {"am", "were"}
    return lemmas.third(verb.lower) if plain else None


def _mass(tree: Tree, node: Node, text: str) -> Correction | None:
    """These evidence, those energy, many information."""
    if node.tag != "NN" or node.lower not in _MASS or node.dep == "compound" or tree.tag(node.at + 1) in {"NN", "NNS"}:
        return None
    word = next((one for one in node.lefts if one.lower in {"these", "those", "many"}), None)
    if word is None or any(one.tag == "CC" for one in tree.nodes[word.at : node.at]):
        return None
    right = {"these": "this", "those": "that", "many": "much"}[word.lower]
    return phrase.fix(word, word, right, phrase.NUMBER, f"“{node.lower}” is not counted: say “{right}”.", text)


def _fewer(tree: Tree, node: Node, text: str) -> Correction | None:
    """Much cars, less people."""
    right = {"much": "many", "less": "fewer"}.get(node.lower)
    noun = phrase.noun_after(tree, node)
    if (
        right is None
        or noun is None
        or noun.tag != "NNS"
        or node.head is not noun
        or noun.lower in phrase.SINGULAR_IN_S
    ):
        return None
    if tree.lower(node.at - 1) in {"no", "or", "a", "as"} and node.lower == "less":
        return None
    return phrase.fix(node, node, right, phrase.NUMBER, f"Things that are counted take “{right}”.", text)


def _then(tree: Tree, node: Node, text: str) -> Correction | None:
    """Much more then others."""
    before = tree.nodes[max(0, node.at - 3) : node.at]
    if node.lower != "then" or not any(one.tag in {"JJR", "RBR"} for one in before) or node.at + 1 >= len(tree.nodes):
        return None
    if any(not one.is_word for one in before) or tree.tag(node.at + 1) not in {
        "DT",
        "PRP",
        "PRP$",
        "NN",
        "NNS",
        "JJ",
        "NNP",
        "CD",
        "VBG",
    }:
        return None
    return phrase.fix(node, node, "than", "confusable", "Comparisons take “than”.", text)


def _too(tree: Tree, node: Node, text: str) -> Correction | None:
    """It is to expensive."""
    if node.lower != "to" or tree.lower(node.at + 1) not in _TOO or tree.lower(node.at - 1) not in _BEFORE_TOO:
        return None
    if tree.tag(node.at + 2) in {"NN", "NNS"}:
        return None
    return phrase.fix(node, node, "too", "confusable", "More than enough is “too”.", text)


def _their(tree: Tree, node: Node, text: str) -> Correction | None:
    """In there free time."""
    if node.lower != "there" or tree.tag(node.at - 1) not in {"IN", "VBG"} or not node.at:
        return None
    if phrase.noun_after(tree, node) is None or tree.lower(node.at - 1) in _CLAUSE_OPENERS:
        return None
    return phrase.fix(node, node, "their", "confusable", "What belongs to them is “their”.", text)


def _phrase(tree: Tree, node: Node, text: str) -> Correction | None:
    """At end of, in world, play important role."""
    for wrong, right in _phrases().get(node.lower, ()):
        last = node.at + len(wrong) - 1
        if tuple(tree.lower(node.at + at) for at in range(len(wrong))) != wrong:
            continue
        following = tree.tag(last + 1)
        if following in {"NN", "NNS", "NNP", "POS", "HYPH", "JJ"} or tree.lower(node.at - 1) in {"a", "the", "an"}:
            return None
        kind = (
            "article"
            if {"a", "an", "the"} & {*right.split()} - {*wrong}
            else "preposition"
            if len(wrong) == len(right.split())
            else "word_choice"
        )
        if right == "".join(wrong):
            kind = "spelling"
        return phrase.fix(node, tree.nodes[last], right, kind, f"Say “{right}”.", text)
    return None


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in PHRASES.strip().replace("\n", "|").split("|"):
        wrong, _, right = row.partition(" > ")
        found.setdefault(wrong.split()[0], []).append((tuple(wrong.split()), right))
    return found


RULES = (_phrase, _beside, _mass, _fewer, _then, _too, _their)
