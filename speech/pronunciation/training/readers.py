"""Trains the sentence scores.

The sentence model must learn from phone scores as good, and as wrong, as those it will meet. So the phone scores of a
fifth of the speakers with sentence scores come from a scorer trained on all other speakers, on evidence from
classifiers that have not heard the speaker either. The sentence model is measured on the same fifths.
"""

# mypy: disable-error-code="misc,no-any-return,untyped-decorator,arg-type,union-attr,unused-ignore"

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from speech.pronunciation import features, miscue, prosody, sentence
from speech.pronunciation.training import classifier, evidence, miscues, parallel, sentences
from speech.pronunciation.training.evidence import Found

Scores = dict[int, NDArray[np.float64]]


def scores(bench: evidence.Bench, found: Found, seeds: int) -> Scores:
    """Phone scores of the speakers with sentence scores: a fifth of them by scorers of all other speakers.

    `found` has unheard evidence. Each is the mean of as many scorers as ship.
    """
    chosen, parts = _parts(bench, found)
    asked = [
        partial(_guess, bench, found, [chosen[i] for i in learn], [chosen[i] for i in test], seed)
        for learn, test in parts
        for seed in range(seeds)
    ]
    each = iter(parallel.each(asked))
    score: Scores = {}
    for _, test in parts:
        guesses = [next(each) for _ in range(seeds)]
        score |= {chosen[i]: np.mean([g[chosen[i]] for g in guesses], 0).astype(float) for i in test}
    return score


def refused(bench: evidence.Bench, judge: miscues.Judge, unread: miscue.Dense) -> set[int]:
    """Their readings that the assessor would refuse, as most words were not read. `unread` has not heard them."""
    out = set()
    for u in bench.having(4):
        utterance, frames = bench.utterances[u], bench.frames("clean", u)
        loudness = prosody.melody(utterance.audio()).loudness[: len(frames)]
        rows = miscues.rows(judge, frames, loudness, classifier.reference(utterance))
        if rows is None or float(unread(rows[0]).mean()) > miscue.REFUSED:
            out.add(u)
    return out


def train(
    bench: evidence.Bench,
    found: Found,
    score: Scores,
    failed: set[int],
    norm: features.Durations,
    encoder: bool,
) -> tuple[sentences.Fitted, dict[str, dict[str, float]]]:
    """The sentence model, and its agreement with the experts on speakers left out.

    Failed readings, which get no scores, are not learned from. They count as 0 beside the experts' scores, and are left
    out in a second measurement.
    """
    chosen, parts = _parts(bench, found)
    speakers, y = np.array([bench.utterances[u].speaker for u in chosen]), sentences.targets(bench, chosen)
    read = np.array([u not in failed for u in chosen])
    x = np.array([sentence.plain(found["clean", u], score[u], norm) for u in chosen])
    background = None
    if encoder:
        known = [u for u in bench.having(0, 1, 2, 3)[::2] if ("clean", u) in found]
        background = sentences.encoders(bench, found, "clean", known)
        x = np.hstack([x, sentences.encoders(bench, found, "clean", chosen)])
    guess = np.zeros_like(y)
    for some, test in parts:
        learn = some[read[some]]
        guess[test] = np.clip(sentences.fit(x[learn], y[learn], speakers[learn], background)(x[test]), 0, 10)
    guess[~read] = 0
    metrics = {
        "sentences_cross_validated": sentences.agreement(guess, y),
        "sentences_not_refused": sentences.agreement(guess[read], y[read]),
    }
    return sentences.fit(x[read], y[read], speakers[read], background), metrics


def _parts(bench: evidence.Bench, found: Found) -> tuple[list[int], list[Any]]:
    """The utterances with sentence scores; learners and the tested of each fifth, by speaker, as indices into them."""
    chosen = [u for u in bench.having(4) if ("clean", u) in found]
    speakers = np.array([bench.utterances[u].speaker for u in chosen])
    return chosen, list(GroupKFold(sentences.FOLDS).split(chosen, None, speakers))


def _guess(
    bench: evidence.Bench, found: Found, learn: list[int], test: list[int], seed: int
) -> dict[int, evidence.Floats]:
    heard = [*bench.having(0, 1, 2, 3), *learn]
    columns = evidence.columns(found, heard)
    return evidence.guesses(found, ([evidence.fit(bench, found, columns, heard, seed)], columns), test)
