"""What a learner tells, clause by clause, as the tutor would say it back: “I went home” is “you went home”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from language import document
from language.lexicon.listed import listed
from language.tagging import reading
from language.tagging.reading import Node, Tree
from language.tutor import corrections, followups, sense, wording

Tense = Literal["past", "present", "future"]

_LONGEST = 2_000
"""Of a long message the beginning is remembered."""
_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "advcl", "parataxis"})
_VERBS = frozenset({"VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "MD"})
TIMES = listed(
    """
    yesterday today tomorrow tonight morning afternoon evening night week weekend month year day hour minute monday
    tuesday wednesday thursday friday saturday sunday january february march april june july august september october
    november december spring summer autumn winter ago now later soon recently always often usually sometimes never
    o'clock lunchtime midnight noon moment past future time childhood holiday birthday christmas
    """
)
_PLACES = listed("in at near on to from into around by behind opposite under")
_TAKES_TO = listed("like love want hope need prefer hate try plan decide")
_THERE = listed("here there home abroad upstairs downstairs outside inside everywhere")
_LEMMAS = {"di": "die", "li": "lie", "ti": "tie"}
_GREETING = re.compile(r"^\W*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day))\b(?: there)?[\s,!.]+)+", re.I)
_TWICE = re.compile(
    r"^(my (?:\w+ )?\w+),? (?:she|he|they|it) (?=(?:is|are|was|were|has|have|had|can|\w+s|\w+ed)\b)", re.I
)
_BECAUSE_OF = re.compile(r"\bbecause of [\w' -]+", re.I)
_DOUBTED = re.compile(r"^\W*(?:if|when|unless|imagine|suppose)\b", re.I)


@dataclass(frozen=True, slots=True)
class Telling:
    """One clause. `who` is “you”, “your sister” or a pronoun; `verb` the main verb in its dictionary form.

    `text` is the whole clause, `what` the object or what the subject is said to be, `places` and `times` the phrases
    that answer where and when, `company` “with …”, `reason` “because …”, `action` what follows “to” (“open a bakery”)
    and `doing` what follows as -ing. All are put as the tutor would say them to the learner.
    """

    who: str
    verb: str
    text: str
    tense: Tense
    negated: bool
    what: str = ""
    noun: str = ""
    places: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    company: str = ""
    reason: str = ""
    action: str = ""
    doing: str = ""
    others: tuple[str, ...] = ()
    plural: bool = False
    span: tuple[int, int] = (0, 0)

    @property
    def sentence(self) -> str:
        """What the learner told, as a sentence."""
        return self.text[:1].upper() + self.text[1:] + "."


@lru_cache(maxsize=1_024)
def of(text: str) -> tuple[Telling, ...]:
    """The statements of a message about the learner and the learner's world, its errors corrected."""
    right = _GREETING.sub("", corrections.corrected(text[:_LONGEST]))
    right = _TWICE.sub(r"\1 ", right)
    if not right or sense.of(right) != "english":
        return ()
    found: list[Telling] = []
    for tree in reading.read(document.parse(right), {}):
        whole = right[tree.nodes[0].start : tree.nodes[-1].end] if tree.nodes else ""
        if tree.nodes and not whole.rstrip().endswith("?") and not followups.SAYS_WHAT.match(whole):
            found += _of_tree(tree, whole)
    return tuple(found)


def _of_tree(tree: Tree, whole: str) -> Iterator[Telling]:
    doubted = bool(_DOUBTED.match(whole)) or " if " in f" {whole.lower()} "
    for node in tree.nodes:
        if node.tag in _VERBS and node.dep in _CLAUSES and not doubted:
            subject = _subject(node)
            if subject is not None and (one := _telling(node, subject)) is not None:
                yield one


def _subject(verb: Node) -> Node | None:
    """The subject of a verb, for “went home and slept” that of the first one."""
    seen = 0
    while seen < 4:
        own = verb.child("nsubj", "nsubjpass", "expl")
        if own is not None:
            return own
        if verb.dep != "conj" or verb.head is verb:
            return None
        verb, seen = verb.head, seen + 1
    return None


def _telling(verb: Node, subject: Node) -> Telling | None:
    who = wording.said(subject)
    if subject.tag in {"WDT", "WP", "EX"} or subject.lower in {"'s", "’s", "us"}:
        return None
    if len(who.split()) > 5 or "you" in _lowers(verb):
        return None
    if verb.dep == "advcl" and (mark := verb.child("mark")) is not None and mark.lower in {"if", "unless"}:
        return None
    text = wording.clause(verb, subject, who)
    if not text or len(text.split()) > wording.MOST_WORDS:
        text = wording.short(verb, subject, who)
    what = verb.child("dobj", "attr", "acomp", "oprd")
    preps = _phrases(verb, what)
    complement = verb.child("xcomp")
    if complement is not None and complement.tag == "VB" and not _has_to(complement) and verb.lemma in _TAKES_TO:
        text = text.replace(f" {complement.text}", f" to {complement.text}", 1)  # “I like play”
    return Telling(
        who=who,
        verb=_LEMMAS.get(verb.lemma, verb.lemma),
        text=text,
        tense=_tense(verb),
        negated=verb.child("neg") is not None or "never" in {one.lower for one in verb.children},
        what=wording.what(what) if what is not None else "",
        noun=what.lemma if what is not None else "",
        places=tuple(wording.said(one) for one in preps if _is_place(one))
        + tuple(one.lower for one in verb.children if one.lower in _THERE),
        times=tuple(dict.fromkeys((*_times(verb), *(wording.said(one) for one in preps if _dated(one))))),
        company=next((wording.said(one) for one in preps if one.lower == "with"), ""),
        reason=_reason(verb),
        action=wording.action(complement) if complement is not None and complement.tag == "VB" else "",
        doing=wording.said(complement) if complement is not None and complement.tag == "VBG" else "",
        others=tuple(
            wording.said(one) for one in preps if one.lower in {"as", "for", "about", "by"} and not _lasts(one)
        ),
        plural=what is not None and (what.tag in {"NNS", "NNPS"} or _conjoined(what)),
        span=(verb.first.start, verb.last.end),
    )


def _phrases(verb: Node, what: Node | None) -> list[Node]:
    """The phrases with a preposition that say more about the verb, wherever the parser hung them."""
    preps = [one for one in verb.children if one.dep == "prep"]
    if what is not None and what.dep == "dobj":  # the parser hangs “bought a bag in Rome” on the bag
        preps += [one for one in what.rights if one.dep == "prep" and one.lower != "of"]
    if what is not None and what.dep == "attr" and what.tag == "NNP":
        preps += [one for one in what.rights if one.lower == "from"]  # “I am Carlos from Mexico”
    timed = [one for one in verb.children if one.dep == "npadvmod"]
    preps += [one for role in (*preps, *timed) for one in _nested(role)]
    return preps


def _nested(role: Node) -> list[Node]:
    """“as a nurse in a hospital”: where, hangs on the nurse."""
    noun = role.child("pobj") if role.dep == "prep" and role.lower == "as" else role if role.dep != "prep" else None
    return [one for one in noun.rights if one.dep == "prep" and one.lower in _PLACES] if noun is not None else []


def _lowers(verb: Node) -> set[str]:
    return {one.lower for one in wording.under(verb)}


def _tense(verb: Node) -> Tense:
    aux = {one.lower for one in verb.children if one.dep in {"aux", "auxpass"}}
    if aux & {"will", "'ll", "wo", "shall"} or (verb.lower in {"going", "gon"} and verb.child("xcomp") is not None):
        return "future"
    lasting = any(one.lower in {"for", "since"} and _lasts(one) for one in verb.children)
    if (verb.tag == "VBG" and "been" in aux) or (aux & {"have", "'ve", "has"} and lasting):
        return "present"
    if verb.tag == "VBD" or aux & {"did", "was", "were", "had"} or "'ve" in aux or "have" in aux or "has" in aux:
        return "past"
    return "present"


def _is_place(prep: Node) -> bool:
    inside = prep.child("pobj")
    return prep.lower in _PLACES and inside is not None and not _is_time(inside)


def _is_time(node: Node) -> bool:
    named = node.lemma.lower() in TIMES or node.lower.removesuffix("s") in TIMES
    return named or (node.tag == "CD" and len(node.text) == 4) or ":" in node.text


def _times(verb: Node) -> Iterator[str]:
    for one in verb.children:
        inside = one.child("pobj") if one.dep == "prep" else None
        timed = one.dep in {"npadvmod", "advmod"} and any(part.lemma.lower() in TIMES for part in wording.under(one))
        if timed or (inside is not None and _is_time(inside)) or (one.lower in {"for", "since"} and _lasts(one)):
            yield wording.said(one)
    for one in verb.children:
        if one.dep == "advcl" and one.lefts and one.lefts[0].lower in {"when", "before", "after", "while"}:
            yield wording.said(one)
        elif one.dep in {"xcomp", "dobj"}:
            yield from (wording.said(child) for child in one.rights if child.dep in {"npadvmod"} and _is_time(child))


def _dated(prep: Node) -> bool:
    inside = prep.child("pobj")
    return inside is not None and _is_time(inside)


def _lasts(prep: Node) -> bool:
    inside = prep.child("pobj")
    return inside is not None and _is_time(inside)


def _reason(verb: Node) -> str:
    for one in verb.rights:
        mark = one.child("mark") if one.dep == "advcl" else None
        if mark is not None and mark.lower in {"because", "since", "as"}:
            subject = one.child("nsubj")
            return wording.were_inside(wording.said(one), subject)
    of = next((one for one in verb.children if one.lower == "because" and one.dep == "prep"), None)
    if of is not None:
        return wording.said(of)
    found = _BECAUSE_OF.search(wording.said(verb))
    return found.group() if found is not None else ""


def _has_to(node: Node) -> bool:
    return node.tag == "VB" and any(one.lower == "to" for one in node.lefts)


def _conjoined(node: Node) -> bool:
    return any(one.dep == "conj" for one in node.rights)
