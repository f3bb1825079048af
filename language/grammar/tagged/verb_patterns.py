# ruff: noqa: E501 - tables of words
"""What a verb, an adjective or a noun takes after it: doing, to do or do."""

from collections.abc import Iterator

from language.correction import Correction
from language.grammar.tagged import phrase
from language.lexicon.listed import listed
from language.sequences import often
from language.tagging import lemmas, model
from language.tagging.reading import Node, Tree

KIND = "verb_form"
DOING = listed(
    "enjoy avoid finish suggest keep practise practice deny admit dislike imagine consider quit recommend mind miss resist"
)
TO_DO = listed(
    "want decide hope expect plan agree refuse promise learn afford offer manage wish pretend fail tend choose "
    "hesitate determine seem prepare attempt aim demand"
)
DO = listed("let make")
OBJECT_TO_DO = listed(
    "want tell ask advise allow enable encourage force teach persuade order invite expect permit cause require motivate convince warn"
)
TO_DO_AFTER = listed(
    "ability decision desire tendency attempt willingness inability willing able unable ready likely eager"
)
TO_DOING = listed("forward committed addicted dedicated devoted")
TIME = listed("time hour day week month year money minute life energy")
_PERSONAL = listed("me him us them you her it")
_DOING_WORDS = listed("practice miss mind keep quit recommend suggest finish consider admit")
_TO_DO_WORDS = listed("fail learn plan tend choose prepare manage afford seem promise offer demand")
_TO_DO_WORDS_2 = listed("i you he she we they people")
_TO_DOING_WORDS = listed("is are am was were be been 'm 're")
_ABLE_WORDS = listed("is are am was were be not 'm 're")


def find(tree: Tree, text: str) -> Iterator[Correction]:
    """Corrections by the rules of this module over one sentence."""
    return phrase.over(RULES, tree, text, phrase.without_names(tree))


def _doing(tree: Tree, node: Node, text: str) -> Correction | None:
    """Enjoy to play."""
    if node.tag not in phrase.VERBS or node.lemma not in DOING or tree.lower(node.at + 1) != "to":
        return None
    if node.lemma in {"keep", "miss"} and node.dep == "relcl":
        return None  # "a dog which they keep to play with"
    verb = tree.node(node.at + 2)
    if verb is None or verb.tag != "VB" or (phrase.finite(node) is not node and node.child("auxpass")):
        return None
    if node.lemma in _DOING_WORDS and often(f"{node.lower} to") > 20:
        return None
    if node.tag == "VBN" and node.lemma in {"consider", "suggest", "recommend", "mean", "finish"}:
        return None
    to = tree.nodes[node.at + 1]
    right = lemmas.ing(verb.lemma)
    return phrase.fix(to, verb, right, KIND, f"After “{node.lemma}” comes the form in -ing: “{right}”.", text)


def _to_do(tree: Tree, node: Node, text: str) -> Correction | None:
    """Decide going; want go."""
    if node.tag not in phrase.VERBS or node.lemma not in TO_DO or node.tag == "VBG":
        return None
    verb = tree.node(node.at + 1)
    if verb is None or verb.head is not node or verb.dep not in {"xcomp", "ccomp"} or verb.child("nsubj") is not None:
        return None
    subject = phrase.subject(node)
    if verb.tag == "VBG" and (subject is None or subject.lower not in _TO_DO_WORDS_2):
        return None
    if verb.tag == "VBG" and node.lemma not in _TO_DO_WORDS:
        return phrase.fix(
            verb, verb, f"to {verb.lemma}", KIND, f"After “{node.lemma}” comes “to”: “to {verb.lemma}”.", text
        )
    if (
        verb.tag in {"VB", "VBP"}
        and verb.lower == verb.lemma
        and verb.lemma in model.words().verbs
        and often(f"{node.lower} {verb.lower}") < 3
    ):
        return phrase.before(verb, "to", KIND, f"After “{node.lemma}” comes “to”: “to {verb.lemma}”.", text)
    return None


def _do(tree: Tree, node: Node, text: str) -> Correction | None:
    """Make me to cry; let him going."""
    if node.tag not in phrase.VERBS or node.lemma not in DO or node.tag == "VBN" or node.child("auxpass"):
        return None
    person = tree.node(node.at + 1)
    if person is None or not (person.lower in _PERSONAL or person.lower in {"people", "children", "students"}):
        return None
    to = tree.node(person.at + 1)
    verb = tree.node(person.at + 2)
    if (
        to is not None
        and to.lower == "to"
        and verb is not None
        and verb.tag == "VB"
        and verb.lower == verb.lemma
        and (verb.head is node or person.lower in _PERSONAL - {"it", "her"})
    ):
        if person.lower == "it" or tree.lower(node.at - 1) in {"up", "it"}:
            return None
        return phrase.fix(to, verb, verb.lower, KIND, f"After “{node.lemma}” comes the verb without “to”.", text)
    if to is not None and to.tag == "VBG" and to.head is node and node.lemma == "let":
        return phrase.fix(to, to, to.lemma, KIND, f"After “{node.lemma}” comes the base form: “{to.lemma}”.", text)
    if (
        to is not None
        and to.tag in {"VBZ"}
        and to.lemma != to.lower
        and to.head is node
        and to.lemma in model.words().verbs
        and to.dep in {"ccomp", "xcomp"}
    ):
        return phrase.fix(to, to, to.lemma, KIND, f"After “{node.lemma}” comes the base form: “{to.lemma}”.", text)
    return None


def _object_to_do(tree: Tree, node: Node, text: str) -> Correction | None:
    """Allow people do; want him going."""
    if node.tag not in phrase.VERBS or node.lemma not in OBJECT_TO_DO or node.tag == "VBN" or node.child("auxpass"):
        return None
    verb = next((one for one in node.rights if one.dep in {"ccomp", "xcomp"} and one.tag in {"VB", "VBP"}), None)
    if (
        verb is None
        or phrase.auxiliaries(verb)
        or verb.lower != verb.lemma
        or any(one.dep in {"mark", "advmod"} for one in verb.lefts)
    ):
        return None
    person = verb.child("nsubj") or node.child("dobj")
    if (
        person is None
        or person.at != verb.at - 1
        or person.first.at != node.at + 1
        or person.lower not in _PERSONAL | {"people", "children", "students"}
    ):
        return None
    if (
        person.lower == "it"
        or (person.lower == "you" and node.lemma in {"tell", "expect"})
        or (
            node.lemma in {"require", "ask", "warn", "order", "teach"}
            and person.lower not in {"me", "him", "us", "them"}
        )
    ):
        return None
    return phrase.before(verb, "to", KIND, f"After “{node.lemma} {person.lower}” comes “to”.", text)


def _time_doing(tree: Tree, node: Node, text: str) -> Correction | None:
    """Spend time to study; have difficulty to find."""
    if (
        node.lower not in TIME | {"difficulty", "difficulties", "trouble", "fun"} and node.lemma not in TIME
    ) or tree.lower(node.at + 1) != "to":
        return None
    verb, owner = tree.node(node.at + 2), node.head
    if verb is None or verb.tag != "VB" or node.dep != "dobj" or owner.tag not in phrase.VERBS or owner.tag == "VBN":
        return None
    spends = owner.lemma in {"spend", "waste"} and node.lemma in TIME
    if not spends and not (owner.lemma == "have" and node.lemma in {"difficulty", "trouble"}):
        return None
    if node.lemma == "money":
        return None  # "He spent money to help them."
    right = lemmas.ing(verb.lemma)
    return phrase.fix(
        tree.nodes[node.at + 1],
        verb,
        right,
        KIND,
        f"After “{owner.lemma} {node.lower}” comes the form in -ing: “{right}”.",
        text,
    )


def _of_doing(tree: Tree, node: Node, text: str) -> Correction | None:
    """The ability of doing; the habit to smoke."""
    of, verb = tree.node(node.at + 1), tree.node(node.at + 2)
    if of is None or verb is None:
        return None
    if (
        node.lemma in TO_DO_AFTER
        and of.lower in {"of", "for"}
        and verb.tag == "VBG"
        and verb.lemma in model.words().verbs
        and verb.dep == "pcomp"
    ):
        return phrase.fix(
            of, verb, f"to {verb.lemma}", KIND, f"After “{node.lower}” comes “to”: “to {verb.lemma}”.", text
        )
    if (
        node.lemma in {"habit", "possibility", "risk", "danger", "disadvantage"}
        and node.tag == "NN"
        and of.lower == "to"
        and verb.tag == "VB"
        and verb.head is node
        and often(f"{node.lower} to {verb.lower}") < 1
    ):
        if node.dep not in {"nsubj", "attr", "dobj", "pobj"} or (node.head.lemma in {"be"} and node.dep == "nsubj"):
            return None
        right = lemmas.ing(verb.lemma)
        return phrase.fix(of, verb, f"of {right}", KIND, f"Say “{node.lower} of {right}”.", text)
    return None


def _to_doing(tree: Tree, node: Node, text: str) -> Correction | None:
    """Look forward to see."""
    if node.lower not in TO_DOING or tree.lower(node.at + 1) != "to":
        return None
    verb = tree.node(node.at + 2)
    if (
        verb is None
        or verb.tag not in {"VB", "VBP"}
        or verb.lower != verb.lemma
        or verb.lemma not in model.words().verbs
    ):
        return None
    if node.lower == "forward" and not any(one.lemma == "look" for one in tree.nodes[max(0, node.at - 3) : node.at]):
        return None
    if node.lower in {"committed", "devoted", "dedicated"} and (
        tree.lower(node.at - 1) not in _TO_DOING_WORDS or verb.lower in {"play", "work", "study", "research", "rest"}
    ):
        return None
    right = lemmas.ing(verb.lemma)
    return phrase.fix(verb, verb, right, KIND, f"After “{node.lower} to” comes the form in -ing: “{right}”.", text)


def _able(tree: Tree, node: Node, text: str) -> Correction | None:
    """Can able to; able do."""
    if node.lower != "able":
        return None
    if tree.tag(node.at - 1) == "MD":
        modal = tree.nodes[node.at - 1]
        return phrase.fix(modal, node, f"{modal.lower} be able", KIND, f"Say “{modal.lower} be able to”.", text)
    verb = tree.node(node.at + 1)
    if (
        verb is not None
        and verb.tag in {"VB", "VBP"}
        and verb.lower == verb.lemma
        and tree.lower(node.at - 1) in _ABLE_WORDS
    ):
        return phrase.before(verb, "to", KIND, "After “able” comes “to”.", text)
    return None


RULES = (_doing, _to_do, _do, _object_to_do, _time_doing, _of_doing, _to_doing, _able)
