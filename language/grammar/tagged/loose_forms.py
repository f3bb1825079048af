"""More rules for sentences in which an error was found already: forms of verbs, possessives, order, words alike."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon.listed import listed
from language.tagging import lemmas, model
from language.tagging.reading import Node, Tree

_POSSESSIVE = {"you": "your", "they": "their", "he": "his", "we": "our"}
_NOT_OWNED = listed("people guys folks all both two three four men women boys girls kids children english students")
_NO_PREPOSITION = listed("that if because than as whether like while since before after until but though although")
_WANTS = listed("want need try decide hope plan wish refuse")
_OFTEN = listed("already always often usually never sometimes")
_OBJECT = listed("the a an my your his her our their this these many some")
_ALIKE = {"cheep": "cheap", "loosing": "losing", "togather": "together", "flue": "flu"}
_NO_VERBS = listed(
    "close open clear free clean dry still well light warm cool calm empty welcome slow lower better best"
)
_SAVED = listed("the our my their his a money time lives energy water them it us people")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    yield from phrase.over(RULES, tree, text)


def _possessive(tree: Tree, node: Node, text: str) -> Correction | None:
    """In they country; for you information."""
    right = _POSSESSIVE.get(node.lower)
    before = tree.node(node.at - 1) if node.at else None
    if right is None or before is None or before.tag != "IN" or before.lower in _NO_PREPOSITION:
        return None
    noun = phrase.noun_after(tree, node)
    if noun is None or noun.lower in _NOT_OWNED or noun.dep not in {"pobj", "compound"}:
        return None
    return phrase.fix(node, node, right, "word_choice", f"Before what one has say “{right}”.", text)


def _person(tree: Tree, node: Node, text: str) -> Correction | None:
    """A successful people."""
    article = next((one for one in node.lefts if one.lower in {"a", "an"}), None)
    if node.lower != "people" or article is None or node.at - article.at > 2 or tree.lower(node.at + 1) in {"'s", "of"}:
        return None
    if tree.tag(node.at + 1) in {"IN", "WP", "WDT", "WP$"}:
        return None  # "a people without a language"
    return phrase.fix(node, node, "person", phrase.NUMBER, "After “a” comes one thing: “person”.", text)


def _passive(tree: Tree, node: Node, text: str) -> Correction | None:
    """Is generate by; was suddenly close by."""
    if tree.lower(node.at + 1) != "by" or node.tag not in {"VB", "VBP", "NN", "JJ"} or node.lower in _NO_VERBS:
        return None
    if node.lower not in model.words().verbs:
        return None
    before = node.at - 1 - (tree.tag(node.at - 1) == "RB")
    right = lemmas.participle(node.lower)
    if tree.lower(before) not in {"is", "are", "was", "were", "be", "been"} or right == node.lower:
        return None
    return phrase.fix(node, node, right, "verb_form", f"The passive takes the third form: “{right}”.", text)


def _wants(tree: Tree, node: Node, text: str) -> Correction | None:
    """We want got it; she tried found it."""
    before = tree.node(node.at - 1) if node.at else None
    if before is None or before.lemma not in _WANTS or before.tag not in phrase.VERBS - {"VBN"}:
        return None
    if node.tag not in {"VBD", "VBP"} or node.lemma not in model.words().verbs or node.lemma in {"be", "have", "do"}:
        return None
    right = f"to {node.lemma}"
    return phrase.fix(node, node, right, "verb_form", f"After “{before.lower}” say “{right}”.", text)


def _order(tree: Tree, node: Node, text: str) -> Correction | None:
    """They know already the rules."""
    if node.lower not in _OFTEN or not node.at or tree.lower(node.at + 1) not in _OBJECT:
        return None
    verb = tree.nodes[node.at - 1]
    if verb.tag not in {"VBZ", "VBP", "VBD"} or verb.lemma in {"be", "have", "do"} or not verb.whole or not verb.at:
        return None
    if tree.tag(verb.at - 1) not in {"PRP", "NN", "NNS"}:
        return None
    said = f"“{node.lower}” stands before the verb."
    return phrase.fix(verb, node, f"{node.lower} {verb.lower}", "word_order", said, text)


def _alike(tree: Tree, node: Node, text: str) -> Correction | None:
    """To safe the planet; loosing money; cheep."""
    if node.lower == "safe" and tree.lower(node.at - 1) == "to" and tree.lower(node.at + 1) in _SAVED:
        return phrase.fix(node, node, "save", "confusable", "The verb is “save”, the adjective “safe”.", text)
    if node.lower == "loose" and tree.lower(node.at - 1) in {"to", "will", "can", "not", "may", "would", "could"}:
        return phrase.fix(
            node, node, "lose", "confusable", "What one does not find one loses; loose is not tight.", text
        )
    right = _ALIKE.get(node.lower)
    if right is None:
        return None
    return phrase.fix(node, node, right, "spelling", f"Did you mean “{right}”?", text)


RULES = (_possessive, _person, _passive, _wants, _order, _alike)
