"""The numbers behind sentence scores: timing, phone scores, and (with Whisper) statistics of its frames.

The experts' scores that were learned from belong to texts of 2 to 10 words. Longer readings are cut into stretches of
that length, each is scored by itself, and the mean, weighted by words, is the score of the whole.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import align, features, phones

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
TIMING = 17
SCORES = 11
_FIT = ("own", "ratio", "swap", "gone", "own_best", "duration", "silence")
FIT = 4 * len(_FIT)
PLAIN = TIMING + SCORES + FIT
LONGEST, SHORTEST = 10, 3
"""Words of a stretch: at most, and at least where a longer one is cut."""
ALLOWED = 1.0
"""Seconds of silence that punctuation allows before a pause counts."""
ASKED = 0.5
"""Seconds of silence that punctuation is worth when it is decided where to cut."""
_VOWEL = np.array([p in phones.VOWELS for p in phones.PHONES])


def stretches(a: align.Alignment, asked: Sequence[bool]) -> list[tuple[int, int]]:
    """Words [first, end) of each stretch; `asked` tells after which words punctuation asks for a break. [words]

    A text that is too long is cut where the pause is longest, punctuation preferred, then nearest to the middle.
    """
    silent = features.pauses(a)[0] * 0.02
    found, left = [], [(0, len(silent) - 1)]
    while left:
        first, end = left.pop()
        if end - first <= LONGEST:
            found.append((first, end))
            continue
        best = max(
            range(first + SHORTEST, end - SHORTEST + 1),
            key=lambda w: (round(10 * (silent[w] + ASKED * asked[w - 1])), -abs(2 * w - first - end)),
        )
        left += [(best, end), (first, best)]
    return found


def cut(e: features.Evidence, score: Floats, first: int, end: int) -> tuple[features.Evidence, Floats]:
    """Evidence and phone scores of the words [first, end) alone."""
    a = e.alignment
    at = (a.chain.word >= first) & (a.chain.word < end)
    chain = align.Chain(a.chain.phone[at], a.chain.word[at] - first, a.chain.states)
    part = replace(a, chain=chain, start=a.start[at], end=a.end[at], foreign=a.foreign[first : end + 1])
    return replace(e, alignment=part, rows=e.rows[at], swap=e.swap[at], gone=e.gone[at]), score[at]


def timing(a: align.Alignment, d: features.Durations, asked: Sequence[bool] = ()) -> Floats:
    """17 numbers on rate, pauses and lengths; times in seconds. Pauses where punctuation asks for one do not count."""
    c, length = a.chain, (a.end - a.start) * 0.02
    silent, foreign = features.pauses(a)
    gap = (silent + foreign)[1:-1] * 0.02
    free = np.minimum(gap, ALLOWED) * np.array(asked[: len(gap)], bool) if len(asked) else np.zeros(len(gap))
    gap = gap - free
    span = max(0.1, float(a.end[-1] - a.start[0]) * 0.02 - float(free.sum()))
    z = (np.log(np.maximum(a.end - a.start, 1)) - d.mean[c.phone]) / d.deviation[c.phone]
    vowel = _VOWEL[c.phone]
    words = len(c.first)
    return np.array(
        [
            len(c.phone) / span,
            len(c.phone) / max(0.1, length.sum()),
            np.log(span),
            len(c.phone),
            words,
            (gap >= 0.1).sum(),
            (gap >= 0.3).sum(),
            gap[gap >= 0.05].sum(),
            gap.sum() / span,
            gap.max(initial=0),
            (gap >= 0.1).sum() / max(1, words - 1),
            z.mean(),
            z.std(),
            z.max(),
            z.min(),
            z[vowel].mean() if vowel.any() else 0,
            z[vowel].std() if vowel.any() else 0,
        ],
        float,
    )


def scores(score: Floats, word: align.Ints) -> Floats:
    """Eleven numbers on the phone scores (0 to 2) of an utterance."""
    by_word = np.bincount(word, score) / np.bincount(word)
    quarter, middle = np.percentile(by_word, (25, 50))
    return np.array(
        [
            score.mean(),
            np.percentile(score, 10),
            score.min(),
            (score < 1.2).mean(),
            (score < 1.6).mean(),
            by_word.min(),
            by_word.std(),
            middle,
            quarter,
            (by_word < 1.5).mean(),
            (score < 0.6).mean(),
        ]
    )


def fit(rows: features.Rows) -> Floats:
    """How well the phones fit: mean, 10th percentile, deviation and 90th percentile of seven columns of evidence."""
    x = rows[:, [features.COLUMN[name] for name in _FIT]].astype(float)
    low, high = np.percentile(x, (10, 90), axis=0)
    return np.concatenate([x.mean(0), low, x.std(0), high])


def plain(
    e: features.Evidence, score: Floats, d: features.Durations, asked: Sequence[bool] = (), chosen: Mask | None = None
) -> Floats:
    """All numbers that do not need the encoder. [PLAIN] Scores and fit are those of the `chosen` phones."""
    word, rows = e.alignment.chain.word, e.rows
    if chosen is not None:
        score, rows, word = score[chosen], rows[chosen], np.unique(word[chosen], return_inverse=True)[1]
    return np.concatenate([timing(e.alignment, d, asked), scores(score, word), fit(rows)])


def encoder(frames: features.Rows, a: align.Alignment, chosen: Mask | None = None) -> Floats:
    """Means and deviations of the encoder over the (`chosen`) phones, over the whole stretch, and its mean change.
    [4 * width]"""
    some = slice(None) if chosen is None else chosen
    m = features.means(frames, a.start[some], a.end[some])
    span = frames[int(a.start[0]) : max(int(a.end[-1]), int(a.start[0]) + 2)]
    change = np.abs(np.diff(span, axis=0)).mean(0) if len(span) > 1 else np.zeros(frames.shape[1])
    return np.concatenate([m.mean(0), m.std(0), span.mean(0) - m.mean(0), change])
