"""Evidence about every aligned phone, as the numbers the scorers read. One row a phone.

Columns are named in NAMES; behind them, where the evidence is Whisper's, stands the mean sound of the phone: what the
classifier gives behind its log posteriors, principal components of the encoder's frames.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import align, phones, rivals

Rows = NDArray[np.float32]
FLOOR = -8.0
_PLAIN = (
    "own",
    "ratio",
    "silence",
    "own_utterance",
    "own_to_utterance",
    "own_word",
    "own_to_word",
    "ratio_utterance",
    "ratio_to_utterance",
    "ratio_word",
    "ratio_to_word",
    "own_best",
    "own_worst",
    "swap",
    "swap_utterance",
    "gone",
    "duration",
    "duration_to_utterance",
    "rate",
    "first",
    "last",
    "phones_in_word",
    "pause_before",
    "pause_after",
    "foreign_before",
    "foreign_after",
)
NAMES = (*_PLAIN, *(f"post_{p}" for p in (*phones.PHONES, "SIL")))
COLUMN = {name: i for i, name in enumerate(NAMES)}


@dataclass(frozen=True)
class Durations:
    """Mean and deviation of the log duration (frames of 20 ms) of each phone."""

    mean: NDArray[np.float32]
    deviation: NDArray[np.float32]


@dataclass(frozen=True)
class Evidence:
    """What was measured of a text: one row a phone; `swap` and `gone` as rivals.sounds gives them."""

    alignment: align.Alignment
    rows: Rows
    swap: Rows
    gone: Rows

    @cached_property
    def strangers(self) -> tuple[align.Ints, Rows]:
        """The best rival of each phone, and its score, as rivals.strangers gives them."""
        return rivals.strangers(self.swap, self.alignment.chain.phone)


def measure(heard: Rows, prior: Rows, alignment: align.Alignment, durations: Durations) -> Evidence:
    """Evidence of the aligned phones from log posteriors and sound [T, 40 + sound]."""
    logp, sound = heard[:, : len(prior)], heard[:, len(prior) :]
    swap, gone = rivals.sounds(align.emissions(logp, prior), alignment)
    mean = means(np.hstack([np.maximum(logp, FLOOR), sound]), alignment.start, alignment.end)
    rows = np.hstack([_plain(logp, mean[:, : len(prior)], swap, gone, alignment, durations), mean])
    return Evidence(alignment, rows.astype(np.float32), swap, gone)


def means(x: Rows, start: align.Ints, end: align.Ints) -> Rows:
    """Mean of the rows start..end-1 of x for every phone (an empty stretch takes the nearest row)."""
    a, b = _inside(x, start, end)
    result: Rows = np.stack([x[first:last].mean(0) for first, last in zip(a, b, strict=True)])
    return result


def _inside(x: Rows, start: align.Ints, end: align.Ints) -> tuple[align.Ints, align.Ints]:
    """The stretches as they lie in x, each of at least a row."""
    first = np.minimum(start, len(x) - 1)
    return first, np.maximum(np.minimum(end, len(x)), first + 1)


def _by(x: NDArray[np.floating], group: align.Ints) -> NDArray[np.floating]:
    """Mean of x over each group, a value per row."""
    return (np.bincount(group, x) / np.bincount(group))[group]


def pauses(alignment: align.Alignment) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frames of silence and of foreign speech in each gap: before the first word, ..., after the last. [words + 1]"""
    c = alignment.chain
    begin = np.append(alignment.start[c.first], alignment.frames)
    finish = np.concatenate([[0], alignment.end[c.last]])
    foreign = np.array([0 if span is None else span[1] - span[0] for span in alignment.foreign], float)
    return np.maximum(begin - finish - foreign, 0).astype(float), foreign


def _plain(logp: Rows, post: Rows, swap: Rows, gone: Rows, a: align.Alignment, d: Durations) -> Rows:
    c, n = a.chain, len(a.start)
    i = np.arange(n)
    own = post[i, c.phone]
    rest = post[:, : phones.COUNT].copy()
    rest[i, c.phone] = -99
    ratio = own - rest.max(1)
    rest = swap.copy()
    rest[i, c.phone] = -99
    best = rest.max(1)
    length = np.log(np.maximum(a.end - a.start, 1))
    z = (length - d.mean[c.phone]) / d.deviation[c.phone]
    begin, end = _inside(logp, a.start, a.end)
    inside = np.concatenate([logp[s:e, p] for s, e, p in zip(begin, end, c.phone, strict=True)])
    at = np.concatenate([[0], np.cumsum(end - begin)[:-1]])
    peak, least = (np.maximum(f.reduceat(inside, at), FLOOR) for f in (np.maximum, np.minimum))
    silent, foreign = pauses(a)
    first, last = np.zeros(n), np.zeros(n)
    first[c.first], last[c.last] = 1, 1
    size = np.bincount(c.word)[c.word]
    cut = np.clip(best, -20, 10) / 10
    columns = [
        own,
        ratio,
        post[:, phones.SILENCE],
        np.full(n, own.mean()),
        own - own.mean(),
        _by(own, c.word),
        own - _by(own, c.word),
        np.full(n, ratio.mean()),
        ratio - ratio.mean(),
        _by(ratio, c.word),
        ratio - _by(ratio, c.word),
        peak,
        least,
        cut,
        np.full(n, cut.mean()),
        np.clip(gone, -20, 10) / 10,
        z,
        z - z.mean(),
        np.full(n, z.mean()),
        first,
        last,
        size,
        first * np.log1p(silent[c.word]),
        last * np.log1p(silent[c.word + 1]),
        first * np.log1p(foreign[c.word]),
        last * np.log1p(foreign[c.word + 1]),
    ]
    return np.column_stack(columns).astype(np.float32)
