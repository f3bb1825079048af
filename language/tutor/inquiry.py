"""The learner's own questions in a scene: what they ask (price, time, place, …), of which thing, and what the part answers.

What the tables do not know is invented from the thing's name when the place can have it (`wares`), so that the same
question has the same answer later.
"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from language import document
from language.lexicon.listed import listed
from language.tagging import lemmas, reading
from language.tutor import improvise, officefacts, scenefacts, turns, wares

_COLOURS = "blue|red|green|black|white|brown|grey|gray|yellow|pink|orange|purple"
_CLOCK = r"(?:half past |quarter (?:past|to) )?(?:\d{1,2}(?:[:.]\d\d)?|four|five|six|seven|eight|nine|ten|eleven)\b"
_DAYS = "monday|tuesday|wednesday|thursday|friday"
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        ("why", r"\bwhy\b|\bhow come\b"),
        ("meals", r"\b(?:before|after) (?:or \w+ )?(?:the |my )?(?:meals?|food|eating|i eat)\b"),
        ("clock", rf"\bat {_CLOCK}"),
        ("floor", r"\bfloor\b"),
        ("near", r"\b(?:near|nearby|around here|around the hotel|close to|close by|in the area|outside)\b"),
        ("late", r"\blater?\b|\blonger\b"),
        ("opens", r"\b(?:is|are) (?:it|they|the \w+) (?:also )?(?:open|closed)\b|\bopen (?:today|now|on|at)\b"),
        ("colour", rf"\b(?:{_COLOURS})\b"),
        ("colours", r"\bcolou?rs?\b"),
        ("size", r"\bsize (?:\d+|xs|s|m|l|xl|small|medium|large)\b"),
        ("sizes", r"\bsizes?\b"),
        ("spicy", r"\b(?:spicy|hot)\b"),
        ("fresh", r"\b(?:fresh|home-?made)\b"),
        ("far", r"\bfar\b|\bhow many (?:kilometres|kilometers|metres|meters|miles)\b"),
        ("side", r"\bleft or right\b|\bright or left\b|\b(?:which|what) side\b"),
        ("often", r"\bhow often\b|\bhow many times\b"),
        ("big", r"\bbig\b|\bhow large\b"),
        ("help", r"\b(?:can|could|will|would) (?:you|somebody|someone|anybody|anyone)\b.*\b(?:help|carry|take)\b"),
        ("long", r"\bhow long\b|\bhow many (?:minutes|hours|days|weeks|months)\b|\bhow much time\b|\btakes? (?:it )?long\b"),
        ("price", r"\bhow much\b(?! (?:time|longer))|\bprices?\b|\bcosts?\b|\bfees?\b|\bexpensive\b|\bcharges?\b|\bhow many (?:pounds|euros|dollars)\b|\bfor free\b|\b(?:is|are) (?:it|they|the \w+|this|that) free\b"),
        ("time", r"\bwhen\b|\b(?:what|which) (?:time|day|hour)\b|\bhow late\b|\buntil when\b"),
        ("where", r"\bwhere\b|\bhow (?:can|do|could) (?:i|we) (?:get|come|go) (?:to|there)\b|\bhow to (?:get|go)\b"),
        ("who", r"\bwhom?\b|\bwhose\b"),
        ("rec", r"\brecommend\w*|\bsuggest\w*|\bwould you (?:choose|take|buy|order|prefer)\b|\bwhich (?:one )?(?:is|are) (?:better|best|the best)\b|\bwhat(?: is|'s|’s) (?:good|best|the best)\b|\badvi[cs]e\b|\bshould (?:i|we) (?:take|choose|order|buy)\b"),
        ("which", r"\bwhich\b|\bwhat (?:kinds?|sorts?|types?)\b|\bwhat(?: other)? (?!time\b|day\b|hour\b|colou?r\b|floor\b|size\b)\w+ (?:do|are|is|have|can)\b|\bwhat (?:do )?you have\b"),
        ("what", r"\bwhat(?: is|'s|’s| are| does)\b"),
        ("many", r"\bhow many\b"),
        ("may", r"\b(?:can|could|may|might) (?:i|we|he|she|they|my)\b|\b(?:allowed|permitted|possible)\b"),
        ("have", r"\b(?:is|are) there\b|\bthere (?:is|are)\b|\b(?:do|have|did) you (?:also |still )?(?:have|got|sell|serve|offer)\b|\byou have\b|\bhave you got\b"),
    )
)  # fmt: skip
"""Kinds of question, the special ones first; a question may be of several."""
_FILLS = (
    ("{c}", re.compile(rf"\b({_COLOURS})\b", re.I)),
    ("{n}", re.compile(r"\bsize (\w+)", re.I)),
    ("{t}", re.compile(rf"\bat ({_CLOCK})", re.I)),
    ("{d}", re.compile(rf"\b({_DAYS})\b", re.I)),
)
_WANTS_TO_KNOW = re.compile(
    r"\bi (?:only |just |also |still )*(?:ask(?:ed)?|want(?:ed)? to (?:know|ask)|(?:would|['’]d) like to (?:know|ask)|need(?:ed)? to know|wonder(?:ed)?)\b(?! for)|\bmy question (?:is|was)\b|\btell me (?:how|what|when|where|who|which|why|if|about)\b"
    r"|\bi(?:['’]d| would)? (?:only |just |also |still )*(?:need|like|want) (?:the|an?|your|some) (?:\w+ ){0,2}(?:numbers?|address|map|taxi|receipt|invoice|vouchers?|sick note|prescription|towels?|pillows?|blankets?)\b|\b(?:the|your|a) phone number\b.*\bplease\b|\b(?:the|my) keys?,? please\b",
    re.I,
)
_SPLIT = re.compile(
    r",? (?:and|or) (?=(?:also )?(?:what|where|when|how|who|why|which|is there|are there|can|could|do you|at what)\b)",
    re.I,
)
_WITHIN = re.compile(r"\bin (?:the|my|our|your|this|that|these|those|it|them)\b", re.I)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|this|that|these|those|one|there)\b", re.I)
_OF_LANGUAGE = re.compile(r"\b(?:correct|word|mean|means|english|sentence|grammar|say|mistakes?)\b|[\"“”]", re.I)
_NO_THING = listed(
    """
    time times day days question questions problem problems moment minute minutes hour hours week weeks idea thing things
    please sir madam doctor kind sort type people person name way price cost lot bit today tomorrow tonight morning evening
    afternoon night help thanks year years month months number something anything somebody anybody everything possibility
    hotel size sizes colour color blue red green black white brown grey gray yellow pink orange purple
    difference brother sister brothers sisters children husband wife friend friends hobby hobbies family experience
    """
)
_RANGES = {"restaurant": (4, 14), "hotel": (6, 24), "shopping": (9, 40), "school": (8, 30), "directions": (2, 9)}
_PLACES = {
    "hotel": "on the ground floor, next to the reception", "shopping": "on the first floor, next to the lift", "school": "on the ground floor, on the left",
    "restaurant": "at the back, on the left", "directions": "in the second street on the right", "job_interview": "on the ground floor, next to the canteen",
    "travel_trouble": "over there, next to door two",
}  # fmt: skip
_NEARBY = frozenset({"hotel", "directions"})
_NEAREST = {"opens": "time", "late": "time", "far": "long"}
"""Kinds that another answers as well."""
_MOST = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A thing of a scene, and what is said of it by kind of question; `own` is what the scene is about."""

    thing: re.Pattern[str]
    own: bool
    lines: dict[str, str]


@cache
def facts(scene: str) -> tuple[Fact, ...]:
    """What the part knows in this scene; empty for a scene without a table."""
    table = {**scenefacts.TABLE, **officefacts.TABLE}.get(scene, "")
    return tuple(_fact(line) for line in table.strip().splitlines())


def _fact(line: str) -> Fact:
    things, _, rest = line.partition(" > ")
    named = things.removeprefix("@").removeprefix("|")
    lines = dict(one.strip().split(": ", 1) for one in rest.split(" | "))
    return Fact(re.compile(rf"\b(?:{named})(?!\w)" if named else r"(?!)", re.I), things.startswith("@"), lines)


def asked(text: str) -> list[str]:
    """The sentences of a message that ask something within the scene."""
    return [
        one
        for one in turns.sentences(text)
        if (improvise.asks(one) or _WANTS_TO_KNOW.search(one)) and not is_of_language(one)
    ]


def answers(scene: str, text: str, before: Sequence[str]) -> list[str]:
    """What the part answers to each question of a message, each once; empty when it asks nothing that the part knows.

    `before` is what was said in the scene so far by both, the last first: what “it” is.
    """
    found: list[str] = []
    for sentence in asked(text):
        context = [one for one in turns.sentences(text) if one != sentence] + list(before)
        for clause in _SPLIT.split(sentence):
            line = _answer(scene, clause, context)
            if line is not None and line not in found:
                found.append(line)
    return found[:_MOST]


def is_of_language(text: str) -> bool:
    """Whether a sentence is about words, not about what they are said of."""
    return _OF_LANGUAGE.search(text) is not None


def names(scene: str, text: str) -> bool:
    """Whether the questions of a message name a thing that the part knows."""
    return any(not one.own and one.thing.search(sentence) for sentence in asked(text) for one in facts(scene))


def kinds(question: str) -> list[str]:
    """The kinds that a question may be of, the most special first."""
    return [kind for kind, pattern in KINDS if pattern.search(question)]


def _answer(scene: str, clause: str, context: Sequence[str]) -> str | None:
    known, wanted = facts(scene), kinds(clause)
    named = [one for one in known if not one.own and one.thing.search(clause)]
    if "have" in wanted and (within := _WITHIN.search(clause)) is not None:
        first = [one for one in named if one.thing.search(clause[: within.start()])]
        if not first:  # what is in a thing is asked for, not the thing
            return None if within[0].lower() == "in my" else _line(named, ["what"], clause)
        named = first
    if (line := _line(named, wanted, clause)) is not None:
        return line
    if (line := _any(named)) is not None:
        return _filled(line, clause)
    thing = _thing(clause)
    if not thing and _PRONOUN.search(clause):
        for text in context:
            there = [one for one in known if not one.own and one.thing.search(text)]
            if (line := _line(there, wanted, clause)) is not None:
                return line
    if named or not thing or any(one.own and one.thing.search(clause) for one in known):
        return _line([one for one in known if one.own], wanted, clause)
    return _invented(scene, thing, wanted)


def _line(rows: Sequence[Fact], wanted: Sequence[str], clause: str) -> str | None:
    for kind in (*wanted, *(_NEAREST[one] for one in wanted if one in _NEAREST)):
        for row in rows:
            if kind in row.lines:
                return _filled(row.lines[kind], clause)
    return None


def _any(rows: Sequence[Fact]) -> str | None:
    return next((row.lines["any"] for row in rows if "any" in row.lines), None)


def _filled(line: str, clause: str) -> str:
    for slot, pattern in _FILLS:
        if slot in line and (match := pattern.search(clause)) is not None:
            line = line.replace(slot, match.group(1) if slot != "{d}" else match.group(1).capitalize())
    return line


def _thing(clause: str) -> str:
    """The thing that a question names, as it names it: “the hot chocolate” is “hot chocolate”."""
    return next(_things(clause), "")


def _things(clause: str) -> Iterator[str]:
    for tree in reading.read(document.parse(clause), {}):
        nodes = tree.nodes
        at = len(nodes) - 1
        while at >= 0:
            if nodes[at].tag in {"NN", "NNS"} and nodes[at].lower not in _NO_THING:
                first = at
                while first > 0 and nodes[first - 1].tag in {"NN", "JJ"} and nodes[first - 1].lower not in _NO_THING:
                    first -= 1
                yield " ".join(node.lower for node in nodes[first : at + 1])
                at = first
            at -= 1


def _invented(scene: str, thing: str, wanted: Sequence[str]) -> str | None:
    """A plausible answer about a thing that no table has: the same for the same thing each time."""
    if "many" in wanted:
        return None
    several = thing.endswith("s") and not thing.endswith("ss")
    be, cost = ("are", "cost") if several else ("is", "costs")
    article = "" if several else "an " if thing[0] in "aeiou" else "a "
    for kind in wanted:
        if kind == "price" and wares.costs(scene, thing):
            low, high = _RANGES[scene]
            single = lemmas.singular(thing) if several else thing
            return f"The {thing} {cost} {low + zlib.crc32(single.encode()) % (high - low + 1)} pounds."
        if kind == "near" and scene in _NEARBY and wares.is_near(thing):
            return f"Yes, there {be} {article}{thing} in the next street, about five minutes on foot."
        if kind == "where" and scene in _PLACES and wares.is_inside(scene, thing):
            return f"The {thing} {be} {_PLACES[scene]}."
        if kind == "have" and wares.sells(scene, thing):
            return f"Yes, we have {thing}." if several else f"Yes, we have {article}{thing}."
        if kind == "have" and scene in _PLACES and wares.is_inside(scene, thing):
            return f"Yes, there {be} {article}{thing} {_PLACES[scene]}."
    return None
