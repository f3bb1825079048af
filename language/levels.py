"""Which words are English, and at which level a learner usually meets them.

Source: the English frequency dictionary inside the pyspellchecker package (MIT licence; 160,000 forms counted in
film subtitles). No list of words by CEFR level may be shipped here, so frequency rank stands in for level, and
`words.txt`, written for Parley, corrects it where everyday words are rare in films.
"""

from functools import cache, lru_cache
from pathlib import Path

from language import frequency

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
# The last rank of each level among word forms; beyond the last one lies C2.
_LAST_RANK = (("A1", 1800), ("A2", 3500), ("B1", 6500), ("B2", 13000), ("C1", 30000))
_SEEN_OFTEN_ENOUGH = 50
_OWN = Path(__file__).parent / "words.txt"
_SUFFIXES = (("ies", "y"), ("ied", "y"), ("ying", "ie"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
             ("ing", "e"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ier", "y"), ("iest", "y"),
             ("ily", "y"), ("ly", ""), ("ly", "le"), ("'s", ""), ("s'", "s"))  # fmt: skip


@cache
def _own() -> dict[str, str]:
    """Our own levels: lines such as `A1: kitchen breakfast …`."""
    levels: dict[str, str] = {}
    for line in _OWN.read_text().splitlines():
        level, _, words = line.partition(":")
        if level in LEVELS:
            levels = dict.fromkeys(words.split(), level) | levels
    return levels


def is_word(form: str) -> bool:
    """Whether the lower-case form is an English word seen often enough not to be a misprint."""
    return frequency.counts().get(form, 0) >= _SEEN_OFTEN_ENOUGH or form in _own()


@lru_cache(maxsize=20_000)
def level(form: str) -> str:
    """A1 to C2 for a lower-case word: the lowest level of the form itself and of the words it is made from."""
    return LEVELS[min(LEVELS.index(_level(candidate)) for candidate in (form, *_stems(form)))]


def _level(form: str) -> str:
    if form in _own():
        return _own()[form]
    rank = frequency.ranks().get(form)
    return next((name for name, last in _LAST_RANK if rank is not None and rank <= last), "C2")


def _stems(form: str) -> list[str]:
    found = []
    for suffix, instead in _SUFFIXES:
        stem = form[: -len(suffix)] + instead if form.endswith(suffix) else ""
        if len(stem) < 3:
            continue
        found.append(stem)
        if instead == "" and suffix in {"ed", "ing", "er", "est"} and stem[-1] == stem[-2]:
            found.append(stem[:-1])
    return found
