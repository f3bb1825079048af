"""Mouth shapes for a sentence while it sounds.

Ids are the 15 of the Oculus (OVR LipSync) set, which avatars commonly have as blend shapes. Phones come from the
dictionary, letters stand in for words it does not have; how long each lasts is a share of the sentence's sound, where
the voice does not tell its own timing.
"""

import re
from collections.abc import Sequence
from functools import cache

from speech.pronunciation.lexicon import dictionary
from speech.pronunciation.phones import VOWELS, bare
from speech.synthesis.voices import Timed

NAMES = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U")
SILENCE = 0

_GROUPS = {
    1: "P B M",
    2: "F V",
    3: "TH DH",
    4: "T D L",
    5: "K G NG HH",
    6: "CH JH SH ZH",
    7: "S Z",
    8: "N",
    9: "R ER",
    10: "AA AE AH AY AW",
    11: "EH EY",
    12: "IH IY Y",
    13: "AO OW OY",
    14: "UH UW W",
}
_OF_PHONE = {phone: id_ for id_, phones in _GROUPS.items() for phone in phones.split()}
_GLIDES = {"AY": 12, "AW": 14, "EY": 12, "OY": 12, "OW": 14}  # the second half of a diphthong
_OF_IPA = {
    phone: (shape,)
    for shape, phones in {
        1: "p b m", 2: "f v", 3: "θ ð", 4: "t d l ɾ", 5: "k ɡ ŋ h ʔ x", 6: "tʃ dʒ ʃ ʒ", 7: "s z", 8: "n", 9: "ɹ r ɜ ɚ",
        10: "ɑ æ a ʌ ɐ ə", 11: "ɛ e", 12: "ɪ i j", 13: "ɔ ɒ o", 14: "ʊ u w",
    }.items()
    for phone in phones.split()
} | {
    "aɪ": (10, 12), "aʊ": (10, 14), "eɪ": (11, 12), "oʊ": (13, 14), "əʊ": (10, 14), "ɔɪ": (13, 12),
    "ts": (4, 7), "dz": (4, 7),
}  # fmt: skip
_OF_LETTER = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (10, 1, 5, 4, 11, 2, 5, 5, 12, 6, 5, 4, 1, 8, 13, 1, 5, 9, 7, 4, 14, 2, 14, 7, 12, 7),
        strict=True,
    )
)
_VOWEL, _CONSONANT, _PAUSE = 1.6, 1.0, 2.5  # shares of the time
_CLOSES = 0.02  # seconds before the end of the sound
_GAP = 0.06  # seconds of silence within a clause that close the mouth
_LETTERS = frozenset("aeiou")

Shape = tuple[float, int]
"""(seconds from the beginning, id)"""


def timed(phones: Sequence[Timed], seconds: float) -> list[Shape]:
    """The shapes of phones (IPA) whose times the voice told, in sound of so many seconds; as `shapes`."""
    found: list[Shape] = []
    told = 0.0  # until when
    for text, start, end in phones:
        if start - told > _GAP:
            _add(found, told, SILENCE)
        ids = _OF_IPA.get(text.rstrip("ː"), (SILENCE,))
        for number, id_ in enumerate(ids):
            _add(found, start + (end - start) * number / len(ids), id_)
        told = end
    _add(found, max(found[-1][0] if found else 0.0, min(told, seconds - _CLOSES)), SILENCE)
    return found


def _add(found: list[Shape], at: float, id_: int) -> None:
    if not found or found[-1][1] != id_:
        found.append((round(at, 3), id_))


def shapes(sentence: str, seconds: float) -> list[Shape]:
    """The shapes of a sentence that sounds for so long, ending in silence; never the same twice in a row."""
    units = [
        unit for part in re.findall(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d|[,;:.!?…—–]", sentence) for unit in _part(part)
    ]
    whole = sum(share for share, _ in units)
    found: list[Shape] = []
    at = 0.0
    for share, id_ in units:
        _add(found, at / whole * seconds, id_)
        at += share
    _add(found, max(0.0, seconds - _CLOSES), SILENCE)
    return found


_DIGITS = "zero one two three four five six seven eight nine".split()  # noqa: SIM905


@cache
def _part(part: str) -> tuple[tuple[float, int], ...]:
    """(share of time, id) of a word, a digit or a stop."""
    if part.isdigit():
        return _part(_DIGITS[int(part)])
    if not part[0].isalpha():
        return ((_PAUSE, SILENCE),)
    known = dictionary.shared().find(part.lower().replace("’", "'"))
    if not known:
        letters = [letter for letter in part.lower() if letter in _OF_LETTER]
        return tuple((_VOWEL if letter in _LETTERS else _CONSONANT, _OF_LETTER[letter]) for letter in letters)
    units: list[tuple[float, int]] = []
    for phone in map(bare, known[0]):
        if phone in _GLIDES:
            units += [(_VOWEL / 2, _OF_PHONE[phone]), (_VOWEL / 2, _GLIDES[phone])]
        else:
            units.append((_VOWEL if phone in VOWELS else _CONSONANT, _OF_PHONE[phone]))
    return tuple(units)
