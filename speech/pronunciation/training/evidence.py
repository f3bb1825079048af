"""Evidence of every utterance from classifiers that have not heard its speaker, as the scorer will meet it."""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import align, features, miscue
from speech.pronunciation.nets import Nets
from speech.pronunciation.training import classifier, corpus, scorer

Floats = NDArray[np.float32]
Found = dict[tuple[str, int], features.Evidence]
"""Evidence by view and utterance."""
FOLDS = 3
VIEWS = {"whisper": ("clean", "mixed1", "mixed2"), "sphinx": ("clean",)}
"""What training hears, by the kind of evidence."""


@dataclass
class Bench:
    """The corpus with its views (name → frames and offsets, possibly of the first utterances only) and folds.

    fold: 0 to 2 for the training speakers, 3 for the hold-out, 4 for the speakers with sentence scores.
    """

    utterances: list[corpus.Utterance]
    views: dict[str, tuple[NDArray[np.float16], NDArray[np.int64]]]
    fold: NDArray[np.int64]

    def frames(self, view: str, u: int) -> NDArray[np.float16] | None:
        """Frames of an utterance under a view, None when the view does not have it."""
        data, offsets = self.views[view]
        return data[offsets[u] : offsets[u + 1]] if u + 1 < len(offsets) else None

    def having(self, *folds: int) -> list[int]:
        """Utterances of some folds."""
        return [int(u) for u in np.flatnonzero(np.isin(self.fold, folds))]

    def scores(self, u: int) -> Floats:
        """Experts' phone scores, 0 to 2."""
        return np.array([s for w in self.utterances[u].words for s in w.scores], np.float32)


def folds(utterances: list[corpus.Utterance], held: set[str]) -> NDArray[np.int64]:
    """The fold of each utterance, by speaker."""
    names = sorted({u.speaker for u in utterances if u.part == "train" and u.speaker not in held})
    number = {name: i % FOLDS for i, name in enumerate(names)}
    return np.array([4 if u.part != "train" else number.get(u.speaker, 3) for u in utterances])


def labels(bench: Bench, trained: Nets) -> list[classifier.Labels | None]:
    """The alignment of every utterance by a trained classifier on the clean view."""
    out: list[classifier.Labels | None] = []
    for u, utterance in enumerate(bench.utterances):
        logp = trained.hear(np.asarray(bench.frames("clean", u), np.float32))
        chain = align.chain(classifier.reference(utterance), len(logp))
        found = align.align(align.emissions(logp, trained.prior), chain) if chain else None
        out.append(None if found is None else classifier.aligned(utterance, found, len(logp)))
    return out


def durations(bench: Bench, labelled: list[classifier.Labels | None], chosen: list[int]) -> features.Durations:
    """Mean and deviation of log durations, from runs of the same phone in the labels."""
    logs: list[list[float]] = [[] for _ in range(39)]
    for u in chosen:
        row = labelled[u]
        if row is None:
            continue
        edges = np.flatnonzero(np.diff(row.phone, prepend=-1, append=-1))
        for a, b in pairwise(edges):
            if row.phone[a] < 39:
                logs[row.phone[a]].append(float(np.log(b - a)))
    return features.Durations(
        np.array([np.mean(v or [1.5]) for v in logs], np.float32),
        np.array([np.std(v or [0, 1]) + 0.05 for v in logs], np.float32),
    )


def measure(
    net: classifier.Frame, prior: Floats, norm: features.Durations, frames: NDArray[np.float16], words: list[list[int]]
) -> tuple[features.Evidence, NDArray[np.float64]] | None:
    """Evidence of a text (words of phone indices) in frames, and the frames' emissions; None when it does not fit."""
    heard = classifier.hear(net, frames)
    emissions = align.emissions(heard, prior)
    chain = align.chain(words, len(frames))
    found = align.align(emissions, chain) if chain else None
    return None if found is None else (features.measure(heard, prior, found, norm), emissions)


def table(
    bench: Bench,
    nets: dict[int, classifier.Frame],
    prior: Floats,
    norm: features.Durations,
    views: list[str],
    chosen: list[int],
) -> Found:
    """Evidence of the reference phones of the chosen utterances under the views, by the net of their fold."""
    out = {}
    for view in views:
        for u in chosen:
            frames = bench.frames(view, u)
            if frames is None:
                continue
            found = measure(nets[int(bench.fold[u])], prior, norm, frames, classifier.reference(bench.utterances[u]))
            if found is not None:
                out[view, u] = slim(found[0])
    return out


def slim(e: features.Evidence) -> features.Evidence:
    """Without the aligner's tables, which are large and needed no more."""
    none = np.zeros((0, 0))
    return replace(e, alignment=replace(e.alignment, entry=none, leave=none, before=none, after=none))


@dataclass
class Columns:
    """How rows are standardised for the scorer."""

    mean: Floats
    deviation: Floats

    def __call__(self, rows: Floats) -> Floats:
        return (rows - self.mean) / self.deviation


Trained = tuple[list[scorer.Net], Columns]


def columns(found: Found, chosen: list[int]) -> Columns:
    """Standardisation over the chosen utterances."""
    keep = set(chosen)
    rows = np.concatenate([e.rows for (_, u), e in found.items() if u in keep])
    return Columns(rows.mean(0), rows.std(0) + 1e-3)


def fit(bench: Bench, found: Found, cols: Columns, chosen: list[int], seed: int) -> scorer.Net:
    """The scorer of a seed, trained on the chosen utterances. Every other one hears clean sound only.

    Those are better on clean sound, the others on noisy sound, and their mean on both.
    """
    views = list(bench.views) if seed % 2 else ["clean"]
    draws = []
    for u in chosen:
        rows = [found[v, u] for v in views if (v, u) in found]
        if rows:
            draws.append([scorer.Sample(cols(e.rows), e.alignment.chain.phone, bench.scores(u)) for e in rows])
    return scorer.fit(draws, seed)


def guesses(found: Found, trained: Trained, chosen: list[int], view: str = "clean") -> dict[int, Floats]:
    """Mean phone scores (0 to 2) of several scorers."""
    nets, cols = trained
    none = np.zeros(1, np.float32)
    rows = [scorer.Sample(cols(found[view, u].rows), found[view, u].alignment.chain.phone, none) for u in chosen]
    each = [scorer.predict(net, rows) for net in nets]
    return {u: np.mean([e[i] for e in each], 0) for i, u in enumerate(chosen)}


def marked(
    found: Found, unsaid: miscue.Dense, threshold: float, guess: dict[int, np.ndarray], view: str = "clean"
) -> dict[int, np.ndarray]:
    """Phone scores as the assessor gives them: held down where a phone was surely not said."""
    rows = {u: miscue.phone_rows(found[view, u], np.asarray(score, float)) for u, score in guess.items()}
    return {u: miscue.mark(score, unsaid(rows[u]), threshold).astype(np.float32) for u, score in guess.items()}
