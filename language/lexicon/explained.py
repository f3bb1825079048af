"""What 30,000 English words mean, from WordNet 3.0 (its licence: NOTICE). Made by benchmarks/_build_explained.py."""

import lzma
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from language.tagging import lemmas

FILE = Path(__file__).parent / "explained.xz"
_TAGS = ("VBZ", "VBD", "VBG", "VBN", "NNS")


@dataclass(frozen=True, slots=True)
class Sense:
    """`part` is n, v, a (adjective) or r (adverb); `example` and `near` (a better known word) may be empty."""

    part: str
    gloss: str
    example: str
    near: str


@cache
def _all() -> dict[str, list[str]]:
    """About 60 ms and 8 MB, once."""
    found: dict[str, list[str]] = {}
    for line in lzma.decompress(FILE.read_bytes()).decode().split("\n"):
        word, _, rest = line.partition("|")
        found.setdefault(word, []).append(rest)
    return found


def size() -> int:
    """How many words are explained."""
    return len(_all())


def words() -> Iterable[str]:
    """All that are explained, in the order of the file."""
    return _all().keys()


def look_up(word: str) -> tuple[str, tuple[Sense, ...]] | None:
    """The dictionary form of a word or short phrase and its senses, the most frequent first."""
    plain = " ".join(word.lower().replace("’", "'").split())
    for candidate in dict.fromkeys((plain, *_forms(plain))):
        if candidate in _all():
            return candidate, tuple(Sense(*line.split("|")) for line in _all()[candidate])
    return None


def _forms(word: str) -> list[str]:
    """“thrives” → “thrive”, “gave up” → “give up”."""
    first, space, rest = word.partition(" ")
    return [lemmas.lemma(first, tag) + space + rest for tag in _TAGS]
