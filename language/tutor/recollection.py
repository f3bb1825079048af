"""Short answers from what the learner told: when, where, how many, how old, what colour; also asked with errors."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language.tutor import inrole, quoting, recall, thread, turns
from language.tutor.turns import ChatTurn

_EXPLICIT = re.compile(
    r"\b(?:you|u) (?:still |also )?remember\b|\bremind me\b|\b(?:can|could) you remember\b|\b(?:did i|i) (?:say|said|tell|told|mention\w*)\b(?! (?:(?:it|that|this) )?(?:right|correct|well|wrong|good|anything wrong)).*\?",
    re.I,
)
_NUMBER = r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
_COLOURS = r"black|white|red|green|blue|yellow|brown|grey|gray|orange|pink|purple|violet|silver|golden|beige|turquoise"
_MONTHS = r"january|february|march|april|may|june|july|august|september|october|november|december"
_TIME = re.compile(
    rf"\b(?:(?:in|since|until|at the (?:beginning|end) of) (?:early |late )?(?:{_MONTHS}|spring|summer|autumn|winter|(?:19|20)\d\d)|(?:on |since |until )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?|(?:in|for) (?:\w+ )?(?:{_NUMBER}|a few|a) (?:days?|weeks?|months?|years?)|(?:a|an|{_NUMBER}|a few) (?:days?|weeks?|months?|years?) ago|(?:next|last|this) (?:week|weekend|month|year|spring|summer|autumn|winter|\w+day)|tomorrow|tonight|yesterday|today|at (?:half past \w+|\d[\d:.]*|(?:{_NUMBER}) o['’]clock))\b",
    re.I,
)
_HOW_OLD = re.compile(r"\bhow old (?:is|was|are) my ((?:\w+ )?\w+?)(?=\W|$)|\bhow old my (\w+) (?:is|was)\b", re.I)
_COLOUR = re.compile(r"\bwhat colou?r\b.*?\bmy (\w+)|\bmy (\w+)\b.*\bwhat colou?r\b|\bcolou?r of my (\w+)", re.I)
_HOW_MANY = re.compile(r"\bhow many (\w+)", re.I)
_WHEN = re.compile(r"\bwhen\b|\bwhat (?:day|month|year)\b|\bwhich (?:day|month|year)\b", re.I)
_FROM = re.compile(
    r"\b(?:where (?:am i|i am|i['’]?m|do i come|i come) from|from where (?:i am|am i|i come|do i come|i))\b", re.I
)
_USED = re.compile(
    r"\bwhere\b.*\bi (?:used? to|did) live\b|\bwhere (?:did|was) i (?:use to |used to )?liv(?:e|ing)\b.*", re.I
)
_IS_FROM = re.compile(r"\b(?:I|i)(?:['’]?m| am)?(?: come)? from ((?:the )?[A-Z]\w+(?: [A-Z]\w+)?)")
_MOVED = re.compile(
    r"\b(?:I|We|i|we)(?:['’]ve| have)? (?:moved (?:here |away )?from|used to live in|lived in|grew up in) ([A-Z]\w+(?: [A-Z]\w+)?)"
)
_MEMORY = re.compile(r"\b(?:what|which|when|where|who|how)\b[^.!]*\bdid i (?:say|tell|mention)\b|\bremember\b", re.I)
_WEAK = 0.3
_FORGOTTEN = "I'm sorry, you haven't told me that yet, or I didn't understand it."


def find(history: Sequence[ChatTurn], story: thread.Thread, *, playing: bool) -> str | None:
    """The answer to a question about what the learner told, whatever else is under way; None when it is none.

    In a scene only what is plainly asked of the tutor's memory, or what no part can know, is answered.
    """
    if playing and inrole.told_again(story.last) is not None and not _MEMORY.search(story.last):
        return None
    explicit = is_explicit(story.last) or quoting.asks_back(story.last)
    if not story.turns or (playing and not explicit and not is_of_things(story.last)):
        return None
    whole = None if playing or _HOW_OLD.search(story.last) else recall.answer([*story.told[:-1], story.last])
    known = whole if whole is not None and not whole.startswith(recall.NOT_TOLD) else answer(history)
    if known is None and explicit:
        known = remembered(story) or (_FORGOTTEN if playing and is_explicit(story.last) else None)
    return None if known is None or (not playing and known.startswith(recall.NOT_TOLD)) else known


def remembered(story: thread.Thread) -> str | None:
    """The answer to a question about what the learner has told, from statements or in the learner's own words."""
    told = recall.answer([*story.told[:-1], story.last])
    if told is not None and not told.startswith(recall.NOT_TOLD):
        return told
    return quoting.answer(story.last, story.said[:-1]) or told


def is_explicit(text: str) -> bool:
    """Whether the learner plainly asks the tutor to remember something."""
    return _EXPLICIT.search(text) is not None and re.search(r"\b(?:i|my|me|we|our)\b", text, re.I) is not None


def is_of_things(text: str) -> bool:
    """Whether an age or a colour of the learner's own is asked for, or a home: no part in a scene can know that."""
    return any(pattern.search(text) for pattern in (_HOW_OLD, _COLOUR, _FROM, _USED))


def answer(history: Sequence[ChatTurn]) -> str | None:
    """The answer to the last message in a few words; None when it asks nothing of the kind or it was not told."""
    asked = re.sub(r"['’]s\b", "", history[-1].content[-300:])
    told = _told(history[:-1])
    if re.search(r"\b(?:i|my|we|our|he|she|they)\b", asked, re.I) is None:
        return None
    for pattern, find in ((_HOW_OLD, _age), (_COLOUR, _colour), (_HOW_MANY, _count)):
        if (match := pattern.search(asked)) is not None:
            noun = next(group for group in match.groups() if group)
            return find(noun.lower(), asked, told)
    if _FROM.search(asked):
        return _place(_IS_FROM, "You are from {}.", told)
    if _USED.search(asked):
        return _place(_MOVED, "You used to live in {}.", told)
    return _when(asked, told) if _WHEN.search(asked) else None


def _told(history: Sequence[ChatTurn]) -> list[tuple[str, str]]:
    """The learner's messages, the last first, each with the tutor's line before it."""
    found, line = list[tuple[str, str]](), ""
    for turn in history:
        if turn.role == "assistant":
            line = turn.content
        elif turn.role == "user":
            found.append((turn.content, line))
    return found[::-1]


def _age(who: str, _: str, told: list[tuple[str, str]]) -> str | None:
    for text, _line in told:
        if who.split()[-1] in text.lower() and (match := re.search(rf"\b({_NUMBER}) years?\b(?! ago)", text, re.I)):
            return f"Your {who} is {match.group(1)} years old."
    return None


def _colour(noun: str, _: str, told: list[tuple[str, str]]) -> str | None:
    be = "are" if noun.endswith("s") and not noun.endswith("ss") else "is"
    for text, line in told:
        match = re.search(rf"\b(?:(?:dark|light) )?(?:{_COLOURS})\b", text, re.I)
        if match is not None and noun.rstrip("s") in f"{text} {line.rsplit('. ', 1)[-1]}".lower():
            return f"Your {noun} {be} {match.group().lower()}."
    return None


def _count(noun: str, asked: str, told: list[tuple[str, str]]) -> str | None:
    single = noun.removesuffix("s")
    for text, _line in told:
        match = re.search(rf"\b({_NUMBER}) (?:\w+ )?({re.escape(noun)}|{re.escape(single)}s?)\b", text, re.I)
        if match is not None:
            one = match.group(1).lower() in {"1", "one"}
            return f"{match.group(1).capitalize()} {single if one else noun}, you said."
    return None


def _place(pattern: re.Pattern[str], said: str, told: list[tuple[str, str]]) -> str | None:
    match = next((found for text, _ in told if (found := pattern.search(text))), None)
    return said.format(match.group(1)) if match is not None else None


def _when(asked: str, told: list[tuple[str, str]]) -> str | None:
    """The time in the sentence that shares most with the question."""
    best, time = _WEAK, ""
    for text, _line in told:
        for sentence in turns.sentences(text):
            score = quoting.shared(asked, sentence)
            if (match := _TIME.search(sentence)) is not None and score > best and "?" not in sentence:
                best, time = score, match.group()
    return f"{time[:1].upper()}{time[1:]}, you said." if time else None
