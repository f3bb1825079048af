"""Words of a text, folded and stemmed: what search, retrieval and snippets compare."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "’": "'"}
)
_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate",
    "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive",
    "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic", "ou",
)  # fmt: skip


def fold(text: str) -> str:
    """Lower case without accents: “Café” → “cafe”."""
    lowered = text.lower().translate(_LETTERS)
    if lowered.isascii():
        return lowered
    parts = unicodedata.normalize("NFKD", lowered)
    return "".join(one for one in parts if not unicodedata.combining(one))


def split(text: str) -> Iterator[tuple[str, int, int]]:
    """(folded word, start, end) for every run of letters and digits."""
    for match in _WORD.finditer(text):
        yield fold(match.group()), match.start(), match.end()


def near(word: str, known: Iterable[str], most: int = 4) -> list[str]:
    """Known words within one slip of `word` (two from seven letters on), nearest first.

    A swap of neighbours is one slip.
    """
    allowed = 2 if len(word) >= 7 else 1
    ranked = sorted((OSA.distance(word, one, score_cutoff=allowed), one) for one in known if one != word)
    return [one for distance, one in ranked if distance <= allowed][:most]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded English word.

    M. F. Porter, An algorithm for suffix stripping, Program 14(3), 1980, with the author's later "logi" and "bli".
    """
    if len(word) <= 2 or not word.isascii() or not word.isalpha():
        return word
    for step in (_plural, _past, _final_y, _double_suffix, _suffix_3, _suffix_4, _final_e):
        word = step(word)
    return word


def _vowels(word: str) -> str:
    """The word as v and c: y is a vowel after a consonant."""
    shape = ""
    for index, letter in enumerate(word):
        vowel = letter in "aeiou" or (letter == "y" and index > 0 and shape[-1] == "c")
        shape += "v" if vowel else "c"
    return shape


def _measure(stem: str) -> int:
    return len(re.findall("v+c+", _vowels(stem)))


def _short(stem: str) -> bool:
    """Ends consonant, vowel, consonant other than w, x, y."""
    return _vowels(stem)[-3:] == "cvc" and stem[-1] not in "wxy"


def _plural(word: str) -> str:
    if word.endswith("sses") or word.endswith("ies"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        rest = word.removesuffix(ending)
        if rest != word and "v" in _vowels(rest):
            if rest.endswith(("at", "bl", "iz")):
                return rest + "e"
            if len(rest) > 1 and rest[-1] == rest[-2] and rest[-1] not in "aeioulsz":
                return rest[:-1]
            return rest + "e" if _measure(rest) == 1 and _short(rest) else rest
    return word


def _final_y(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and "v" in _vowels(word[:-1]) else word


def _replaced(word: str, table: dict[str, str]) -> str:
    for ending in sorted(table, key=len, reverse=True):
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + table[ending] if _measure(rest) > 0 else word
    return word


def _double_suffix(word: str) -> str:
    return _replaced(word, _STEP_2)


def _suffix_3(word: str) -> str:
    return _replaced(word, _STEP_3)


def _suffix_4(word: str) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if _measure(rest) > 1 and (ending != "ion" or rest[-1:] in ("s", "t")):
                return rest
            return word
    return word


def _final_e(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _measure(rest) > 1 or (_measure(rest) == 1 and not _short(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
