"""Sentence scores: ridge regressions on timing, phone scores and encoder statistics, folded into one linear map."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.model_selection import GroupKFold

from speech.pronunciation import features, sentence

if TYPE_CHECKING:  # it needs torch, which fitting these does not
    from speech.pronunciation.training.evidence import Bench

Floats = NDArray[np.float64]
Speakers = NDArray[np.str_]
ASPECTS = ("accuracy", "fluency", "prosodic", "total")
PLAIN = sentence.PLAIN
FOLDS = 5
LIMIT = 4.0
"""Deviations from the mean at which a number counts no further: failed readings lie 20 and more away."""
STRENGTHS = np.logspace(0, 4.5, 10)


class View(NamedTuple):
    """How a ridge sees the encoder: `parts` principal components of each of `groups` equal parts, made `size` large."""

    parts: int
    groups: int
    size: float


VIEWS = (View(96, 1, 1.0), View(96, 1, 4.0), View(128, 4, 1.0), View(128, 4, 4.0))
"""The mean of four is better than the best one on the folds, and nothing had to be chosen."""


def encoders(bench: "Bench", found: dict[tuple[str, int], features.Evidence], view: str, chosen: list[int]) -> Floats:
    """The encoder's statistics of utterances. [utterances, 4 * width]"""
    return np.array(
        [sentence.encoder(np.asarray(bench.frames(view, u), np.float32), found[view, u].alignment) for u in chosen]
    )


@dataclass
class Fitted:
    """Linear in the standardised raw features."""

    mean: Floats
    deviation: Floats
    weights: Floats
    offset: Floats

    def __call__(self, x: Floats) -> Floats:
        return _standard(x, self.mean, self.deviation) @ self.weights.T + self.offset


def fit(x: Floats, y: Floats, speakers: Speakers, background: Floats | None) -> Fitted:
    """The mean of the ridges of VIEWS; one ridge when there are no encoder's statistics.

    Principal components are found on `background` (utterances of other speakers) and keep their size beside each other,
    so that the small ones matter less.
    """
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    if background is not None:
        mean[PLAIN:], deviation[PLAIN:] = background.mean(0), background.std(0) + 1e-9
    z = _standard(x, mean, deviation)
    if background is None:
        return Fitted(mean, deviation, *_ridge(z, y, speakers))
    known = (background - mean[PLAIN:]) / deviation[PLAIN:]
    weights, offset = np.zeros((y.shape[1], x.shape[1])), np.zeros(y.shape[1])
    for view in VIEWS:
        basis, centre = _directions(known, z[:, PLAIN:], view)
        w, b = _ridge(np.hstack([z[:, :PLAIN], (z[:, PLAIN:] - centre) @ basis]), y, speakers)
        back = w[:, PLAIN:] @ basis.T
        weights += np.hstack([w[:, :PLAIN], back]) / len(VIEWS)
        offset += (b - back @ centre) / len(VIEWS)
    return Fitted(mean, deviation, weights, offset)


def _standard(x: Floats, mean: Floats, deviation: Floats) -> Floats:
    return np.clip((x - mean) / deviation, -LIMIT, LIMIT)


def _directions(known: Floats, seen: Floats, view: View) -> tuple[Floats, Floats]:
    """Directions [width, groups * parts], the first of a group as large as `size` in `seen`; and the centre [width]."""
    width = known.shape[1] // view.groups
    basis = np.zeros((known.shape[1], view.groups * view.parts))
    centre = known.mean(0)
    for g in range(view.groups):
        at = slice(g * width, (g + 1) * width)
        found = PCA(view.parts, random_state=0).fit(known[:, at]).components_.T
        first = ((seen[:, at] - centre[at]) @ found[:, 0]).std()
        basis[at, g * view.parts : (g + 1) * view.parts] = found * view.size / first
    return basis, centre


def _ridge(x: Floats, y: Floats, speakers: Speakers) -> tuple[Floats, Floats]:
    """Weights [aspects, columns] and offsets, of the strength that is best on speakers left out."""
    error = np.zeros((len(STRENGTHS), y.shape[1]))
    for train, test in GroupKFold(FOLDS).split(x, y, speakers):
        w, b = _path(x[train], y[train])
        error += ((np.einsum("nd,skd->snk", x[test], w) + b[:, None] - y[test]) ** 2).sum(1)
    best, aspect = error.argmin(0), np.arange(y.shape[1])
    w, b = _path(x, y)
    return w[best, aspect], b[best, aspect]


def _path(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Weights [strengths, aspects, columns] and offsets of ridge regressions of every strength."""
    centre, mean = x.mean(0), y.mean(0)
    u, s, v = np.linalg.svd(x - centre, full_matrices=False)
    inner = u.T @ (y - mean)
    w = np.array([((s / (s * s + a))[:, None] * inner).T @ v for a in STRENGTHS])
    return w, mean - w @ centre


def targets(bench: "Bench", chosen: list[int]) -> Floats:
    """The experts' sentence scores, 0 to 10, a column an aspect."""
    return np.array([[float((bench.utterances[u].sentence or {})[k]) for k in ASPECTS] for u in chosen])


def agreement(guess: Floats, y: Floats) -> dict[str, float]:
    """Correlation with the experts, by aspect."""
    return {k: round(float(np.corrcoef(guess[:, i], y[:, i])[0, 1]), 4) for i, k in enumerate(ASPECTS)}
