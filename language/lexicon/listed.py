"""Sets of words, written down as running text."""


def listed(text: str) -> frozenset[str]:
    return frozenset(text.split())
