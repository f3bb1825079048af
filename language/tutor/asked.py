"""Any question about oneself, answered by a statement with its verb and subject: “When did I go to Rome?”"""

import re
from collections.abc import Callable, Iterator, Sequence

from language import document, tokens
from language.lexicon import words
from language.lexicon.listed import listed
from language.tagging import reading
from language.tagging.reading import Node
from language.tutor import memory, telling, wording
from language.tutor.memory import Memory
from language.tutor.telling import Telling

Rule = Callable[[Telling], bool]

_LIKE = listed("like love enjoy adore prefer")
_TELL = re.compile(r"\b(?:mean|say|spell|pronounce|write|call|use|translate|learn|improve|correct)\b", re.I)
_PERSONAL = listed("live work study have like love prefer be marry come play drink eat speak")
_JUDGED = listed("right wrong correct clear good ok okay late ready sure bad stupid")
_LANGUAGE = listed(
    "sentence english pronunciation grammar answer accent text writing spelling mistake mistakes level score"
)
_BACK = {"i": "you", "am": "are", "my": "your", "me": "you", "was": "were", "'m": "'re", "we": "you", "our": "your"}
_YES_NO = listed("do did does am is are was were have has")
_ALWAYS = {"start": {"work"}, "finish": {"work"}}
_MODALS = listed("can could should would will must may might shall need")


def answer(sentence: str, known: Memory) -> str | None:
    """Any other question whose verb and subject were told: “When did I go to Rome?”, “Do I have a dog?”"""
    trees = reading.read(document.parse(sentence), {})
    root = (
        next((node for node in trees[-1].nodes if node.head is node and node.tag[:1] in "VM"), None) if trees else None
    )
    subject = root.child("nsubj") if root is not None else None
    if subject is not None and root is not None and subject.lower in {"who", "what"} and root.lemma == "be":
        subject = root.child("attr") or subject
    if root is None or subject is None or any(one.lower in _MODALS and one.dep == "aux" for one in root.children):
        return None
    who = wording.said(subject)
    key = known.person(who) or memory.key_of(_resolved(who, known))
    lows = [node.lower for node in trees[-1].nodes]
    told = [one for one in known.about(key) if one.text and _same_verb(one, root, lows)]
    if not told and subject.tag.startswith("NN"):
        told = [
            one
            for one in known.told
            if one.text and subject.lower in one.who.lower().split() and _same_verb(one, root, lows)
        ]
    if root.lemma == "be" and who.startswith("your ") and not told:
        told = [one for one in known.told if _spelt(one.who) == _spelt(who)]
    if lows[:2] == ["how", "many"] and (counted := _counted(lows[2:3], known)):
        return counted
    asked = _wanted(lows)
    objects = set(_content(trees[-1].nodes)) - {key, "kind", "time"} - _ALWAYS.get(root.lemma, set())
    when = {node.lemma for node in trees[-1].nodes if node.lemma in telling.TIMES}
    told = [one for one in told if not when or any(word in time.lower() for word in when for time in one.times)]
    scored = [(len(objects & set(_lemmas(one))), -at, one) for at, one in enumerate(told) if asked(one)]
    if scored:
        best = max(scored, key=lambda one: one[:2])
        plain = not objects and lows[0] not in _YES_NO
        if best[0] or plain or (lows[0] in {"what", "which"} and len(objects) <= 1):
            return _worded(best[2], lows)
    return _unknown(root, subject, trees[-1].nodes)


def _unknown(root: Node, subject: Node, nodes: Sequence[Node]) -> str | None:
    """Ask the learner's question back when only the learner can know the answer."""
    lows = [node.lower for node in nodes]
    past = any(one.lower in {"did", "was", "were"} for one in (root, *root.children))
    what = root.child("acomp", "attr", "dobj")
    mine = subject.lower == "i" or any(one.lower == "my" for one in subject.children)
    if not mine or root.child("xcomp") is not None or not (past or root.lemma in _PERSONAL):
        return None
    if (what is not None and what.lower in _JUDGED) or subject.lower in _LANGUAGE or _TELL.search(" ".join(lows)):
        return None
    if lows[0] == "how" and not (len(lows) > 1 and lows[1] in {"many", "long", "often", "old"}):
        return None
    back = " ".join(
        _BACK.get(node.lower) or (node.text if node.tag.startswith("NNP") else node.lower)
        for node in nodes
        if node.lower[0].isalnum() or node.lower[0] == "'"
    )
    back = re.sub(r" (?='|n't)", "", back)
    return f"You haven't told me that yet. {back[:1].upper()}{back[1:]}?"


def _spelt(who: str) -> str:
    return who.replace("favour", "favor").replace("colour", "color")


def _counted(nouns: list[str], known: Memory) -> str:
    """“How many sisters do I have?” from “with my two sisters”."""
    for one in reversed(known.told):
        for noun in nouns:
            found = re.search(rf"\byour (\w+) (?:\w+ )?{re.escape(noun)}\b", one.text)
            if found is not None and (found.group(1) in words.NUMBERS or found.group(1).isdigit()):
                return f"You have {found.group(1)} {noun}."
    return ""


def _content(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if node.tag in {"NN", "NNS", "NNP", "JJ", "VBN"} and node.lower not in _YES_NO:
            yield node.lemma.lower()


def _resolved(who: str, known: Memory) -> str:
    if who not in {"he", "she", "they", "it"}:
        return who
    return next((one.who for one in reversed(known.told) if one.who.startswith("your ")), who)


def _same_verb(one: Telling, root: Node, lows: list[str]) -> bool:
    if one.verb == root.lemma or (one.verb in _LIKE and root.lemma in _LIKE):
        return True
    return root.lemma == "be" and one.verb in {"go", "live", "visit", "travel"} and "where" in lows


def _wanted(lows: list[str]) -> Rule:
    """What a statement needs to answer the question."""
    first = lows[0]
    if first == "where":
        return lambda one: bool(one.places)
    if first == "when":
        return lambda one: bool(one.times)
    if first == "why":
        return lambda one: bool(one.reason)
    if first in {"who", "whom"}:
        return lambda one: bool(one.company or one.what)
    if first == "how" and len(lows) > 1 and lows[1] in {"many", "much"}:
        return lambda one: bool(one.what)
    if first == "how":
        return lambda one: bool(one.times) if len(lows) > 1 and lows[1] in {"long", "often"} else False
    if first in {"what", "which"}:
        return lambda one: bool(one.what or one.doing or one.action or one.others)
    return lambda one: bool(one.what or one.places)


def _lemmas(one: Telling) -> list[str]:
    found = tokens.letters(one.text)
    return [*found, *(word.removesuffix("s") for word in found), one.noun]


def _worded(one: Telling, lows: list[str]) -> str:
    if lows[0] == "why":
        return one.reason[:1].upper() + one.reason[1:] + "."
    if lows[0] in _YES_NO:
        return f"{'No' if one.negated else 'Yes'}, {one.text}."
    return one.sentence
