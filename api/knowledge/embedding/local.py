"""The default embedder: words, parts of words and related words hashed into 384 numbers. Nothing to download.

Every feature (a stem, a run of three to five letters, a group of related words) points to eight of the 384 places with
a sign, chosen by a hash (random indexing: Kanerva, Kristofersson and Holst, 2000); a text is the weighted sum of its
features, with length 1. Texts are near each other when they share words, misspelled words or related words.
"""

import hashlib
import math
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from api.knowledge.embedding import related, stopwords
from language import terms as words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NAME = "parley-local-1"
DIMENSIONS = 384

_PLACES = 8
_PART_WEIGHT = 1.0
_RELATED_WEIGHT = 0.5
_STOP_WEIGHT = 0.05

Vector: TypeAlias = "npt.NDArray[np.float32]"


def embed(text: str) -> Vector:
    """The vector of `text`, of length 1 (all zeros for a text without words)."""
    import numpy as np

    counts = Counter(word for word, _, _ in words.split(text))
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    for word, count in counts.items():
        vector += _word(word) * (1 + math.log(count))
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector


@lru_cache(maxsize=20_000)
def _word(word: str) -> Vector:
    """The weighted sum of a word's features."""
    import numpy as np

    stem = words.stem(word)
    weight = _STOP_WEIGHT if word in stopwords.WORDS else 1.0
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    _add(vector, "stem " + stem, weight)
    parts = _parts(word) if weight == 1.0 else []
    for part in parts:
        _add(vector, part, weight * _PART_WEIGHT / math.sqrt(len(parts)))
    for group in _related().get(stem, ()):
        _add(vector, group, weight * _RELATED_WEIGHT)
    return vector


@cache
def _related() -> dict[str, list[str]]:
    """The groups of related words that a stem is in."""
    groups: dict[str, list[str]] = {}
    for number, group in enumerate(related.GROUPS):
        for member in group:
            groups.setdefault(words.stem(member), []).append(f"group {number}")
    return groups


def _parts(word: str) -> list[str]:
    framed = f"<{word}>"
    return (
        [framed[at : at + size] for size in (3, 4, 5) for at in range(len(framed) - size + 1)] if len(word) > 3 else []
    )


def _add(vector: Vector, feature: str, weight: float) -> None:
    digest = hashlib.blake2b(feature.encode(), digest_size=_PLACES * 2).digest()
    for at in range(0, len(digest), 2):
        number = int.from_bytes(digest[at : at + 2], "big")
        vector[number % DIMENSIONS] += weight if number & 0x8000 else -weight
