# ruff: noqa: E501 - tables of words
"""The form of a verb after another: will go, to go, has gone, is going, by going."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging import lemmas, model
from language.tagging.reading import Node, Tree

KIND = "verb_form"
_BASE = "After “{}” comes the base form: “{}”."
_TO_BASE_AFTER = listed(
    """
    have has had want wants wanted need needs needed try tries tried like likes liked going able how
    decide decided hope hoped order easy hard difficult possible important necessary begin began start started plan
    planned learn learned agree agreed wish expect expected refuse refused continue
    """
)
_BY = listed("by without of for in about from at after before instead on")
_STATES = listed(
    "depend mean exist happen seem belong contain consist agree need want like love hate know believe cost appear "
    "include require disagree become help affect"
)
_ADJECTIVES = listed("open close complete clear clean live dry slow warm cool own free present correct welcome like used alike fit "
                     "firm light right wrong absent calm direct narrow perfect sure busy mean separate total tame "
                     "even sound lean blind dirty blunt better best worse well long short subject due ready")  # fmt: skip
_AFTER_TO_WORDS = listed("is has was does had did were")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text, phrase.without_names(tree))


def _next_verb(tree: Tree, at: int) -> Node | None:
    """The word after it, past "not" and adverbs."""
    at += 1
    while at < len(tree.nodes) and (
        tree.nodes[at].dep == "neg"
        or (tree.tag(at) == "RB" and tree.lower(at).endswith(("ly", "so", "also", "always", "never", "just", "not")))
    ):
        at += 1
    return tree.nodes[at] if at < len(tree.nodes) else None


def _after_modal(tree: Tree, node: Node, text: str) -> Correction | None:
    """Will causes, could began, must went."""
    if node.tag != "MD" or node.at == 0 or tree.lower(node.at + 1) == "needs" or node.lower in {"'d", "need", "dare"}:
        return None
    verb = _next_verb(tree, node.at)
    if verb is None or node.head is not verb or verb.tag not in {"VBZ", "VBD", "VBN"} or verb.lemma == verb.lower:
        return None
    if verb.lemma not in model.words().verbs or tree.tag(node.at - 1) in {"DT", "PRP$", "POS", "JJ"}:
        return None
    return phrase.fix(verb, verb, verb.lemma, KIND, _BASE.format(_whole(node), verb.lemma), text)


def _whole(node: Node) -> str:
    return {"ca": "can", "wo": "will", "'ll": "will"}.get(node.lower, node.lower)


def _after_do(tree: Tree, node: Node, text: str) -> Correction | None:
    """Does he likes, didn't went."""
    if node.lower not in {"do", "does", "did"} or node.dep != "aux":
        return None
    verb = node.head
    if verb.tag not in {"VBZ", "VBD", "VBN"} or verb.at < node.at or verb.lemma == verb.lower:
        return None
    if tree.lower(node.at + 1) == "so":
        return None  # "to do so burdened by all that"
    if tree.tag(node.at + 1) == "PRP" and tree.tag(node.at - 1) in {"PRP", "RB"}:
        return None  # "when he did he had to wait"
    if any(one.text in {'"', "“", "”", "!", "?", ":"} for one in tree.nodes[node.at : verb.at]):
        return None
    if verb.tag == "VBZ" and tree.tag(verb.at + 1) == "VB":
        return None  # "How do microwaves work?"
    if _of_a_clause(tree, node.at, verb.at):
        return None  # "Does the shop your sister works in open?"
    if verb.lemma == "be":
        return None  # "who does this kind of work is good enough"
    if verb.tag == "VBN" and tree.tag(verb.at - 1) not in {"PRP", "RB"}:
        return None  # "Does the thing called…"
    if len(phrase.auxiliaries(verb)) > 1 or verb.lemma not in model.words().verbs:
        return None
    return phrase.fix(verb, verb, verb.lemma, KIND, _BASE.format(node.lower, verb.lemma), text)


def _of_a_clause(tree: Tree, first: int, verb: int) -> bool:
    """Whether the verb there belongs to a clause without “that”, and the verb of the question comes after it."""
    joined = any(
        tree.tag(at) in {"NN", "NNS", "NNP", "PRP"} and tree.tag(at + 1) in {"DT", "PRP$", "PRP", "NNP"}
        for at in range(first + 1, verb - 1)
    )
    return joined and any(
        node.tag in {"VB", "VBP", "JJ"} and node.lower == node.lemma and node.lemma in model.words().verbs
        for node in tree.nodes[verb + 1 :]
    )


def _after_to(tree: Tree, node: Node, text: str) -> Correction | None:
    """To reduced, to goes."""
    if node.lower != "to" or node.at + 1 >= len(tree.nodes):
        return None
    verb = tree.nodes[node.at + 1]
    if verb.lemma == verb.lower or verb.lemma not in model.words().verbs or verb.text[0].isupper():
        return None
    if verb.lower in _AFTER_TO_WORDS:
        return None
    certain = tree.lower(node.at - 1) in _TO_BASE_AFTER and verb.tag in {"VBD", "VBN", "VBZ"}
    if not certain and verb.tag == "VBN" and tree.tag(verb.at + 1) in {"NN", "NNS", "JJ"}:
        return None  # "pertains to terminated employees"
    taught = node.tag == "TO" and node.head is verb and verb.tag in {"VBZ", "VBD", "VBN"}
    if not (certain or taught) or (tree.tag(verb.at + 1) in {"NN", "NNS", "NNP"} and not taught):
        return None
    return phrase.fix(verb, verb, verb.lemma, KIND, _BASE.format("to", verb.lemma), text)


def _after_have(tree: Tree, node: Node, text: str) -> Correction | None:
    """Have leave, had listen."""
    if tree.lower(node.at + 1) == "cause" and tree.lower(node.at + 2) == "to":
        return None  # "they have cause to tremble"
    if node.lemma != "have" or node.dep != "aux" or node.lower == "having":
        return None
    verb = node.head
    if (
        verb.tag not in {"VB", "VBP"}
        or verb.at != node.at + 1
        or len([one for one in phrase.auxiliaries(verb) if one.at > node.at])
    ):
        return None
    right = lemmas.participle(verb.lemma)
    if (
        verb.lemma not in model.words().verbs
        or right == verb.lower
        or tree.lower(node.at + 1) in {"better", "to", "best"}
    ):
        return None
    return phrase.fix(verb, verb, right, KIND, f"After “{node.lower}” comes the participle: “{right}”.", text)


def _after_be(tree: Tree, node: Node, text: str) -> Correction | None:
    """Is generate by, are make, it is depends."""
    if node.lemma != "be" or node.dep not in {"aux", "auxpass"}:
        return None
    verb = node.head
    if verb.at <= node.at or verb.lower in _ADJECTIVES or verb.lemma not in model.words().verbs:
        return None
    if (
        verb.tag in {"VBZ", "VBP", "VB"}
        and verb.lemma in _STATES
        and node.whole
        and node.tag in {"VBZ", "VBP"}
        and node.at == verb.at - 1
    ):
        subject = phrase.subject(verb)
        if subject is not None and subject.at == node.at - 1:
            right = lemmas.third(verb.lemma) if node.lower == "is" else verb.lemma
            return phrase.fix(node, verb, right, KIND, f"Here “{right}” stands alone, without “{node.lower}”.", text)
    if verb.tag not in {"VB", "VBP"} or verb.lower != verb.lemma or _next_verb(tree, node.at) is not verb:
        return None
    if verb.child("neg") is not None:
        return None
    subject = phrase.subject(verb)
    if subject is None or subject.lower in {"what", "all"} or tree.lower(node.at - 1) == ",":
        return None
    active = verb.child("dobj") is not None and verb.child("agent") is None
    right = lemmas.ing(verb.lemma) if active else lemmas.participle(verb.lemma)
    if right == verb.lower:
        return None
    return phrase.fix(verb, verb, right, KIND, f"After “{_whole(node)}” say “{right}”.", text)


def _awaits(tree: Tree, at: int) -> bool:
    """Whether a “do” before that place still waits for its base form."""
    there = next((one.at for one in reversed(tree.nodes[:at]) if one.lower in {"do", "does", "did"}), None)
    return there is not None and not any(one.tag == "VB" for one in tree.nodes[there + 1 : at])


def _after_preposition(tree: Tree, node: Node, text: str) -> Correction | None:
    """By move, without say."""
    if node.lower not in _BY or node.tag != "IN" or node.at + 1 >= len(tree.nodes):
        return None
    verb = tree.nodes[node.at + 1]
    if verb.tag not in {"VB", "VBP"} or verb.lower != verb.lemma:
        return None
    if verb.lemma not in model.words().verbs or (verb.head is not node and verb.dep not in {"pcomp", "pobj"}):
        return None
    if verb.lower == "thank" and tree.lower(verb.at + 1) == "you":
        return None
    if tree.tag(node.at - 1) in {"VBZ", "VBP", "VBD"} and _awaits(tree, node.at):
        return None  # "Did the film everyone talks about win?"
    if node.lower in {"for", "in", "of", "on", "about", "without"} and often(f"{node.lower} {verb.lower}") > 2:
        return None
    right = lemmas.ing(verb.lemma)
    return phrase.fix(verb, verb, right, KIND, f"After “{node.lower}” comes the form in -ing: “{right}”.", text)


RULES = (_after_modal, _after_do, _after_to, _after_have, _after_be, _after_preposition)
