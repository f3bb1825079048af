"""Syllables of a pronunciation and which of them carries the main stress when the dictionary does not say."""

import lzma
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from speech.pronunciation import phones

_ONSETS = frozenset(
    [
        "P R", "P L", "B R", "B L", "T R", "D R", "K R", "K L", "G R", "G L", "F R", "F L", "TH R", "SH R", "S P",
        "S T",
        "S K", "S M", "S N", "S L", "S W", "T W", "K W", "D W", "G W", "P Y", "B Y", "K Y", "F Y", "M Y", "V Y", "HH Y",
        "S P R", "S P L", "S T R", "S K R", "S K W", "S K Y", "G Y", "N Y", "D Y", "T Y",
    ]
)  # fmt: skip
_LAST = ("ee", "eer", "ese", "ette", "ique", "oon", "self", "selves", "ain", "ect", "ose", "uce", "ume", "ire", "ade")
_BEFORE_LAST = ("tion", "sion", "cian", "tian", "cial", "tial", "cious", "tious", "ic", "ics", "geous", "gious", "ish")
_THIRD = ("ity", "ety", "ical", "ogy", "aphy", "omy", "ify", "etry", "efy", "inal", "ular", "itude", "icant", "ulous")
_PREFIXES = (
    "a", "be", "re", "de", "con", "com", "ex", "im", "in", "dis", "pre", "pro", "sup", "suc", "for", "per",
    "en",
)  # fmt: skip

TABLE = Path(__file__).parent.parent / "models" / "stress.xz"


def syllables(pronunciation: Sequence[str]) -> list[tuple[int, int]]:
    """Phones [start, end) of each syllable; consonants go to the next vowel as far as English onsets allow."""
    vowels = [i for i, p in enumerate(pronunciation) if phones.bare(p) in phones.VOWELS]
    if not vowels:
        return [(0, len(pronunciation))] if pronunciation else []
    cuts = [0]
    for left, right in pairwise(vowels):
        cut = right
        while cut - 1 > left and _onset([phones.bare(p) for p in pronunciation[cut - 1 : right]]):
            cut -= 1
        cuts.append(cut)
    return list(zip(cuts, [*cuts[1:], len(pronunciation)], strict=True))


def _onset(cluster: list[str]) -> bool:
    return (len(cluster) == 1 and cluster[0] not in ("NG", "ZH")) or " ".join(cluster) in _ONSETS


def main(word: str, pronunciation: Sequence[str]) -> int:
    """Index of the syllable with the main stress: from stress digits if there are any, else as CMUdict marks the word,
    else by rules of spelling."""
    marks = [phones.stress(p) for p in pronunciation if phones.bare(p) in phones.VOWELS]
    if 1 in marks:
        return marks.index(1)
    known = _table().get(word)
    return known if known is not None and known < len(marks) else by_rule(word, pronunciation)


@cache
def _table() -> dict[str, int]:
    """Words that the rules stress wrongly (made by `training/stresses.py`)."""
    lines = lzma.decompress(TABLE.read_bytes()).decode().splitlines()
    return {word: int(syllable) for syllable, *words in map(str.split, lines) for word in words}


def by_rule(word: str, pronunciation: Sequence[str]) -> int:
    """As `main`, from the spelling and the vowels alone."""
    count = sum(phones.bare(p) in phones.VOWELS for p in pronunciation)
    if count < 2:
        return 0
    vowels = [phones.bare(p) for p in pronunciation if phones.bare(p) in phones.VOWELS]
    if word.endswith(_BEFORE_LAST):
        return count - 2
    if count > 2 and word.endswith(_THIRD):
        return max(0, count - 3)
    if word.endswith(_LAST) and vowels[-1] not in ("AH", "ER", "IH") and not (count == 2 and vowels[0] not in (
            "AH", "IH", "ER")):  # fmt: skip
        return count - 1
    weak = [v in ("AH", "ER") or (v in ("IH", "IY") and i == count - 1) for i, v in enumerate(vowels)]
    if count == 2:
        return int((weak[0] or vowels[0] == "IH") and (not weak[1] or word.startswith(_PREFIXES)) and vowels[1] != "ER")
    strong = [i for i, w in enumerate(weak) if not w] or [0]
    if vowels[0] in ("AH", "IH") and word.startswith(_PREFIXES) and len(strong) > (vowels[0] == "IH"):
        strong = [i for i in strong if i > 0] or strong
    return strong[0]
