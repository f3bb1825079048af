"""Questions about anything that was told, made of the statement itself: “What did you do when your flight was cancelled?”

`followon.py` knows more about common verbs and is asked first.
"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from collections.abc import Iterator

from language.lexicon import words
from language.lexicon.listed import listed
from language.tagging import lemmas
from language.tutor import corrections, followon, memory
from language.tutor.telling import TIMES, Telling
from language.tutor.wording import by

_MOST_WORDS = 11
_STATES = listed(
    """
    be have know think miss lack believe say want like love hate need understand remember mean feel agree hope guess see seem live
    can will would like prefer become look sound own cost contain belong matter exist hear wonder doubt suppose lie ask tell
    """
)
_UNMEANT = listed(
    """
    finish continue end complete retire graduate
    catch see raise teach bring know
    miss lose break arrive fall forget get hear notice wait cry drop hurt burn cut sleep dream receive laugh fail win
    meet hate happen crash leave wake manage
    """
)
_FELT = listed(
    """
    angry happy sad tired nervous afraid worried proud excited bored disappointed jealous lonely scared busy stressed late
    upset ashamed embarrassed surprised shocked frustrated confused annoyed furious glad grateful curious unsure shy bad
    homesick exhausted mad anxious relieved
    """
)
_LASTING = listed("start finish begin become grow study live work stay come")
_NOT_THINGS = listed("me you him her them us best most lot one ones same")
_UNCLEAR = listed(
    "it this that there these those who which what everything something nothing everybody somebody nobody"
)
_BAD_TEXT = re.compile(r"^(?:when|if|because|of|and|but)\b|[“”\"():;]|\b(?:etc|lol)\b")
_MODAL = re.compile(
    r"\b(?:can|can['’]t|could|must|should|would|will|may|might|have to|has to|need to|going to)\b|['’](?:d|ll)\b"
)
_PERFECT = re.compile(r"\b(?:have|has)\b|['’]ve\b")
_SAYS = listed("tell say ask answer promise explain")
_JUDGES = re.compile(
    r"\b(?:good|bad|important|dangerous|better|worse|best|worst|boring|interesting|useful|useless|expensive|wrong|necessary|unfair|stupid|harmful|healthy|great|terrible|impossible)\b",
    re.I,
)
_CHOSEN = listed(
    "adopt choose start join quit leave become learn sell build open found move study marry retire begin buy"
)
_LONG = listed("raise bring teach educate help support die pass love marry surprise")
_IS_ALIVE = re.compile(
    r"(?:your |the )?(?!decision|idea|choice|opinion|courage|life|plan|reason|dream)\w+|they|he|she", re.I
)
_OFTEN = listed(
    "play run swim cook travel walk hike sing dance draw paint cycle ski eat train read watch visit meet drink buy drive clean call write listen bake garden fish jog practise practice learn study teach help lead coach volunteer sew knit restore repair build grow collect design"
)
_AGAIN = re.compile(r"\b(?:already|always|never|often|usually|just|still|tr(?:y|ied|ies)|yesterday)\b", re.I)
_TOGETHER = listed("play run swim cook travel walk hike sing dance draw paint cycle ski eat train study read watch")

_ENDS_OPEN = re.compile(r"\bas \w+$|\b(?:and|or|but|because|with|to|of|for|the|a|an|in|at|so|very|that|only)$", re.I)


def questions(told: tuple[Telling, ...], band: str) -> Iterator[str]:
    """The questions that fit, the best first."""
    for at, one in sorted(enumerate(told), key=lambda pair: (pair[1].tense != "past", -pair[0])):
        if any(at != other and one.text in reason.reason for other, reason in enumerate(told)):
            continue
        text = _text(one)
        if text:
            yield from (line for line in _of(one, text, band) if not corrections.find(line))


def _text(one: Telling) -> str:
    """The statement from its subject on; empty when it can't be taken up."""
    low = one.text.lower()
    at = low.find(one.who.lower())
    if at < 0 or _BAD_TEXT.search(low) or one.who.lower() in _UNCLEAR or one.who.startswith("'"):
        return ""
    text = one.text[at:]
    if len(text.split()) > _MOST_WORDS or len(text.split()) < 2 or _ENDS_OPEN.search(text):
        return ""
    return text


def _of(one: Telling, text: str, band: str) -> Iterator[str]:
    modal = _MODAL.search(text) is not None
    if one.who == "you":
        if one.negated:
            yield from _own_denied(one, text, band)
        elif modal:
            yield from _own_plan(one, text, band)
        elif one.verb == "be":
            yield from _own_feeling(one, text)
        elif one.tense == "past" and not _PERFECT.search(text):
            yield from _own_past(one, text, band)
        elif one.tense == "present":
            yield from _own_present(one, text, band)
        return
    if one.negated and not re.search(r"n['’]t\b|\bnot\b", text):
        return
    if one.tense == "past" and not modal and not _PERFECT.search(text) and "hurt" not in text:
        yield from _others_past(one, text, band)
    elif one.tense == "present" and not modal:
        yield from _others_present(one, text, band)


def _own_denied(one: Telling, text: str, band: str) -> Iterator[str]:
    match = re.match(r"you(?: still)? (can|could)(?:n['’]t|not| not) (.+)$", text)
    if match is not None:
        modal, done = match.groups()
        if modal == "could":
            yield f"Why couldn't you {done}?"
        else:
            yield f"Why can't you {done}?" if band == "A" else f"How do you feel when you can't {done}?"
        return
    match = re.match(r"you did(?:n['’]t| not) (.+)$", text)
    if match is not None and not one.reason:
        yield f"Why didn't you {match.group(1)}?"
    elif (
        one.tense == "present"
        and not one.reason
        and not _PERFECT.search(text.replace("n't", ""))
        and one.verb not in {"be", "know", "want", "remember"}
    ):
        yield by(band, "Why not?", "Why is that so?", "What is behind that?")


def _own_plan(one: Telling, text: str, band: str) -> Iterator[str]:
    match = re.match(r"you(?: will|['’]ll| are going to|['’]re going to) (.+)$", text)
    if match is not None and not re.search(r"\b(?:not|never|be|have)\b", match.group(1)):
        yield by(
            band,
            f"What do you want to do when you {match.group(1)}?" if one.times else f"When will you {match.group(1)}?",
            f"What do you hope for when you {match.group(1)}?",
            f"What do you expect to come of it when you {match.group(1)}?",
        )


def _own_feeling(one: Telling, text: str) -> Iterator[str]:
    match = re.match(r"you(?: are|['’]re| were) (.+)$", text)
    words = one.what.lower().split()
    if match is None or not words or not set(words) & _FELT or one.reason:
        return
    be = "were" if one.tense == "past" else "are"
    felt = re.sub(r"^(every \w+|today|now|sometimes|again) (.+)$", r"\2 \1", match.group(1))
    yield f"Why {be} you {felt}?"


def _own_past(one: Telling, text: str, band: str) -> Iterator[str]:
    if one.verb in _STATES - {"miss"} or re.match(r"you (?:were|used to|had)\b", text):
        return
    done = " ".join(_doing(one)).strip()
    meant = one.verb not in _UNMEANT
    if done and meant and not one.reason:
        yield by(
            band,
            f"Why did you {done}?",
            f"How did you come to {done}?" if one.verb in _CHOSEN else f"Why did you {done}?",
            f"What made you {done}?",
        )
    if not meant:
        yield by(
            band,
            f"What did you do when {text}?",
            f"How did you feel when {text}?",
            f"What went through your mind when {text}?",
        )
    if one.verb not in _LASTING and not _AGAIN.search(text):
        yield f"What happened after {text}?"


def _own_present(one: Telling, text: str, band: str) -> Iterator[str]:
    verb, rest = _doing(one)
    done = f"{verb} {rest}" if rest else ""
    going_on = re.search(r"\b(?:are|['’]re) \w+ing\b|['’]re \w+ing\b", text)
    if one.verb in _STATES or not done or going_on or _PERFECT.search(text):
        return
    if one.verb not in _OFTEN:
        return
    often = any("every" in time or "always" in time for time in one.times)
    if band == "A" and not often and one.verb not in _LASTING:
        yield f"How often do you {done}?"
    elif band == "B":
        yield f"What do you like about {_ing(verb)} {rest}?"
    elif band == "C":
        yield f"What does it give you to {done}?"
    if one.verb in _TOGETHER and not one.company:
        yield f"Do you {done} alone or with others?"


def _doing(one: Telling) -> tuple[str, str]:
    """The verb, and its object or place: “adopt”, “the kitten”; both empty when it has none that is plain."""
    verb = _phrasal(one)
    if one.what:
        what = followon.definite(one.what) if one.tense == "past" else one.what
        plain = (
            one.noun.isalpha()
            and len(what.split()) <= 5
            and not {one.noun, one.noun + "s"} & (_UNCLEAR | _NOT_THINGS)
            and one.noun not in TIMES
        )
        return (verb, what) if plain else ("", "")
    if one.places and len(one.places[0].split()) <= 5 and one.places[0].split()[0].lower() in words.PREPOSITIONS:
        return verb, one.places[0]
    return "", ""


def _ing(verb: str) -> str:
    first, _, particle = verb.partition(" ")
    return f"{lemmas.ing(first)} {particle}".strip()


def _phrasal(one: Telling) -> str:
    """The verb with its particle: “wake up”."""
    found = re.search(rf"\b{re.escape(one.verb[:2])}\w* (up|down|out|off|over|away|back)\b", one.text)
    return f"{one.verb} {found.group(1)}" if found is not None else one.verb


def _others_past(one: Telling, text: str, band: str) -> Iterator[str]:
    if (
        one.verb in _LONG
        or re.search(r"\b(?:always|never|often|usually|used to)\b", text)
        or not _IS_ALIVE.match(one.who)
    ):
        return
    if one.verb in _STATES - _SAYS - {"be"} or (one.verb == "be" and memory.is_person(one.who)) or one.verb in _LASTING:
        return
    if not one.who.startswith(("your ", "they", "he", "she")) and "you" not in text.split():
        return
    if one.verb == "be" and (
        not one.who.startswith("your ")
        or not one.what
        or re.match(r"(?:an?|the|your|his|her|my|one)\b", one.what)
        or one.who in {"they", "he", "she"}
    ):
        return
    if one.verb in _SAYS:
        yield by(
            band,
            f"What did you say when {text}?",
            f"What did you answer when {text}?",
            f"How did you respond when {text}?",
        )
    else:
        yield by(
            band,
            f"What did you do when {text}?",
            f"How did you react when {text}?",
            f"What was your reaction when {text}?",
        )


def _others_present(one: Telling, text: str, band: str) -> Iterator[str]:
    person = memory.is_person(one.who)
    if re.search(r"\b(?:called|named)\b", text):
        return
    if person and one.verb in {"like", "love"} and not one.negated and (one.what or one.action):
        yield f"Do you like {one.what}, too?" if one.what else f"Do you like to {one.action}, too?"
    elif person and one.verb not in _STATES and not one.negated:
        done = " ".join(_doing(one)).strip()
        if done and not re.search(r"\b(?:is|are|['’]s|['’]re) \w+ing\b", text):
            yield by(
                band,
                f"Do you {done}, too?",
                f"Would you like to {done}, too?",
                f"Could you imagine {_ing(one.verb)} {_doing(one)[1]} yourself?",
            )
        elif re.search(r"\b(?:is|are|['’]s|['’]re) \w+ing\b", text):
            yield by(
                band,
                f"What do you do when {text}?",
                f"What do you do when {text}?",
                f"How do you deal with it when {text}?",
            )
    elif person and one.negated:
        yield by(band, "Why not?", "Why do you think that is?", "What do you think is behind that?")
    elif (
        not one.negated
        and one.verb in {"be", "have"}
        and _JUDGES.search(text)
        and not re.match(r"(?:your|he|she|they|his|her|their|its|an?|my)\b", one.who)
    ):
        yield by(
            band,
            f"Why do you think that {text}?",
            f"What makes you think that {text}?",
            f"What would you say to somebody who doubts that {text}?",
        )
