# ruff: noqa: E501 - a pattern a line reads best
"""What kind of thing answers a question: a time, an amount, a name, a permission. Pure.

An extract that speaks about the right thing but holds no time answers no “when”.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

_NUMBER = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|half|several|"
    r"an?|hundreds?|thousands?|millions?|dozens?|no|both|couple|few)"
)
_SPAN = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|lessons?)"
_TIME = (
    r"\b(?:\d{1,2}[:.]\d\d|\d{1,2} ?[ap]\.?m\b|1[0-9]{3}|20\d\d|o'clock|noon|midnight|today|tomorrow|yesterday|daily|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|spring|summer|autumn|winter|morning|afternoon|evening|night|century|"
    r"until|since|during|days?|weeks?|months?|years?|hours?|minutes?|annually|monthly|weekly|\d+(?:st|nd|rd|th))\b"
)
_MONEY = r"(?:[$€£¥]|\b(?:euros?|dollars?|pounds?|cents?|francs?|yen|free|usd|eur|gbp|per cent|percent|price[sd]?|charges?|fees?)\b|%)"
_MASS = r"\b(?:kilos?|kilograms?|kg|milligrams?|mg|grams?|g|tons?|tonnes?|pounds?|ounces?|litres?|liters?|ml|gallons?|kwh|watts?|acres?|hectares?)\b"
_LENGTH = r"\b(?:metres?|meters?|m|km|kilometres?|kilometers?|cm|centimetres?|mm|feet|foot|ft|inch(?:es)?|miles?|yards?|storeys?|floors?)\b"
_COLOUR = r"\b(?:red|blue|green|yellow|white|black|brown|gr[ae]y|orange|pink|purple|golden?|silver|beige|turquoise|colou?r\w*)\b"
_NAME = r"(?<![.!?“\"(] )(?<!^)\b(?!I\b)[A-ZÀ-Þ][\w'’-]+|^[A-ZÀ-Þ][\w'’-]+ (?:[a-z]{2,3} )?[A-ZÀ-Þ][\w'’-]+"
_ALLOWED = r"\b(?:may|must|can|cannot|can't|allow\w*|forbid\w*|forbidden|permit\w*|prohibit\w*|not|never|only|required|need|free)\b"


@dataclass(frozen=True, slots=True)
class Expected:
    """`needed`: what an answer must hold; `asks`: words of the question that only say this, in their folded form."""

    needed: re.Pattern[str] | None
    asks: frozenset[str]
    strict: bool = True

    def fits(self, sentence: str) -> bool:
        """Whether the sentence has what the question asks for, as a date or a number."""
        return self.needed is None or self.needed.search(sentence) is not None


class _Kind(NamedTuple):
    """As `Expected`, before it is compiled; `names`: capital letters matter."""

    needed: str
    asks: str
    names: bool = False
    strict: bool = True

    def compiled(self) -> Expected:
        pattern = re.compile(self.needed, 0 if self.names else re.IGNORECASE)
        return Expected(pattern, frozenset(self.asks.split()), self.strict)


_ANYTHING = Expected(None, frozenset(), False)
# The first that begins or stands in the question decides.
_KINDS = (
    (
        r"\bhow (?:much|expensive)\b",
        _Kind(f"{_MONEY}|{_MASS}|{_NUMBER}[ -]per\\b", "much expensive cost costs does pay"),
    ),
    (
        r"\bhow (?:tall|high|deep|wide|far|big|large)\b",
        _Kind(f"{_LENGTH}|{_MASS}|\\d", "tall high deep wide far big large"),
    ),
    (
        r"\bhow old\b",
        _Kind(
            rf"\b(?:{_NUMBER}) (?:\w+ )?years?\b|\bage[ds]?\b|\b1[0-9]{{3}}\b|\b20\d\d\b|\byears old\b",
            "old become get",
        ),
    ),
    (
        r"\bhow long\b",
        _Kind(rf"\b{_NUMBER}[ -](?:\w+ )?{_SPAN}\b|{_LENGTH}|\b(?:until|since|from)\b", "long last lasts take takes"),
    ),
    (r"\bhow many\b", _Kind(rf"\b{_NUMBER}\b", "many number")),
    (
        r"\bhow often\b",
        _Kind(rf"\b(?:once|twice|times|every|each|daily|weekly|monthly|annually|always|never)\b|{_TIME}", "often"),
    ),
    (
        r"\b(?:when|what time|what year|which year|which month|what month|which day|what day)\b",
        _Kind(_TIME, "time year month day date"),
    ),
    (r"^\W*(?:who|whose|whom)\b", _Kind(_NAME, "", names=True)),
    (r"\bwhat colou?r\b", _Kind(_COLOUR, "color colour made")),
    (
        r"^\W*(?:can|may|must|am|is it|are we|are you|do i|should) (?:i|we|you|one|students|employees|visitors|allowed)\b",
        _Kind(_ALLOWED, "bring take allowed possible go use have", strict=False),
    ),
)
_TO_MACHINES = (
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules|above|previous)\b"
    r"|\b(?:answer|reply|respond)\b.{0,30}\b(?:every|all|any|each|only with|with the word)\b"
    r"|\byou are now\b|\bsystem prompt\b|\breveal\b.{0,40}\b(?:password|secret|key|prompt)\b|\bas an ai\b"
)


@cache
def _known() -> list[tuple[re.Pattern[str], Expected]]:
    return [(re.compile(pattern, re.IGNORECASE), kind.compiled()) for pattern, kind in _KINDS]


@cache
def _to_machines() -> re.Pattern[str]:
    return re.compile(_TO_MACHINES, re.IGNORECASE)


def expected(question: str) -> Expected:
    """What an answer to `question` must hold; anything when its form does not say."""
    for pattern, kind in _known():
        if pattern.search(question):
            return kind
    return _ANYTHING


def speaks_to_machines(sentence: str) -> bool:
    """Whether a sentence gives instructions to a machine that reads it; such a sentence is never an answer."""
    return _to_machines().search(sentence) is not None
