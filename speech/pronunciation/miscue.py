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
    a, c = e.alignment, e.alignment.chain
    first, last, word = c.first, c.last, c.word
    column = {
        n: e.rows[:, features.COLUMN[n]].astype(float)
        for n in ("own", "ratio", "swap", "gone", "duration", "silence", "own_best")
    }
    size = np.bincount(word)

    def mean(x: Floats) -> Floats:
        return np.bincount(word, x) / size

    skip = np.clip(rivals.skips(a).astype(float), -30, 30) / 10
    base = np.column_stack(
        [
            mean(column["own"]),
            np.minimum.reduceat(column["own"], first),
            mean(column["ratio"]),
            np.minimum.reduceat(column["ratio"], first),
            mean(column["swap"]),
            mean(column["gone"]),
            mean(column["duration"]),
            np.maximum.reduceat(column["duration"], first),
            mean(score),
            np.minimum.reduceat(score, first),
            mean(column["silence"]),
            mean(column["own_best"]),
            skip,
            skip / size,
            mean((column["ratio"] > 0).astype(float)),
            _loud(loudness, a.start[first], a.end[last]),
        ]
    )
    n = len(size)
    others = (base.sum(0) - base) / max(1, n - 1)
    near = base[:, [0, 2, 6, 12]]
    edge = np.zeros((1, near.shape[1]))
    silent, _ = features.pauses(a)
    return np.hstack(
        [
            base,
            base[:, :16] - others[:, :16] if n > 1 else np.zeros((n, 16)),
            np.vstack([edge, near[:-1]]),
            np.vstack([near[1:], edge]),
            size[:, None],
            np.full((n, 1), np.log(n)),
            np.log1p(silent[:-1])[:, None],
            np.log1p(silent[1:])[:, None],
            np.full((n, 1), base[:, 0].mean()),
        ]
    )


def gap_rows(e: features.Evidence, emissions: Floats, score: Floats, loudness: Floats) -> Floats:
    """One row a gap: what foreign speech there would explain, how long and loud it is, how its neighbours fit."""
    a, c = e.alignment, e.alignment.chain
    first, last = c.first, c.last
    inserted = np.clip(rivals.insertions(emissions, a).astype(float), -30, 60) / 10
    silent, _ = features.pauses(a)
    begin, finish = np.concatenate([[0], a.end[last]]), np.append(a.start[first], a.frames)
    own, z = e.rows[:, features.COLUMN["own"]].astype(float), e.rows[:, features.COLUMN["duration"]].astype(float)
    still = np.concatenate([[0], np.cumsum(emissions[:, phones.SILENCE] - emissions[:, : phones.COUNT].max(1))])
    quiet = (still[np.maximum(finish, begin)] - still[begin]) / np.maximum(finish - begin, 1)
    size = np.bincount(c.word)
    word = np.column_stack(
        [
            np.bincount(c.word, own) / size,
            np.minimum.reduceat(own, first),
            np.bincount(c.word, score) / size,
            np.maximum.reduceat(z, first),
            np.clip(rivals.skips(a).astype(float), -30, 30) / 10,
        ]
    )
    edges = np.column_stack([own, z, score])
    pad, pad3 = np.zeros((1, word.shape[1])), np.zeros((1, 3))
    n = len(first) + 1
    place = np.zeros((n, 2))
    place[0, 0] = place[-1, 1] = 1
    return np.hstack(
        [
            inserted[:, None],
            np.log1p(silent)[:, None],
            _loud(loudness, begin, finish)[:, None],
            quiet[:, None],
            place,
            np.vstack([pad, word]),
            np.vstack([word, pad]),
            np.vstack([pad3, edges[last]]),
            np.vstack([edges[first], pad3]),
            np.full((n, 1), own.mean()),
            (inserted - np.median(inserted))[:, None],
            np.full((n, 1), z.mean()),
            np.full((n, 1), np.log(n)),
        ]
    )


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
