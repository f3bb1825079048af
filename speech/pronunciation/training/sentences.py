"""Sentence scores: ridge regression on timing, phone scores and encoder statistics, folded into one linear map."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import GroupKFold

from speech.pronunciation import features, sentence
from speech.pronunciation.training.evidence import Bench

Floats = NDArray[np.float64]
ASPECTS = ("accuracy", "fluency", "prosodic", "total")
PARTS = 96
PLAIN = sentence.PLAIN


def rows(
    bench: Bench, found: dict[tuple[str, int], features.Evidence], score: dict[int, Floats], norm: features.Durations,
    view: str, chosen: list[int], encoder: bool,
) -> Floats:  # fmt: skip
    """Features of the chosen utterances, as the assessor computes them."""
    out = []
    for u in chosen:
        a = found[view, u].alignment
        parts = [sentence.plain(found[view, u], score[u].astype(float), norm)]
        if encoder:
            frames = bench.frames(view, u)
            assert frames is not None
            parts.append(sentence.encoder(np.asarray(frames, np.float32), a))
        out.append(np.concatenate(parts))
    return np.array(out)


@dataclass
class Fitted:
    """Linear in the standardised raw features."""

    mean: Floats
    deviation: Floats
    weights: Floats
    offset: Floats

    def __call__(self, x: Floats) -> Floats:
        return np.clip((x - self.mean) / self.deviation, -1000, 1000) @ self.weights.T + self.offset


def encoders(bench: Bench, found: dict[tuple[str, int], features.Evidence], view: str, chosen: list[int]) -> Floats:
    """The encoder's statistics alone, of utterances without sentence scores: they tell which directions matter."""
    return np.array([
        sentence.encoder(np.asarray(bench.frames(view, u), np.float32), found[view, u].alignment) for u in chosen
    ])  # fmt: skip


def fit(x: Floats, y: Floats, background: Floats | None) -> Fitted:
    """Ridge with a strength chosen by leave-one-out.

    The encoder's statistics go through 96 principal components, found on `background` (utterances of other speakers);
    the components keep their size, so that the small ones matter less.
    """
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    if background is not None:
        mean[PLAIN:], deviation[PLAIN:] = background.mean(0), background.std(0) + 1e-9
    z = np.clip((x - mean) / deviation, -1000, 1000)
    inner = z
    if background is not None:
        pca = PCA(PARTS, random_state=0).fit((background - mean[PLAIN:]) / deviation[PLAIN:])
        parts = pca.transform(z[:, PLAIN:])
        size = parts[:, 0].std()
        inner = np.hstack([z[:, :PLAIN], parts / size])
    ridge = [RidgeCV(np.logspace(0, 4, 13)).fit(inner, y[:, k]) for k in range(y.shape[1])]
    coefficients = np.array([r.coef_ for r in ridge])
    offset = np.array([r.intercept_ for r in ridge])
    if background is not None:
        back = coefficients[:, PLAIN:] / size @ pca.components_
        offset = offset - back @ pca.mean_
        coefficients = np.hstack([coefficients[:, :PLAIN], back])
    return Fitted(mean, deviation, coefficients, offset)


def targets(bench: Bench, chosen: list[int]) -> Floats:
    """The experts' sentence scores, 0 to 10, a column an aspect."""
    return np.array([[float((bench.utterances[u].sentence or {})[k]) for k in ASPECTS] for u in chosen])


def validate(x: Floats, y: Floats, speakers: list[str], background: Floats | None) -> dict[str, float]:
    """Correlation with the experts, five-fold over speakers."""
    guess = np.zeros_like(y)
    for train, test in GroupKFold(5).split(x, y, speakers):
        guess[test] = fit(x[train], y[train], background)(x[test])
    return {k: float(np.corrcoef(guess[:, i], y[:, i])[0, 1]) for i, k in enumerate(ASPECTS)}
