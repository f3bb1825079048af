"""What can be counted in a text: vocabulary, sentences, links between them."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from statistics import mean, pstdev

from language import frequency
from language.document import Document
from language.lexicon import topics

# Where a CEFR level begins (A1 … C2): share of uncommon words, words and subordinators a sentence, links a text.
# Set by hand on our graded reading texts; see docs/writing.md.
SOPHISTICATION = (0.0, 0.09, 0.13, 0.17, 0.22, 0.28)
SENTENCE = (0.0, 7.5, 10.0, 13.0, 17.0, 21.0)
SUBORDINATION = (0.0, 0.15, 0.35, 0.6, 0.9, 1.2)
LINKS = (0.0, 2.0, 3.0, 4.5, 6.0, 7.5)


@dataclass(frozen=True)
class Measures:
    """`vocabulary`, `syntax`, `cohesion` on the CEFR scale (0 = A1 begins … 5 = C2); `variety`, `range` 0 to 1."""

    words: int
    sentences: int
    vocabulary: float
    syntax: float
    cohesion: float
    variety: float
    range: float
    link_kinds: int


def measure(document: Document) -> Measures:
    """Counts and rates of a text."""
    words = [token.lower for token in document.words]
    sentences = [sentence.words for sentence in document.sentences if sentence.words]
    lengths = [len(one) for one in sentences]
    subordinators = sum(word in topics.SUBORDINATORS for word in words)
    links = _links(" ".join(words))
    syntax = 0.5 * on_scale(mean(lengths) if lengths else 0.0, SENTENCE) + 0.5 * on_scale(
        subordinators / max(1, len(sentences)), SUBORDINATION
    )
    return Measures(
        words=len(words),
        sentences=len(sentences),
        vocabulary=on_scale(_sophistication(words), SOPHISTICATION),
        syntax=syntax,
        cohesion=on_scale(min(len(links), 1.5 + len(sentences) / 1.5), LINKS),
        variety=_variety([one[0].lower for one in sentences], lengths),
        range=_range(words),
        link_kinds=len({kind for kind, _ in links}),
    )


def on_scale(value: float, steps: tuple[float, ...]) -> float:
    """Where the value lies among the steps at which levels begin, with fractions, up to one level above the last."""
    for level in range(len(steps) - 1, -1, -1):
        if value >= steps[level]:
            following = steps[level + 1] if level + 1 < len(steps) else steps[level] + (steps[level] - steps[level - 1])
            return level + min(1.0, (value - steps[level]) / (following - steps[level]))
    return 0.0


@lru_cache(maxsize=20_000)
def _rank(word: str) -> int | None:
    """The rank of the word or of the nearest form without an ending, so that "visited" is as common as "visit"."""
    ranks = [frequency.rank(word)]
    for ending, instead in (
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
        ("ly", ""),
        ("er", ""),
        ("'s", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            ranks.append(frequency.rank(word[: -len(ending)] + instead))
    return min((rank for rank in ranks if rank), default=None)


def _sophistication(words: list[str]) -> float:
    """Share of different words beyond the 2,000 (half) and 5,000 (whole) most frequent; unknown words are left out."""
    kinds = {word for word in words if len(word) > 2 and word not in topics.FUNCTION}
    ranks = [rank for word in kinds if (rank := _rank(word)) is not None]
    if not ranks:
        return 0.0
    return sum(0.5 * (rank > 2000) + 0.5 * (rank > 5000) for rank in ranks) / (len(ranks) + 8)


def _range(words: list[str]) -> float:
    """Different words among 40 running ones, averaged over the text (Covington and McFall, 2010), 0 to 1."""
    window = 40
    if len(words) <= window:
        return len(set(words)) / max(len(words), 20)
    counts = Counter(words[:window])
    ratios = [len(counts) / window]
    for index in range(window, len(words)):
        counts[words[index]] += 1
        gone = words[index - window]
        counts[gone] -= 1
        if not counts[gone]:
            del counts[gone]
        ratios.append(len(counts) / window)
    return mean(ratios)


def _variety(openers: list[str], lengths: list[int]) -> float:
    """How much sentences differ in how they begin and how long they are."""
    if len(lengths) < 2:
        return 0.3
    begins = len(set(openers)) / len(openers)
    spread = min(1.0, pstdev(lengths) / max(1.0, mean(lengths)) / 0.45)
    return 0.5 * min(1.0, begins / 0.7) + 0.5 * spread


def _links(text: str) -> set[tuple[str, str]]:
    return {
        (kind, phrase)
        for kind, phrases in topics.CONNECTORS.items()
        for phrase in phrases
        if re.search(rf"\b{phrase}\b", text)
    }
