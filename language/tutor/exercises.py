"""Exercises with a gap and a quiz of words: asked one at a time, checked, with a word on the result at the end.

Nothing is stored: what was asked and answered is read from the history.
"""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from collections.abc import Sequence

from language import frequency, tokens
from language.tutor import followups, glossary
from language.tutor.gaps import ITEMS, Item
from language.tutor.turns import ChatTurn

_POINTS = (
    (r"\barticles?\b", "articles"), (r"\bphrasal\b", "phrasal verbs"), (r"\bprepositions?\b", "prepositions"), (r"\birregular\b", "irregular verbs"),
    (r"\bpresent perfect\b", "present perfect"), (r"\bpast (?:simple|tense)\b|\bsimple past\b|\bthe past\b", "past simple"), (r"\bsince\b", "since and for"),
    (r"\bmuch\b|\bmany\b|\bcountable\b", "much and many"), (r"\bcomparat\w+|\bcomparis\w+|\bsuperlat\w+", "comparatives"), (r"\bconditional|\bif[- ](?:clause|sentence)", "conditionals"),
    (r"\bgerunds?\b|\binfinitives?\b|-ing\b", "gerunds and infinitives"), (r"\bpresent continuous\b|\bprogressive\b", "present continuous"), (r"\bpresent (?:simple|tense)\b|\bsimple present\b", "present simple"),
    (r"\bpassive\b", "passive"), (r"\bmodals?\b|\bmust\b|\bshould\b", "modal verbs"), (r"\bmake\b.*\bdo\b|\bdo and make\b", "make and do"), (r"\bquestions?\b(?= form| words?)", "questions"),
    (r"\bplurals?\b", "plurals"), (r"\bfuture\b|\bgoing to\b", "future"),
)  # fmt: skip
_MIXED = {
    "A": ("present simple", "articles", "prepositions", "plurals", "past simple", "questions"),
    "B": ("past simple", "since and for", "comparatives", "gerunds and infinitives", "prepositions", "conditionals"),
    "C": ("conditionals", "passive", "phrasal verbs", "gerunds and infinitives", "articles", "present perfect"),
}
_WANT = r"(?:give|make|set|do|have|start|try|prepare|get|write|create|want|like|need|show|send|practi[sc]e with|let['’]?s|can we|could we|more|another|some|an?)"
_ASKS = re.compile(
    rf"\b{_WANT}\b[^.?!]{{0,40}}\b(?:exercises?|quiz(?:zes)?|drills?|gap[- ]fills?|(?:grammar|vocabulary|english|word|little|small|short) tests?|tests? (?:on|about|for|with))\b"
    r"|\b(?:quiz|test|examine) (?:me|my|us)\b|^\W*(?:please )?(?:an? )?(?:exercises?|quiz)\b|\b(?:play|have|try) (?:a|some|the|another) (?:word |vocabulary |language |grammar |guessing |small |little )?games?\b|\bguess (?:a|the|some) words?\b",
    re.I,
)
_ABOUT_THAT = re.compile(r"\b(?:about|on|with|for|of) (?:that|this|it)\b", re.I)
_OF_WORDS = re.compile(r"\b(?:vocabulary|words?|vocab|games?|guess\w*)\b", re.I)
_NOT_NOW = re.compile(
    r"\b(?:tomorrow|yesterday|had|did|my (?:teacher|son|daughter|school|students?|pupils?)|(?:do|did|doing|have|had) (?:my|a lot of|an?|the) (?:physical|sports?|breathing|driving|blood|eye|medical)|at school|physical|sports?|blood|driving|covid|school|don['’]?t want)\b|\b(?:no|without|enough|stop)(?: more)? (?:exercises?|quiz(?:zes)?|tests?|games?)\b",
    re.I,
)
_GUESSED = re.compile(r"Which word means “([^”]+)”\? It begins with ([A-Z]) and has (\d+) letters\.")
_GIVES_UP = re.compile(
    r"\b(?:don['’]?t|do not) know\b|\bno idea\b|^\W*(?:skip|pass|next(?: one)?|tell me|i give up|help|too (?:hard|difficult))\W*$|\bwhat(?:['’]s| is) (?:the (?:answer|word|solution)|it)\b",
    re.I,
)
_OUT = re.compile(
    r"\b(?:stop|enough|finish|no more|something else|other topic|talk about|rather|don['’]?t want|bored|boring)\b", re.I
)
_STOPS = re.compile(
    r"\b(?:stop|no more|enough|end|finish)\b[^.?!]{0,20}\bexercises?\b|\b(?:can we|let['’]?s|i(?: want|['’]d like| prefer)(?: to)?|rather) (?:just )?(?:talk|speak|chat)\b|\bstop\b",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:talk|speak|chat) (?:with you )?about ((?:my|the|our) [a-z ]{2,30}?)(?=\s*(?:[.?!,]|$))", re.I
)
RIGHT = ("Right!", "Yes, well done!", "That's it!", "Correct!")
_ROUND, _WORDY = 4, 12
_RANKS = {"A": (0, 3_500), "B": (2_500, 9_000), "C": (5_000, 30_000)}
DONE = "Would you like another exercise, or shall we talk?"


def answer(history: Sequence[ChatTurn], band: str) -> str | None:
    """The next item, with a word on the answer to the one before; None when no exercise is asked for or under way."""
    text = history[-1].content
    before = [one.content for one in history if one.role == "assistant"]
    if before and (item := _open(before[-1])) is not None and _STOPS.search(text) and fits(text, item):
        about = _ABOUT.search(text)
        asked = (
            f"What about {followups.to_you(about.group(1))}?"
            if about is not None
            else "What would you like to talk about?"
        )
        return f"{RIGHT[len(before) % len(RIGHT)]} All right, no more exercises. {asked}"
    if before and (item := _open(before[-1])) is not None and not _leaves(text, item):
        return _checked(item, text, before, band)
    if (
        before
        and before[-1].endswith(DONE)
        and re.match(r"^\W*(?:yes|another|more|ok|okay|sure|one more)\b", text, re.I)
    ):
        return _begun(_last_point(before), before, band)
    if len(text) > 200 or _ASKS.search(text) is None or _NOT_NOW.search(text):
        return None
    said = [one.content for one in history if one.role == "user"]
    point = _point(text)
    if not point and _ABOUT_THAT.search(text) and len(said) > 1:
        point = _point(said[-2])
    return _begun(point, before, band)


def is_asked(line: str) -> bool:
    """Whether an item waits for its answer in this line."""
    return _open(line) is not None


def _point(text: str) -> str:
    named = next((point for pattern, point in _POINTS if re.search(pattern, text, re.I)), "")
    return named or ("words" if _OF_WORDS.search(text) else "")


def _begun(point: str, before: Sequence[str], band: str) -> str:
    item = _next(point, before, band)
    about = f" on {point}" if point and point != "words" else ""
    first = "Let's play with words." if point == "words" else f"With pleasure: a short exercise{about}."
    return f"{first} {_of(item)}"


def _next(point: str, before: Sequence[str], band: str) -> "Item | glossary.Entry":
    """An item of the point that was not asked before; the first one again when all were."""
    said = " ".join(before)
    if point == "words":
        entries = words_of(band)
        at = sum(map(len, before)) % len(entries)
        return next((one for one in (*entries[at:], *entries[:at]) if one.meaning not in said), entries[at])
    if point:
        fitting = [one for one in ITEMS if one.point == point]
    else:
        done = sum(one.count("What is missing?") for one in before)
        names = _MIXED[band][done % len(_MIXED[band]) :] + _MIXED[band]
        fitting = [one for name in names for one in ITEMS if one.point == name and one.text not in said][:1] or list(
            ITEMS
        )
    return next((one for one in fitting if one.text not in said), fitting[0])


def words_of(band: str) -> list[glossary.Entry]:
    """The entries of our own dictionary that fit the level."""
    low, high = _RANKS[band]
    fitting = [
        one
        for one in glossary.ENTRIES.values()
        if low <= (frequency.rank(one.word) or 29_999) < high
        and one.word.isalpha()
        and len(one.word) > 3
        and one.word not in one.meaning
        and ";" not in one.meaning
        and "(" not in one.meaning
    ]
    return fitting or list(glossary.ENTRIES.values())


def _of(item: "Item | glossary.Entry") -> str:
    if isinstance(item, Item):
        return item.asked()
    return f"Which word means “{item.meaning}”? It begins with {item.word[0].upper()} and has {len(item.word)} letters."


def _open(line: str) -> "Item | glossary.Entry | None":
    """The item that a line of the tutor ends with."""
    for item in ITEMS:
        if line.endswith(item.asked()):
            return item
    match = _GUESSED.search(line)
    if match is None or not line.endswith("letters."):
        return None
    return next((one for one in glossary.ENTRIES.values() if one.meaning == match.group(1)), None)


def _leaves(text: str, item: "Item | glossary.Entry") -> bool:
    """Whether the message is no answer: a wish to stop, a question, a long text, another exercise."""
    if fits(text, item) or _GIVES_UP.search(text):
        return False
    asks = "?" in text and len(text.split()) > 2
    return asks or _OUT.search(text) is not None or len(text.split()) > _WORDY or _ASKS.search(text) is not None


def fits(text: str, item: "Item | glossary.Entry") -> bool:
    """Whether a message has the right answer in it, and no wrong one of those to choose from."""
    words = " ".join(tokens.words(text.lower().replace("’", "'")))
    if isinstance(item, glossary.Entry):
        return item.word in words.split()
    if text.strip(" .!?\"“”'") in {"", "-"} and text.strip():
        return "nothing" in item.right
    others = {one.lower() for one in item.choice} - set(item.right)
    found = [one for one in item.right if re.search(rf"(?<!\w){re.escape(one.lower())}(?!\w)", f" {words} ")]
    filled = " ".join(tokens.words(item.whole().lower()))
    if filled and filled in words:
        return True
    return bool(found) and (len(words.split()) > 2 or not others & set(words.split()))


def _checked(item: "Item | glossary.Entry", text: str, before: Sequence[str], band: str) -> str:
    """A word on the answer, then the next item, or the result."""
    right = fits(text, item)
    if isinstance(item, Item):
        shown = f"“{item.whole()}” {item.why}" if "…" in item.text else item.why
        point = item.point if any(f"exercise on {item.point}" in one for one in before[-_ROUND:]) else ""
    else:
        shown, point = f"“{item.word.capitalize()}”: {item.example}", "words"
    praise = RIGHT[len(before) % len(RIGHT)]
    given_up = _GIVES_UP.search(text) is not None and not right
    told = f"{praise} {shown}" if right else f"{'No problem' if given_up else 'Not quite'}: {shown}"
    since = _round(before)
    if len(since) < _ROUND:
        return f"{told} {_of(_next(point, before, band))}"
    count = sum(any(one.startswith(praised) for praised in RIGHT) for one in since) + right
    return f"{told} That was the last one: {count} of {_ROUND} were right. {DONE}"


def _round(before: Sequence[str]) -> list[str]:
    """The tutor's lines of the exercise under way."""
    found: list[str] = []
    for one in reversed(before):
        if not is_asked(one):
            break
        found.append(one)
        if "a short exercise" in one or "Let's play with words" in one:
            break
    return found


def _last_point(before: Sequence[str]) -> str:
    begun = next((one for one in reversed(before) if "a short exercise" in one or "Let's play with words" in one), "")
    if "Let's play with words" in begun:
        return "words"
    match = re.search(r"a short exercise on ([a-z ]+)\.", begun)
    return match.group(1) if match is not None else ""
