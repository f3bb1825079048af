"""Takes a question apart into the words that matter. Pure."""

from collections.abc import Mapping, Sequence

from api.knowledge.embedding import related, stopwords
from api.knowledge.ranking import Slot
from server.kit import words

_MOST_WORDS = 24
_RELATED_WORTH = 0.35
_MEANT_WORTH = 0.7
_ASKING = frozenset(
    """
    please tell explain describe happen happened mean means called name say says long old many much get got give gave go
    went make made take took come came become became use used know think want let
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read
)

_RELATED: dict[str, list[str]] = {}
for _group in related.GROUPS:
    for _member in _group:
        _RELATED.setdefault(words.stem(_member), []).extend(one for one in _group if one != _member)


def content_words(question: str) -> list[str]:
    """Folded words that carry the subject; all of them when none does."""
    every = list(dict.fromkeys(word for word, _, _ in words.split(question)))
    subject = [word for word in every if word not in stopwords.WORDS and word not in _ASKING]
    return (subject or [word for word in every if word not in stopwords.WORDS] or every)[:_MOST_WORDS]


def related_words(word: str) -> list[str]:
    return list(dict.fromkeys(_RELATED.get(words.stem(word), ())))


def slots(asked: Sequence[str], meant: Mapping[str, Sequence[str]], stems: Mapping[str, str]) -> list[Slot]:
    """One slot a word, with the stems of related words and of words that may have been meant."""
    made = []
    for word in asked:
        worth: dict[str, float] = {}
        for one in related_words(word):
            worth[stems[one]] = _RELATED_WORTH
        for one in meant.get(word, ()):
            worth[stems[one]] = _MEANT_WORTH
        worth[stems[word]] = 1.0
        made.append(Slot(worth))
    return made


def tsquery(slot: Slot) -> str:
    """The slot as a tsquery of the `simple` configuration: its stems are lexemes already."""
    return "(" + " | ".join("'" + stem.replace("'", "''").replace("\\", "\\\\") + "'" for stem in slot.stems) + ")"
