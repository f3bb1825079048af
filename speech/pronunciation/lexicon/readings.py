"""Numbers in digits beside the same numbers in words: a text, a recogniser and a learner each have their own way."""

import re
from collections.abc import Callable, Iterable, Sequence

from speech.pronunciation.lexicon import numbers

EXPRESSION = re.compile(r"[+−-]?[$£€¥]?\d+(?:[.,:/-]\d+)*(?:['’]s|%|°[cf]?|[a-z]{1,3})?(?!\w)", re.I | re.ASCII)
MOST = 100
"""Different numbers of a text that are looked at."""
_LONGEST = 24  # characters of such a number
_ROUND = ("hundred", "thousand", "million", "billion")


def of(expression: str) -> list[list[str]]:
    """All ways in which a number may be read aloud, as lists of words; [] for what is no number."""
    if len(expression) > _LONGEST:
        return []
    plain = expression.replace("−", "-").replace("’", "'")
    usual = numbers.read(plain)
    found = [*([usual] if usual else []), *numbers.others(plain), *_further(plain)]
    found += [["a", *words[1:]] for words in found if words[0] == "one" and words[1:2] and words[1] in _ROUND]
    found += [[part for word in words for part in (["per", "cent"] if word == "percent" else [word])]
              for words in found if "percent" in words]  # fmt: skip
    return [words for i, words in enumerate(found) if words and words not in found[:i]]


def _further(text: str) -> list[list[str]]:
    found: list[list[str]] = []
    bare = text.replace(",", "")
    if bare.isdigit() and len(bare) <= 12:
        n = int(bare)
        found.append(numbers.cardinal(n))
        if 0 < n <= 31:
            found.append(numbers.ordinal(n))
        if len(bare) == 4 and bare[0] != "0" and n % 100:
            low = ["oh", *numbers.cardinal(n % 100)] if n % 100 < 10 else numbers.cardinal(n % 100)
            found.append([*numbers.cardinal(n // 100), *low])
    elif part := re.fullmatch(r"[$£€]?(\d{1,6})\.(\d\d)", bare):
        found.append([*numbers.cardinal(int(part[1])), *numbers.cardinal(int(part[2]))])
    elif part := re.fullmatch(r"(\d{1,2}):(\d\d)", bare):
        found += _clock(int(part[1]), int(part[2]))
    elif bare == "1/2":
        found += [["half"], ["a", "half"]]
    if re.search("[a-z]", text, re.I):
        return found
    digits = numbers.digits(text)
    zeros = [["oh" if word == "zero" else word for word in digits]] if "zero" in digits else []
    return [*found, digits, *zeros]


def _clock(hour: int, minute: int) -> list[list[str]]:
    if not 0 < minute < 60:
        return []
    now, following = numbers.cardinal(hour), numbers.cardinal(hour % 12 + 1)
    return [[*numbers.cardinal(minute), "past", *now], [*numbers.cardinal(60 - minute), "to", *following]]


class SpokenText:
    """A text's words as keys, and the readings of its numbers in digits.

    `keys` makes keys of words, as the caller compares them. Of very many numbers only some are looked at.
    """

    def __init__(self, said: Sequence[str], numbers: Iterable[str], keys: Callable[[list[str]], list[str]]) -> None:
        self._keys = keys
        distinct = list(dict.fromkeys(numbers))[:MOST]
        self._lines = [_line(said), *(_line(keys(reading)) for number in distinct for reading in of(number))]
        self._known: dict[str, list[str] | None] = {}

    def reading(self, number: str) -> list[str] | None:
        """The keys of the longest reading of a number that is said here, or None."""
        if number not in self._known and len(self._known) < MOST:
            found = sorted(map(self._keys, of(number)), key=len, reverse=True)
            heard = (one for one in found if any(_line(one) in line for line in self._lines))
            self._known[number] = next(heard, None)
        return self._known.get(number)


def _line(keys: Sequence[str]) -> str:
    """Keys in a row, to be looked through."""
    return f" {' '.join(keys)} "
