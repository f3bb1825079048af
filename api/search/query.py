"""Reading what somebody typed, and the words that it may have meant. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA

from api.search.models import Query
from server.kit import words

_MOST_WORDS = 12
_SHORTEST_GUESS = 4


def read(text: str) -> Query:
    """The words of `text`, without repetitions, twelve at most."""
    found = dict.fromkeys(word[:40] for word, _, _ in words.split(text))
    return Query(text, tuple(found)[:_MOST_WORDS])


def guessable(query: Query) -> list[str]:
    """Words long enough that a near word can be taken for them."""
    return [word for word in query.words if len(word) >= _SHORTEST_GUESS and not word.isdigit()]


def near(word: str, known: Iterable[str], most: int = 4) -> list[str]:
    """Known words within one slip of `word` (two from seven letters on), nearest first.

    A swap of neighbours is one slip.
    """
    allowed = 2 if len(word) >= 7 else 1
    ranked = sorted((OSA.distance(word, one, score_cutoff=allowed), one) for one in known if one != word)
    return [one for distance, one in ranked if distance <= allowed][:most]


def every(query: Query, meant: Mapping[str, Sequence[str]] | None = None) -> str:
    """A tsquery that wants every word, or what it may have meant; the last word may go on."""
    groups = []
    for index, word in enumerate(query.words):
        options = [word, *(meant or {}).get(word, ())]
        if index == len(query.words) - 1 and len(word) > 1:
            options.append(f"{word}:*")
        groups.append("(" + " | ".join(options) + ")")
    return " & ".join(groups)


def some(query: Query, meant: Mapping[str, Sequence[str]]) -> str:
    """A tsquery that is content with any of the words."""
    return " | ".join(dict.fromkeys(one for word in query.words for one in (word, *meant.get(word, ()))))
