"""Was each word of the text read? Was something else said between the words? Was each phone said? Is it speech at all?

Three small networks look at the evidence of a plain alignment: a row a word, a gap, a phone. They give probabilities.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import align, features, phones, rivals

Floats = NDArray[np.float64]
REFUSED = 0.5
"""Mean probability of "not read" above which the recording does not hold the text at all."""
MARKED, DOUBTED = 1.0, 1.8
"""Score (0 to 2) that a phone has at most when it was surely not said, and that of the scorer from which it is let be.

Sounds of native speakers that were thought missing or swapped had 1.7 to 1.95 from the scorer.
"""


@dataclass(frozen=True)
class Dense:
    """A small network: standardise, hidden layers with ReLU, one logit."""

    mean: Floats
    deviation: Floats
    layers: tuple[tuple[Floats, Floats], ...]

    def __call__(self, x: Floats) -> Floats:
        """Probabilities of the rows of x."""
        y = np.clip((x - self.mean) / self.deviation, -8, 8)
        for i, (w, b) in enumerate(self.layers):
            y = y @ w.T + b
            if i + 1 < len(self.layers):
                y = np.maximum(y, 0)
        result: Floats = 1 / (1 + np.exp(-np.clip(y[:, 0], -30, 30)))
        return result

    @classmethod
    def load(cls, path: Path, name: str) -> "Dense":
        """The network `name` out of an npz file."""
        with np.load(path) as z:
            count = sum(k.startswith(f"{name}_w") for k in z.files)
            layers = tuple((z[f"{name}_w{i}"].astype(float), z[f"{name}_b{i}"].astype(float)) for i in range(count))
            return cls(z[f"{name}_mean"].astype(float), z[f"{name}_deviation"].astype(float), layers)


def word_rows(e: features.Evidence, score: Floats, loudness: Floats) -> Floats:
    """One row a word: how well it fits, how long it is, how loud, against the other words and its neighbours."""
    size = np.bincount(e.alignment.chain.word)
    base = _word_columns(e, score, loudness)
    n = len(size)
    others = (base.sum(0) - base) / max(1, n - 1)
    near = base[:, [0, 2, 6, 12]]
    edge = np.zeros((1, near.shape[1]))
    silent, _ = features.pauses(e.alignment)
    return np.hstack(
        [
            base,
            base - others if n > 1 else np.zeros(base.shape),
            np.vstack([edge, near[:-1]]),
            np.vstack([near[1:], edge]),
            size[:, None],
            np.full((n, 1), np.log(n)),
            np.log1p(silent[:-1])[:, None],
            np.log1p(silent[1:])[:, None],
            np.full((n, 1), base[:, 0].mean()),
        ]
    )


def _word_columns(e: features.Evidence, score: Floats, loudness: Floats) -> Floats:
    """What is measured of each word on its own, 16 columns."""
    a, c = e.alignment, e.alignment.chain
    size = np.bincount(c.word)

    def column(name: str) -> Floats:
        return e.rows[:, features.COLUMN[name]].astype(float)

    def mean(x: Floats) -> Floats:
        return np.bincount(c.word, x) / size

    skip = np.clip(rivals.skips(a).astype(float), -30, 30) / 10
    return np.column_stack(
        [
            mean(column("own")),
            np.minimum.reduceat(column("own"), c.first),
            mean(column("ratio")),
            np.minimum.reduceat(column("ratio"), c.first),
            mean(column("swap")),
            mean(column("gone")),
            mean(column("duration")),
            np.maximum.reduceat(column("duration"), c.first),
            mean(score),
            np.minimum.reduceat(score, c.first),
            mean(column("silence")),
            mean(column("own_best")),
            skip,
            skip / size,
            mean((column("ratio") > 0).astype(float)),
            _loud(loudness, a.start[c.first], a.end[c.last]),
        ]
    )


def gap_rows(e: features.Evidence, emissions: Floats, score: Floats, loudness: Floats) -> Floats:
    """One row a gap: what foreign speech there would explain, how long and loud it is, how its neighbours fit."""
    a, c = e.alignment, e.alignment.chain
    inserted = np.clip(rivals.insertions(emissions, a).astype(float), -30, 60) / 10
    silent, _ = features.pauses(a)
    begin, finish = np.concatenate([[0], a.end[c.last]]), np.append(a.start[c.first], a.frames)
    own, z = e.rows[:, features.COLUMN["own"]].astype(float), e.rows[:, features.COLUMN["duration"]].astype(float)
    size = np.bincount(c.word)
    word = np.column_stack(
        [
            np.bincount(c.word, own) / size,
            np.minimum.reduceat(own, c.first),
            np.bincount(c.word, score) / size,
            np.maximum.reduceat(z, c.first),
            np.clip(rivals.skips(a).astype(float), -30, 30) / 10,
        ]
    )
    phone = np.column_stack([own, z, score])
    n = len(c.first) + 1
    place = np.zeros((n, 2))
    place[0, 0] = place[-1, 1] = 1
    return np.hstack(
        [
            inserted[:, None],
            np.log1p(silent)[:, None],
            _loud(loudness, begin, finish)[:, None],
            _quiet(emissions, begin, finish)[:, None],
            place,
            *_neighbours(word, word),
            *_neighbours(phone[c.last], phone[c.first]),
            np.full((n, 1), own.mean()),
            (inserted - np.median(inserted))[:, None],
            np.full((n, 1), z.mean()),
            np.full((n, 1), np.log(n)),
        ]
    )


def _neighbours(before: Floats, after: Floats) -> tuple[Floats, Floats]:
    """For each gap the row of what is before it, and of what is after it; zeros at the ends of the text."""
    edge = np.zeros((1, before.shape[1]))
    return np.vstack([edge, before]), np.vstack([after, edge])


def _quiet(emissions: Floats, begin: align.Ints, finish: align.Ints) -> Floats:
    """How much better silence fits each stretch than any phone, a frame."""
    still = np.concatenate([[0], np.cumsum(emissions[:, phones.SILENCE] - emissions[:, : phones.COUNT].max(1))])
    quiet: Floats = (still[np.maximum(finish, begin)] - still[begin]) / np.maximum(finish - begin, 1)
    return quiet


def phone_rows(e: features.Evidence, score: Floats) -> Floats:
    """One row a phone: its evidence, its score, and what fits its place better: another sound, or none."""
    phone = e.alignment.chain.phone
    rival, strange = e.strangers
    found = np.column_stack([e.gone, strange, e.gone - strange]).astype(float)
    kinds = np.eye(phones.COUNT)
    return np.hstack(
        [
            e.rows[:, : len(features.NAMES)],
            np.clip(found, -30, 30) / 10,
            score[:, None],
            kinds[phone],
            kinds[rival],
        ]
    )


def mark(score: Floats, unsaid: Floats, threshold: float) -> Floats:
    """Scores with those of phones that were surely not said held down."""
    result: Floats = np.where((unsaid > threshold) & (score < DOUBTED), np.minimum(score, MARKED), score)
    return result


def _loud(loudness: Floats, begin: align.Ints, finish: align.Ints) -> Floats:
    """Loudest 60 ms of each stretch against the loud parts of the recording, in tens of dB."""
    if not len(loudness):
        return np.zeros(len(begin))
    smooth = np.convolve(loudness, np.ones(3) / 3, "same")
    top = float(np.percentile(loudness, 95))
    out = np.full(len(begin), -4.0)
    for i, (s, f) in enumerate(zip(begin, finish, strict=True)):
        if f > s and s < len(smooth):
            out[i] = max((float(smooth[s:f].max()) - top) / 10, -4.0)
    return out
