"""What the learner wants from one message, by patterns."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "silence", "identity", "meaning", "difference", "check", "unclear", "topic", "translate", "capabilities",
    "thanks", "goodbye", "greeting", "answer",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Intent:
    """`argument` is the word, sentence or subject that the message is about; `other` a second word."""

    kind: Kind
    argument: str = ""
    other: str = ""


_Q = "[\"'“”‘’«»]"
_WORD = rf"(?:the word |the expression )?{_Q}?([a-z][a-z' -]{{0,30}}?){_Q}?"
_END = r"\s*(?:in english)?\s*[?.!]*\s*$"

_TABLE: tuple[tuple[Kind, str], ...] = (
        ("identity", r"\b(who|what) are you\b(?! doing| going| wear)|\bare you (a |an )?(bot|robot|machine|ai|human|real|chatgpt|gpt|person)\b|\bwhat is your name\b"),
        ("capabilities", r"\bwhat can you do\b|\bhow can you help\b|^\s*help\s*[?.!]*\s*$"),
        ("difference", rf"\bdifference (?:between|of) {_WORD} and {_WORD}{_END}"),
        ("difference", rf"\bwhen (?:do|should) (?:i|we|you) use {_WORD} (?:and|or) {_WORD}{_END}"),
        ("meaning", rf"\bwhat (?:does|do|did) {_WORD} means?{_END}"),
        ("meaning", rf"\bwhat (?:is|'s|’s) the meaning of {_WORD}{_END}"),
        ("meaning", rf"\bwhat means {_WORD}{_END}"),
        ("meaning", rf"\b(?:define|explain)(?: to)?(?: me)?(?: what)? {_WORD}(?: means)?{_END}"),
        ("check", rf"\b(?:is (?:it|this) (?:correct|right|ok)(?: to say)?|can i say|correct(?: this| me)?(?: sentence)?|check(?: this)?(?: sentence)?)\s*[:,]?\s*{_Q}?(.{{3,}}?){_Q}?\s*[?]?\s*$"),
        ("translate", r"\bhow (?:do|can|would) (?:you|i|we) say\b(.{0,60})|\btranslate\b(.{0,60})"),
        ("unclear", r"\b(?:i (?:don['’]?t|didn['’]?t|do not|did not|can['’]?t) understand|can you repeat|repeat,? please|say (?:that|it) again|pardon|what did you say|i don['’]?t get it|slower|more slowly|too difficult|simpler)\b"),
        ("topic", r"\b(?:let['’]?s (?:talk|speak)|can we (?:talk|speak)|i (?:want|would like|'d like|’d like) to (?:talk|speak)|change the (?:topic|subject)|another (?:topic|question))\b(?: about)?(.*)"),
        ("goodbye", r"^\s*(?:ok[, ]*)?(?:good ?bye|bye(?: bye)?|see you(?: later| soon| tomorrow)?|i (?:have|must|need) to go(?: now)?|good night)\b"),
        ("thanks", r"^\s*(?:ok[, ]*)?(?:thanks|thank you)\b[^?]{0,30}$"),
        ("greeting", r"^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening))\b[\s,!.]*(?:there|parley|teacher|tutor)?[\s,!.]*(?:how are you(?: today)?\??)?\s*[!.?]*\s*$"),
)  # fmt: skip
_PATTERNS = [(kind, re.compile(pattern, re.I)) for kind, pattern in _TABLE]


def classify(text: str) -> Intent:
    """The first pattern that fits; a message without a letter is `silence`, anything else an `answer`."""
    if not any(character.isalnum() for character in text):
        return Intent("silence")
    for kind, pattern in _PATTERNS:
        if match := pattern.search(text):
            groups = [group.strip() for group in match.groups() if group and group.strip()]
            return Intent(kind, *(groups[:2] if kind not in ("identity",) else ()))
    return Intent("answer")
