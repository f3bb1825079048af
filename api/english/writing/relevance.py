"""Whether a text speaks about what the prompt asks for."""

from functools import cache

from language import document
from language.document import Document
from language.lexicon import topics


@cache
def _families() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stem(word) for word in family.split()) for family in topics.FAMILIES)


def stem(word: str) -> str:
    """The word without a common ending, to compare forms."""
    for ending in (
        "ations",
        "ation",
        "ingly",
        "ings",
        "ing",
        "ness",
        "ies",
        "ied",
        "ers",
        "er",
        "ed",
        "es",
        "ly",
        "s",
        "e",
        "y",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def relevance(text: Document, prompt: str | None) -> float | None:
    """0 (about something else) to 1; None without a prompt, or with one that names no topic."""
    asked = _topic_words(document.parse(prompt)) if prompt else set()
    if not asked:
        return None
    said = _topic_words(text)
    named = len(asked & said) / min(len(asked), 4)
    families = [family for family in _families() if family & asked]
    related = max((len(family & said) for family in families), default=0) / 3
    return min(1.0, max(named, min(1.0, related), 0.5 * named + 0.5 * related))


def _topic_words(text: Document) -> set[str]:
    return {
        stem(token.lower)
        for token in text.words
        if len(token.lower) > 3 and token.lower not in topics.EMPTY and token.lower not in topics.FUNCTION
    }
