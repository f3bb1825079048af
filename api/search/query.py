"""Parses a query, and finds the words that it may have meant. Pure."""

from collections.abc import Mapping, Sequence

from api.search.models import Query
from language import terms as words

_MOST_WORDS = 12
_SHORTEST_GUESS = 4


def read(text: str) -> Query:
    """The words of `text`, without repetitions, twelve at most."""
    found = dict.fromkeys(word[:40] for word, _, _ in words.split(text))
    return Query(text, tuple(found)[:_MOST_WORDS])


def guessable(query: Query) -> list[str]:
    """Words long enough that a near word can be taken for them."""
    return [word for word in query.words if len(word) >= _SHORTEST_GUESS and not word.isdigit()]


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
    """A tsquery that matches any of the words."""
    return " | ".join(dict.fromkeys(one for word in query.words for one in (word, *meant.get(word, ()))))
