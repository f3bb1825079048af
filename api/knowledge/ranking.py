"""Ranks passages: BM25 over weighted fields with nearness of words, and fusion with the vectors' order. Pure.

BM25F: Robertson, Zaragoza and Taylor, Simple BM25 extension to multiple weighted fields, 2004. Reciprocal rank fusion:
Cormack, Clarke and Büttcher, 2009.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# Chosen on every second question of the benchmark (benchmarks/retrieval.py); the others were held out.
_K1 = 0.6
_B = 0.2
_HEADING_WORTH = 1.0
_NEAR_WORTH = 0.3
_NEAR_WORDS = 6
_FUSION_K = 5
_VECTOR_WORTH = 0.2


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question: the stems that answer to it, each with its worth (1 for the word itself)."""

    stems: Mapping[str, float]


@dataclass(slots=True)
class Candidate:
    """A passage as the ranking sees it: places of stems in its text, and how often they stand in its heading."""

    id: str
    words: int
    places: dict[str, list[int]] = field(default_factory=dict)
    heading: dict[str, int] = field(default_factory=dict)


def idf(documents: int, having: int) -> float:
    """How much it says that a passage has a word (BM25)."""
    return math.log(1 + (documents - having + 0.5) / (having + 0.5))


def lexical(
    candidates: Sequence[Candidate], slots: Sequence[Slot], weights: Sequence[float], average_words: float
) -> dict[str, float]:
    """A score for every candidate. `weights` are the slots' idf values; `average_words` of a passage."""
    return {one.id: _score(one, slots, weights, average_words) for one in candidates}


def _score(one: Candidate, slots: Sequence[Slot], weights: Sequence[float], average: float) -> float:
    length = 1 - _B + _B * one.words / max(average, 1)
    total = 0.0
    for slot, weight in zip(slots, weights, strict=True):
        frequency = sum(
            worth * (len(one.places.get(stem, ())) / length + _HEADING_WORTH * min(one.heading.get(stem, 0), 1))
            for stem, worth in slot.stems.items()
        )
        total += weight * frequency * (_K1 + 1) / (frequency + _K1) if frequency else 0.0
    for (first, weight), (second, other) in pairwise(zip(slots, weights, strict=True)):
        distance = _distance(one, first, second)
        if distance <= _NEAR_WORDS:
            total += _NEAR_WORTH * min(weight, other) / distance
    return total


def _distance(one: Candidate, first: Slot, second: Slot) -> int:
    """The fewest words from a place of the first slot to one of the second."""
    here = sorted(place for stem in first.stems for place in one.places.get(stem, ()))
    there = sorted(place for stem in second.stems for place in one.places.get(stem, ()))
    best = _NEAR_WORDS + 1
    at = 0
    for place in here:
        while at < len(there) and there[at] < place:
            at += 1
        for other in there[max(at - 1, 0) : at + 1]:
            if other != place:
                best = min(best, abs(other - place))
    return best


def fused(lexical_order: Sequence[str], vector_order: Sequence[str]) -> list[tuple[str, float]]:
    """Ids with their fused score (1 for first place in both), best first."""
    scores: dict[str, float] = {}
    for worth, order in ((1.0, lexical_order), (_VECTOR_WORTH, vector_order)):
        for rank, id_ in enumerate(order):
            scores[id_] = scores.get(id_, 0.0) + worth * (_FUSION_K + 1) / (_FUSION_K + 1 + rank)
    best = 1.0 + _VECTOR_WORTH
    return sorted(((id_, score / best) for id_, score in scores.items()), key=lambda pair: (-pair[1], pair[0]))
