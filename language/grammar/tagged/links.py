"""How clauses hang together: order, connectors, time and condition."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon.listed import listed
from language.tagging import lemmas
from language.tagging.reading import Node, Tree

_TIME = listed("when after before until till once while as unless if whenever")
_FUTURE_IN_CONDITION_WORDS = listed("when after before until till once unless")
_INDIRECT_QUESTION_WORDS = listed("it he she they this that we you")
_INDIRECT_QUESTION_WORDS_2 = listed("know understand tell me explain wonder remember see about sure")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text)


def _adverb(tree: Tree, node: Node, text: str) -> Correction | None:
    """Plays also an important role; know already."""
    if (
        node.lower not in {"also", "always", "never", "already", "often", "usually"}
        or node.at == 0
        or node.at + 1 >= len(tree.nodes)
    ):
        return None
    verb, following = tree.nodes[node.at - 1], tree.nodes[node.at + 1]
    if (
        verb.tag not in {"VBZ", "VBP", "VBD"}
        or verb.lemma in {"be", "have", "do", "know"} - {"know"}
        or node.head is not verb
        or not verb.whole
    ):
        return None
    if following.tag not in {"DT", "PRP$", "PRP"} and not (
        following.tag in {"NN", "NNS", "JJ"} and following.first.at == following.at
    ):
        return None
    thing = verb.child("dobj")
    if thing is None or thing.first.at != node.at + 1 or phrase.subject(verb) is None:
        return None
    if thing.last.at - thing.at > 3:
        return None  # "He observed also something that he had not seen before."
    return phrase.fix(
        verb, node, f"{node.lower} {verb.text}", "word_order", f"“{node.lower}” stands before the verb.", text
    )


def _future_in_condition(tree: Tree, node: Node, text: str) -> Correction | None:
    """When he will come, I will tell him; if it will rain."""
    if node.lower not in {"will", "'ll"} or node.dep != "aux":
        return None
    verb = node.head
    mark = next((one for one in verb.lefts if one.dep in {"mark", "advmod"} and one.lower in _TIME), None)
    subject = phrase.subject(verb)
    if mark is None or subject is None or not mark.at < subject.at < node.at or not _about_future(verb, mark, subject):
        return None
    right = _present(verb, subject)
    if right is None or node.at + 1 != verb.at or not node.whole:
        return None
    message = f"After “{mark.lower}” the present speaks of the future: “{right}”."
    return phrase.fix(node, verb, right, "tense", message, text)


def _about_future(verb: Node, mark: Node, subject: Node) -> bool:
    """Whether `verb` is a plain verb of a clause of time or condition, beside a main clause about the future."""
    if verb.dep != "advcl" or verb.tag != "VB" or len(phrase.auxiliaries(verb)) > 1 or verb.child("neg") is not None:
        return False
    if mark.lower in {"as", "while", "whenever", "though"} or (subject.lower == "you" and mark.lower == "if"):
        return False
    beside = {one.lower for one in phrase.auxiliaries(verb.head)}
    if mark.lower == "if":
        return bool(beside & {"will", "'ll", "can", "wo"})
    return mark.lower not in _FUTURE_IN_CONDITION_WORDS or bool(beside & {"will", "'ll", "wo"})


def _present(verb: Node, subject: Node) -> str | None:
    """The present form for the subject; None if its number is not known."""
    count = "one" if subject.lower in {"he", "she", "it", "this", "that"} else phrase.number(subject)
    if subject.lower in {"i", "you", "we", "they"}:
        count = "many"
    if count is None:
        return None
    if verb.lemma == "be":
        return phrase.BE.get(subject.lower, "is" if count == "one" else "are")
    return lemmas.third(verb.lemma) if count == "one" else verb.lemma


def _because_of(tree: Tree, node: Node, text: str) -> Correction | None:
    """Died because the coldness."""
    if node.lower != "because" or node.at + 1 >= len(tree.nodes):
        return None
    first = tree.nodes[node.at + 1]
    if first.tag not in {"DT", "PRP$"} or node.at == 0:
        return None
    noun = first.head
    if (
        noun.tag not in {"NN", "NNS"}
        or noun.first is not first
        or any(one.tag in phrase.FINITE for one in tree.nodes[node.at :])
    ):
        return None
    return phrase.fix(node, node, f"{node.text} of", "preposition", "Before a noun alone say “because of”.", text)


def _indirect_question(tree: Tree, node: Node, text: str) -> Correction | None:
    """I don't know where is it."""
    if node.lower not in {"is", "are", "was", "were"} or node.at < 2 or node.at + 1 >= len(tree.nodes):
        return None
    asks, subject = tree.nodes[node.at - 1], tree.nodes[node.at + 1]
    if (
        asks.lower not in {"where", "what", "how", "why", "when", "who"}
        or subject.lower not in _INDIRECT_QUESTION_WORDS
    ):
        return None
    if subject.dep not in phrase.SUBJECT or (
        tree.tag(subject.at + 1) not in {".", ",", "", "CC", "IN"} and subject.at + 1 < len(tree.nodes)
    ):
        return None
    before = tree.nodes[asks.at - 1]
    if before.lemma not in _INDIRECT_QUESTION_WORDS_2 or any(one.text in {"?", '"', "“", ":"} for one in tree.nodes):
        return None
    return phrase.fix(
        node,
        subject,
        f"{subject.lower} {node.lower}",
        "word_order",
        "In an indirect question the subject comes first.",
        text,
    )


def _double_link(tree: Tree, node: Node, text: str) -> Correction | None:
    """Although it rained, but we went; because I was ill, so I stayed."""
    if node.lower not in {"but", "so"} or node.at < 4 or tree.lower(node.at - 1) != ",":
        return None
    opens = tree.lower(0)
    if {"although": "but", "though": "but", "because": "so", "since": "so"}.get(opens) != node.lower:
        return None
    if sum(one.text == "," for one in tree.nodes[: node.at]) != 1 or tree.tag(node.at + 1) not in {
        "PRP",
        "DT",
        "PRP$",
        "NN",
        "NNS",
        "EX",
    }:
        return None
    if any(one.lower in {"not", "n't", "seems", "-"} for one in tree.nodes[:2]) or any(
        one.text in {"-", "—"} for one in tree.nodes
    ):
        return None
    if node.lower == "so" and tree.lower(node.at + 1) in {"that", "much", "many", "far"}:
        return None
    if not any(one.tag in phrase.FINITE for one in tree.nodes[1 : node.at]):
        return None
    return phrase.fix(node, node, "", "word_choice", f"After “{opens}” there is no “{node.lower}”.", text)


RULES = (_adverb, _future_in_condition, _because_of, _indirect_question, _double_link)
