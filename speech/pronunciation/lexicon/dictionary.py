"""Pronunciations of known words: ours first, then the CMU dictionary of the PocketSphinx wheel (BSD-like licence).

The dictionary stays one block of bytes (3.3 MB) that is searched, not 135,000 Python objects.
"""

import importlib.util
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from speech.pronunciation import phones
from speech.pronunciation.lexicon import british

MODELS = Path(__file__).parent.parent / "models"


def wheel_folder() -> Path | None:
    """Folder of the English models inside the PocketSphinx wheel, or None when it is not installed."""
    found = importlib.util.find_spec("pocketsphinx")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(found.submodule_search_locations[0]) / "model" / "en-us"
    return folder if folder.is_dir() else None


class Dictionary:
    """Words to pronunciations, each a tuple of ARPAbet phones; stress digits only where our own list has them."""

    def __init__(self) -> None:
        folder = wheel_folder()
        path = folder / "cmudict-en-us.dict" if folder else None
        self._cmu = b"\n" + path.read_bytes() if path and path.exists() else b"\n"
        self._ranges = _ranges(self._cmu)
        own = (MODELS / "words.tsv").read_text(encoding="utf-8").splitlines()
        self._own = dict(line.split("\t") for line in own if line and not line.startswith("#"))
        self._cached = lru_cache(maxsize=20000)(self._find)

    def own(self, word: str) -> tuple[tuple[str, ...], ...]:
        """Pronunciations of our list, with stress."""
        line = self._own.get(word)
        return tuple(tuple(p.split()) for p in line.split("|")) if line else ()

    def find(self, word: str) -> tuple[tuple[str, ...], ...]:
        """All pronunciations of a lower-case word, the likeliest first, British ones last; () for an unknown word."""
        return self._cached(word)

    def standard(self, word: str) -> tuple[str, ...] | None:
        """How a native speaker says a lower-case word, without stress: never from our list while others have it, since
        that list also holds what learners say. None for an unknown word."""
        known = self._cmu_line(word, "")
        if known is not None:
            return known
        derived = _derived(word, lambda stem: (one,) if (one := self.standard(stem)) else ())
        found = derived or [list(p) for p in self.own(word)]
        return tuple(map(phones.bare, found[0])) if found else None

    def _cmu_line(self, word: str, mark: str) -> tuple[str, ...] | None:
        at = self._cmu.find(f"\n{word}{mark} ".encode(), *self._ranges.get(word[:2].encode(), (0, 0)))
        if at < 0:
            return None
        return tuple(self._cmu[at + 1 : self._cmu.index(b"\n", at + 1)].decode().split()[1:])

    def _find(self, word: str) -> tuple[tuple[str, ...], ...]:
        found = list(self.own(word))
        for mark in ("", *(f"({n})" for n in range(2, 6))):
            line = self._cmu_line(word, mark)
            if line is None:
                break
            found.append(line)
        if not found:
            found = [tuple(p) for p in _derived(word, self._cached)]
        american = _distinct(found)
        return tuple(_distinct([*american, *(v for p in american[:2] for v in british.variants(word, p))]))


@cache
def shared() -> Dictionary:
    """One for the whole process, read at the first use."""
    return Dictionary()


def _derived(word: str, stems: Callable[[str], Sequence[tuple[str, ...]]]) -> list[list[str]]:
    """Possessives, plurals, past tenses and -ing of known words."""
    for ending, make in (("'s", _plural), ("s'", _plural), ("s", _plural), ("ed", _past), ("d", _past)):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = stems(word[: -len(ending)])
            if stem:
                return [make(list(p)) for p in stem[:2]]
    for stem_word in ((word[:-3], word[:-3] + "e") if word.endswith("ing") else (word[:-2],) if word.endswith("in'")
                      else ()):  # fmt: skip
        stem = stems(stem_word) if len(stem_word) > 2 else ()
        if stem:
            return [[*p, "IH", "NG"] for p in stem[:2]]
    return []


def _ranges(lines: bytes) -> dict[bytes, tuple[int, int]]:
    """Where the lines that begin with the same two letters are (the file is in alphabetical order)."""
    found: dict[bytes, tuple[int, int]] = {}
    at = 0
    while (end := lines.find(b"\n", at + 1)) >= 0:
        key = lines[at + 1 : at + 3]
        found[key] = (found.get(key, (at, 0))[0], end + 1)
        at = end
    return found


def _distinct(found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Without those that differ in stress marks only; the first of them stays."""
    return list({tuple(map(phones.bare, p)): p for p in reversed(found)}.values())[::-1]


def _plural(p: list[str]) -> list[str]:
    if p[-1] in ("S", "Z", "SH", "ZH", "CH", "JH"):
        return [*p, "AH", "Z"]
    return [*p, "S" if p[-1] in ("P", "T", "K", "F", "TH") else "Z"]


def _past(p: list[str]) -> list[str]:
    if p[-1] in ("T", "D"):
        return [*p, "AH", "D"]
    return [*p, "T" if p[-1] in ("P", "K", "F", "S", "SH", "CH", "TH") else "D"]
