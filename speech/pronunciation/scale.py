"""One scale, 0 to 100, for phones, words and sentences: 100 is a native reader, 60 where a listener has to work, 0 is
unintelligible.

What the networks give (0 to 2 a phone, 0 to 10 a sentence) becomes points by curves that only rise, so that the ranks
stay. `training/scale.py` fits them; they ship as `scale.json`.

- phone: its curve.
- word: 100 less `word` times what its phones lack on average, at least 0: a wrong sound costs more than its share.
- accuracy: the sentence model's by its curve, with the mean of the words mixed in (WORDS). It lacks at least FLOOR of
  what the words lack, and what stresses on the wrong syllable cost them. For nine of ten learners' sentences the mean
  of the words is within 8 points of it.
- fluency and prosody: their curves, less what a pause costs that the sentence model does not see.
- overall: (the mean of accuracy, fluency and prosody, weighted by WEIGHTS) times completeness.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

TOP = 100.0
HARD = 60.0
"""Points below which a listener has to work: a phone or a word below is mispronounced."""
WORDS, FLOOR = 0.15, 0.4
"""Chosen on speakers left out: the correlation with the experts is that of the sentence model alone."""
WEIGHTS = {"accuracy": 0.6, "fluency": 0.2, "prosody": 0.2}


@dataclass(frozen=True)
class Curve:
    """Straight lines between knots, both ascending; constant beyond them."""

    x: tuple[float, ...]
    y: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """Points 0 to 100."""
        return float(np.interp(value, self.x, self.y))


@dataclass(frozen=True)
class Scale:
    """The curves of one kind of evidence."""

    phone: Curve
    word: float
    accuracy: Curve
    fluency: Curve
    prosody: Curve

    @classmethod
    def load(cls, path: Path) -> "Scale":
        """Raises FileNotFoundError when the file is missing."""
        body: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        curves = {
            name: Curve(tuple(body[name]["x"]), tuple(body[name]["y"]))
            for name in ("phone", "accuracy", "fluency", "prosody")
        }
        return cls(word=float(body["word"]), **curves)

    def word_of(self, phones: Sequence[float]) -> float:
        """Points of a word, or a syllable, from those of its phones."""
        return word(phones, self.word)


def word(phones: Sequence[float], weight: float) -> float:
    """100 less `weight` times what the phones lack on average."""
    return max(0.0, TOP - weight * (TOP - sum(phones) / len(phones)))


def accuracy(sounds: float, words: float, stresses: float = 0.0) -> float:
    """From the sentence model's points, the mean of the words' sounds, and what stresses cost the words on average."""
    mixed = (1 - WORDS) * sounds + WORDS * words
    return max(0.0, min(mixed, TOP - FLOOR * (TOP - words)) - stresses)


def overall(accuracy: float, fluency: float, prosody: float, complete: float) -> float:
    """Points of everything together; `complete` 0 to 1 is the share of the text that was read."""
    parts = {"accuracy": accuracy, "fluency": fluency, "prosody": prosody}
    return complete * sum(WEIGHTS[name] * points for name, points in parts.items())
