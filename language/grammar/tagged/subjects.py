"""Subjects, objects and verbs that are missing, or have the wrong form."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon.listed import listed
from language.tagging import model
from language.tagging.reading import Node, Tree

_OBJECT = {"i": "me", "he": "him", "she": "her", "we": "us", "they": "them"}
_JUDGED = listed("important difficult easy necessary possible better good hard true impossible dangerous useful")
_WHEN_YOU_BE_WORDS = listed("may let that whether lest if whatever though god make")
_NOT_DO_WORDS = listed("i you we they he she it")
_NOT_DO_WORDS_2 = listed("if that does do did can could would should will may why is are")
_OBJECT_PRONOUN_WORDS = listed("be say think than as like but except")
_OBJECT_PRONOUN_WORDS_2 = listed("than as but before after since till until that like because except")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text)


def _when_you_be(tree: Tree, node: Node, text: str) -> Correction | None:
    """When you be successful."""
    if (
        node.lower != "be"
        or node.tag != "VB"
        or phrase.auxiliaries(node)
        or node.dep not in {"advcl", "relcl", "ROOT", "ccomp"}
    ):
        return None
    subject = phrase.subject(node)
    if (
        subject is None
        or subject.at != node.at - 1
        or (node.dep == "ccomp" and node.head.lemma not in {"think", "know", "say", "believe"})
    ):
        return None
    right = phrase.BE.get(subject.lower) or ("are" if subject.tag == "NNS" else None)
    if (
        right is None
        or tree.lower(subject.at - 1) in _WHEN_YOU_BE_WORDS
        or any(
            one.tag == "MD" or one.lower in {"do", "does", "did", "let", "suggest", "whether"}
            for one in tree.nodes[: subject.at][-8:]
        )
    ):
        return None
    return phrase.fix(node, node, right, "verb_form", f"After “{subject.lower}” say “{right}”.", text)


def _not_do(tree: Tree, node: Node, text: str) -> Correction | None:
    """They are not stop; I not know."""
    if node.lower != "not" or not node.whole:
        return None
    verb = tree.nodes[node.at + 1] if node.at + 1 < len(tree.nodes) else None
    before = tree.nodes[node.at - 1] if node.at else None
    if (
        verb is None
        or before is None
        or verb.tag not in {"VB", "VBP", "VBZ"}
        or verb.lemma not in model.words().verbs
        or verb.lemma in {"be", "need", "dare"}
    ):
        return None
    if (
        before.lower in {"am", "is", "are"}
        and before.dep in {"aux", "auxpass"}
        and before.head is verb
        and verb.lower == verb.lemma
    ):
        subject = phrase.subject(verb)
        if subject is None or subject.at != before.at - 1:
            return None
        do = "does" if before.lower == "is" else "do"
        return phrase.fix(before, before, do, "negation", f"Before “not {verb.lower}” say “{do}”.", text)
    if before.lower in _NOT_DO_WORDS and before.dep == "nsubj" and before.head is verb and not phrase.auxiliaries(verb):
        if before.at and tree.lower(before.at - 1) in _NOT_DO_WORDS_2:
            return None
        do = "does" if before.lower in {"he", "she", "it"} else "do"
        return phrase.fix(node, verb, f"{do} not {verb.lemma}", "negation", f"Say “{do} not {verb.lemma}”.", text)
    return None


def _object_pronoun(tree: Tree, node: Node, text: str) -> Correction | None:
    """It helps they; with he."""
    right = _OBJECT.get(node.lower)
    if right is None or node.dep not in {"dobj", "pobj", "dative"} or node.at == 0:
        return None
    if node.head.tag not in phrase.VERBS | {"IN", "TO"}:
        return None
    if (
        node.at + 1 < len(tree.nodes) and tree.tag(node.at + 1) in phrase.FINITE | {"VBG", "VBN", "CC", "POS"}
    ) or node.head.at != node.at - 1:
        return None
    if node.head.lemma in {"do", "have", "will", "can"}:
        return None  # "So do I", "What did he say?"
    if node.head.lemma in _OBJECT_PRONOUN_WORDS or node.head.lower in _OBJECT_PRONOUN_WORDS_2:
        return None
    if any(one.dep in {"relcl", "appos", "conj", "cc"} for one in node.rights) or (
        node.text.isupper() and node.text != "I"
    ):
        return None
    return phrase.fix(node, node, right, "agreement", f"As an object “{node.lower}” becomes “{right}”.", text)


def _missing_it(tree: Tree, node: Node, text: str) -> Correction | None:
    """Because is important; Is very difficult to…"""
    if node.lower not in {"is", "was"} or phrase.subject(node) is not None or node.child("expl", "csubj") is not None:
        return None
    before = tree.lower(node.at - 1)
    following = tree.nodes[node.at + 1] if node.at + 1 < len(tree.nodes) else None
    if following is None or any(one.text == "?" for one in tree.nodes):
        return None
    adjective = node.child("acomp")
    if before in {"because", "if", "although", "think", "when"} and tree.tag(node.at - 1) not in {"NN"}:
        if before in {"if", "think", "although", "when"} and (adjective is None or node.head.at > node.at):
            return None
        if (following.tag in {"JJ", "RB", "DT", "VBG"} and following.lower not in {"n't"}) or following.lower == "not":
            return phrase.fix(node, node, f"it {node.lower}", "missing_word", "The verb needs a subject: “it”.", text)
    if node.at or adjective is None or adjective.lower not in _JUDGED:
        return None
    clause = any(one.dep == "xcomp" or one.tag == "TO" for one in [*adjective.rights, *node.rights])
    if clause or tree.lower(adjective.at + 1) in {"to", "that", "for"}:
        return phrase.before(node, "it", "missing_word", "The verb needs a subject: “it”.", text)
    return None


def _there_no_verb(tree: Tree, node: Node, text: str) -> Correction | None:
    """There a lot of people."""
    if (
        node.lower not in {"there"}
        or node.at + 2 >= len(tree.nodes)
        or (node.at and tree.tag(node.at - 1) not in {"IN", "CC"})
    ):
        return None
    if tree.lower(node.at + 1) not in {"a", "many", "some", "no"} or any(
        one.tag in {"VBZ", "VBP", "VBD", "MD"} for one in tree.nodes[node.at :]
    ):
        return None
    if (
        tree.lower(node.at - 1) in {"and", "or", "in"}
        or (node.at + 1 < len(tree.nodes) and tree.lower(node.at + 2) in {"few"})
        or len(tree.nodes) < 5
    ):
        return None
    right = (
        "is" if tree.lower(node.at + 1) == "a" and tree.lower(node.at + 2) not in {"lot", "few", "number"} else "are"
    )
    return phrase.fix(
        node, node, f"{node.text} {right}", "missing_word", f"The sentence needs a verb: “there {right}”.", text
    )


def _allow_to(tree: Tree, node: Node, text: str) -> Correction | None:
    """It allows to do."""
    if (
        node.lemma not in {"allow", "enable", "permit"}
        or node.tag not in {"VBZ", "VBP", "VBD", "VB"}
        or tree.lower(node.at + 1) != "to"
    ):
        return None
    verb = tree.nodes[node.at + 2] if node.at + 2 < len(tree.nodes) else None
    if (
        verb is None
        or verb.tag != "VB"
        or node.at == 0
        or (
            phrase.auxiliaries(node)
            and any(one.lower in {"be", "is", "are", "was", "were", "been"} for one in phrase.auxiliaries(node))
        )
    ):
        return None
    if phrase.subject(node) is None:
        return None
    to = tree.nodes[node.at + 1]
    return phrase.before(to, "us", "missing_word", f"“{node.lemma}” needs to say whom it {node.lemma}s.", text)


RULES = (_when_you_be, _not_do, _object_pronoun, _missing_it, _there_no_verb, _allow_to)
