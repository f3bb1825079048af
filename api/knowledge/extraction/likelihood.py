"""How likely a text is in a language, by its characters beyond ASCII. Pure.

Letters count by the letter before them, ideographs by whether they are frequent, marks by whether they stand where
such marks do. The languages are in `frequent.txt`. All figures are natural logarithms of probabilities.
"""

import functools
import itertools
import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from unicodedata import category

_FILE = Path(__file__).parent / "frequent.txt"
_IDEOGRAPHIC = frozenset({"ja", "zh-hans", "zh-hant", "ko"})

_MARKS = {
    mark: math.log(share)
    for marks, share in (
        ("’", 0.1),
        ("“”«»–—…•\xa0", 0.04),
        ("‘©®€£°·", 0.01),
        ("„№§¿¡", 0.004),
        ("‚‹›†‡™±½¼¾²³µ×÷¢¥ºª´\xad", 0.002),
    )
    for mark in marks
}
_BEFORE_WORDS = frozenset("\xa0“„«‘‚‹¿¡£§•©°’·—\xad")
_BEHIND_WORDS = frozenset("\xa0”»…°’›€²³½¼¾™®ºª·—\xad")
_ONLY_BEHIND = frozenset("²³ºª’")
_OUT_OF_PLACE, _BEHIND_A_MARK = -5.0, -1.5
_NEVER, _BROKEN, _ASCII, _MIXED = -9.0, -14.0, -3.0, -6.0
_UPPER_AFTER_LOWER, _UPPER = -3.0, -1.0
_RARE_IDEOGRAPH, _NO_IDEOGRAPH = -10.0, -14.0
_FREQUENT_SHARE = 0.75

Pairs = Mapping[tuple[str, str], int]
"""How often a character stands behind another one."""


def pairs(text: str) -> Counter[tuple[str, str]]:
    """The pairs of a text with a character beyond ASCII in them; a space is before and behind it."""
    return Counter((a, b) for a, b in itertools.pairwise(f" {text} ") if a > "\x7f" or b > "\x7f")


def of(found: Pairs, language: str) -> float:
    """The logarithm of the probability of these pairs in a language of `frequent.txt`."""
    model = _models()[language]
    return sum(count * _pair(model, a, b) for (a, b), count in found.items())


def _pair(model: "_Letters | _Ideographs", a: str, b: str) -> float:
    if (share := _MARKS.get(b)) is not None:
        misplaced = b not in _BEHIND_WORDS if a.isalpha() else b in _ONLY_BEHIND and a.isspace()
        return share + (_OUT_OF_PLACE if misplaced else 0.0)
    if a not in _MARKS:
        return model.pair(a, b)
    likely = model.pair(a, b) if b > "\x7f" else _BEHIND_A_MARK
    return likely + (_OUT_OF_PLACE if b.isalpha() and a not in _BEFORE_WORDS else 0.0)


class _Letters:
    """A language that is written in letters."""

    def __init__(self, words: str) -> None:
        spaced = f" {words.lower()} "
        self._letters = Counter(one for one in spaced if one != " ")
        self._pairs = Counter(itertools.pairwise(spaced))
        self._first = Counter(spaced)
        self._all = self._letters.total()

    def pair(self, a: str, b: str) -> float:
        """How likely `b` is behind `a`, one of which is not ASCII."""
        if b == "\ufffd":
            return _BROKEN
        before, letter = a.lower() if a.lower() in self._letters else " ", b.lower()
        if b <= "\x7f" and not b.isalpha():
            return _ASCII if before == " " else math.log(0.8 * self._behind(before, " ") + 0.05)
        if letter not in self._letters:
            return _MIXED if b <= "\x7f" else _NEVER
        likely = 0.75 * self._behind(before, letter) + 0.2 * self._letters[letter] / self._all + 0.0005
        if not b.isupper() or a.isupper():
            return math.log(likely)
        return math.log(likely) + (_UPPER_AFTER_LOWER if a.islower() else _UPPER)

    def _behind(self, before: str, letter: str) -> float:
        return self._pairs[before, letter] / self._first[before]


class _Ideographs:
    """A language of which the frequent characters are known."""

    def __init__(self, characters: str) -> None:
        self._frequent = frozenset(characters)
        self._known = math.log(_FREQUENT_SHARE / len(self._frequent))

    def pair(self, a: str, b: str) -> float:
        """How likely `b` is, whatever is before it."""
        if b == "\ufffd":
            return _BROKEN
        if b <= "\x7f":
            return _ASCII
        if b in self._frequent:
            return self._known
        return _RARE_IDEOGRAPH if category(b) in ("Lo", "Po", "Ps", "Pe") else _NO_IDEOGRAPH


@functools.cache
def _models() -> dict[str, _Letters | _Ideographs]:
    lines = (line for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    listed = (line.split(" ", 1) for line in lines)
    return {language: (_Ideographs if language in _IDEOGRAPHIC else _Letters)(said) for language, said in listed}
