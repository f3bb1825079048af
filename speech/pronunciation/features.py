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
Column = NDArray[np.floating]
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


def _by(x: Column, group: align.Ints) -> Column:
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
    """The columns of _PLAIN; `post` are the mean log posteriors of each phone."""
    c = a.chain
    own = post[np.arange(len(post)), c.phone]
    ratio = own - _best_other(post[:, : phones.COUNT], c.phone)
    cut = np.clip(_best_other(swap, c.phone), -20, 10) / 10
    length = np.log(np.maximum(a.end - a.start, 1))
    z = (length - d.mean[c.phone]) / d.deviation[c.phone]
    columns = [
        own,
        ratio,
        post[:, phones.SILENCE],
        *_beside_utterance(own),
        *_beside_word(own, c.word),
        *_beside_utterance(ratio),
        *_beside_word(ratio, c.word),
        *_extremes(logp, a),
        cut,
        np.full(len(cut), cut.mean()),
        np.clip(gone, -20, 10) / 10,
        z,
        z - z.mean(),
        np.full(len(z), z.mean()),
        *_edges(a),
    ]
    return np.column_stack(columns).astype(np.float32)


def _best_other(x: Rows, phone: align.Ints) -> Rows:
    """The largest value of each row in another column than that of the row's own phone."""
    rest = x.copy()
    rest[np.arange(len(rest)), phone] = -99
    best: Rows = rest.max(1)
    return best


def _beside_utterance(x: Column) -> tuple[Column, Column]:
    """The mean of all phones, and each against it."""
    return np.full(len(x), x.mean()), x - x.mean()


def _beside_word(x: Column, word: align.Ints) -> tuple[Column, Column]:
    """The mean of the phone's word, and each against it."""
    return _by(x, word), x - _by(x, word)


def _extremes(logp: Rows, a: align.Alignment) -> tuple[Column, Column]:
    """The best and the worst frame of each phone for the phone itself."""
    begin, end = _inside(logp, a.start, a.end)
    inside = np.concatenate([logp[s:e, p] for s, e, p in zip(begin, end, a.chain.phone, strict=True)])
    at = np.concatenate([[0], np.cumsum(end - begin)[:-1]])
    return np.maximum(np.maximum.reduceat(inside, at), FLOOR), np.maximum(np.minimum.reduceat(inside, at), FLOOR)


def _edges(a: align.Alignment) -> tuple[Column, ...]:
    """Whether a phone begins or ends its word, how many the word has, and the pauses and foreign speech beside it."""
    c, n = a.chain, len(a.start)
    first, last = np.zeros(n), np.zeros(n)
    first[c.first], last[c.last] = 1, 1
    silent, foreign = map(np.log1p, pauses(a))
    beside = (first * silent[c.word], last * silent[c.word + 1], first * foreign[c.word], last * foreign[c.word + 1])
    return first, last, np.bincount(c.word)[c.word].astype(float), *beside
