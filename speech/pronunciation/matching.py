"""Which words of a text a recognizer heard, ignoring punctuation and whether numbers are digits or words."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from kit import typography
from speech.pronunciation.lexicon import readings
from speech.transcription import words

_JOINED = re.compile(r"[-–/]+|\.{3}")
_MEANING = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'s": "is"}
_CONTRACTION = re.compile(r"(?<=\w)(?:n't|'(?:m|re|ve|ll|d|s))(?!\w)", re.I)
_BEHIND = ".,;:!?\"')]}"
_BEFORE = "\"'([{¿¡"


def matched(text: Sequence[str], heard: Sequence[str]) -> list[tuple[int, int]]:
    """(word of the text, word heard) for what is the same in both, in order. A number may stand for several words."""
    ours, theirs = _keyed(text, heard), _keyed(heard, text)
    blocks = SequenceMatcher(None, [k for k, _ in theirs], [k for k, _ in ours], autojunk=False).get_matching_blocks()
    return [(ours[block.b + n][1], theirs[block.a + n][1]) for block in blocks for n in range(block.size)]


def share(text: Sequence[str], heard: Sequence[str]) -> float:
    """How much of a text was heard, 0 to 1."""
    return len({word for word, _ in matched(text, heard)}) / max(1, len(text))


def _keyed(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, int]]:
    """(key, place of the word): numbers in digits are written out the way `theirs` have them."""
    numbers = [number for word in theirs if (number := _number(word))]
    told = readings.SpokenText([key for word in theirs for key in _keys(word)], numbers, words.keys)
    out: list[tuple[str, int]] = []
    for place, word in enumerate(ours):
        number = _number(word)
        said = told.reading(number) if number else None
        out += [(key, place) for key in (said or _keys(word))]
    return out


def _keys(word: str) -> list[str]:
    """A contraction is two words, as one says I'm where the other says I am. Accents and look-alikes are not heard."""
    read = typography.unaccented(typography.latin(typography.plain(word)))
    apart = [part for joined in _JOINED.split(read) for part in _CONTRACTION.sub(_apart, joined).split()]
    return [key for key in words.keys(apart) if key]


def _apart(found: re.Match[str]) -> str:
    return f" {_MEANING[found[0].lower()]}"


def _number(word: str) -> str | None:
    bare = typography.plain(word).strip(_BEFORE).rstrip(_BEHIND)
    return bare if readings.EXPRESSION.fullmatch(bare) else None
