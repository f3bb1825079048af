"""Hebrew and Arabic on a page: lines as they stand there, from left to right, in the order in which they are read."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

Direction = Literal["right", "left", "number", "none"]
"""How a character is read: to the right, to the left, as part of a number (to the right, but placed in its line as what
goes to the left), or as its neighbours are."""

_KINDS: dict[str, Direction] = {"L": "right", "R": "left", "AL": "left", "EN": "number", "AN": "number"}
_IN_NUMBERS = ("ES", "ET", "CS")
_ALEF_LAM = re.compile("([\u0622\u0623\u0625\u0627])(\u0644)")
_MOST_LIGATURES = 2
_BRACKETS = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def letters(text: str) -> int:
    """How many of its letters are read from right to left."""
    return 0 if text.isascii() else sum(unicodedata.bidirectional(one) in ("R", "AL") for one in text)


def as_read(line: str) -> str:
    """The line in the order in which it is read, if it has such letters: the reverse of how the Unicode Bidirectional
    Algorithm (UAX 9) shows a line from right to left, with words of the other direction but none within those."""
    if not letters(line):
        return line
    runs = [
        (is_left, "".join(one for one, _ in run))
        for is_left, run in itertools.groupby(
            zip(line, _are_left(_directions(line)), strict=True), key=lambda one: one[1]
        )
    ]
    return "".join(text[::-1].translate(_BRACKETS) if is_left else text for is_left, text in reversed(runs))


def joined(read: str, known: str) -> str:
    """`read`, with words as they stand in `known`. A page does not show whether lam and alef are one shape, whose two
    letters keep their order: a word that is not in `known` is looked for with them changed."""
    return " ".join(_joined(word, known) for word in read.split(" "))


def _joined(word: str, known: str) -> str:
    places = [one.start() for one in itertools.islice(_ALEF_LAM.finditer(word), _MOST_LIGATURES)]
    if not places or word in known:
        return word
    for chosen in range(1, 1 << len(places)):
        letters = [*word]
        for at in (place for bit, place in enumerate(places) if chosen >> bit & 1):
            letters[at : at + 2] = letters[at + 1], letters[at]
        if (tried := "".join(letters)) in known:
            return tried
    return word


def _directions(line: str) -> list[Direction]:
    kinds = [unicodedata.bidirectional(one) for one in line]
    found: list[Direction] = [_KINDS.get(one, "none") for one in kinds]
    for at in range(1, len(line) - 1):
        if found[at - 1] == found[at + 1] == "number" and kinds[at] in _IN_NUMBERS:
            found[at] = "number"
    if "AL" not in kinds:  # UAX 9, W2 and W5: numbers among Arabic letters take no sign with them
        _take_signs(found, kinds)
    before: Direction = "left"
    for at, one in enumerate(found):
        if kinds[at] == "NSM":  # a mark, which stands behind a Latin letter and before a Hebrew one
            found[at] = "right" if at and found[at - 1] == "right" else "left"
        elif one == "number" and before == "right":  # of a name: “Unit 5”
            found[at] = "right"
        elif one != "none":
            before = one
    return found


def _take_signs(found: list[Direction], kinds: list[str]) -> None:
    """Signs beside a number (50%, €5) are of the number."""
    for places in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        for at in places:
            if kinds[at] == "ET" and found[at - places.step] == "number":
                found[at] = "number"


def _are_left(own: list[Direction]) -> Iterator[bool]:
    """Whether each character is read to the left. What has no direction is, too, unless it stands between words to the
    right (UAX 9, N1 and N2)."""
    before = _nearest(own)
    behind = _nearest(reversed(own))[::-1]
    for one, first, second in zip(own, before, behind, strict=True):
        yield one == "left" or (one == "none" and not (first == second == "right"))


def _nearest(directions: Iterable[Direction]) -> list[Direction]:
    """The last direction up to each place; that of the line at its edge."""
    found: list[Direction] = []
    last: Direction = "left"
    for one in directions:
        last = last if one == "none" else one
        found.append(last)
    return found
