"""What else could have been said in an aligned text: another phone, none, another word, something foreign.

All are best-path scores in nats against the aligned path, read off the tables of the alignment: neighbours may move.
"""

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import phones
from speech.pronunciation.align import FOREIGN_COST, NEVER, Alignment, Floats, Ints

FOREIGN_ENTRY = -4.0
OTHER_VARIANT = -1.0
BLOCK = 24
REACH = 20


def sounds(e: Floats, a: Alignment) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What each place would score with another phone [n, 39], and with none [n]: nats against the best path.

    Neighbours may shift their borders, so one wrong phone does not look like three.
    """
    n, frames = a.entry.shape[0], len(e)
    swap = np.full((n, phones.COUNT), -60, np.float32)
    gone = np.full(n, -60, np.float32)
    for i in range(0, n, BLOCK):
        rows = slice(i, min(i + BLOCK, n))
        lo, hi = max(0, int(a.start[i]) - REACH), min(frames, int(a.end[rows][-1]) + REACH)
        if lo >= hi:
            continue
        entry = (a.entry[rows, lo : hi + 1] - a.score).astype(np.float32)
        leave = a.leave[rows, lo : hi + 1].astype(np.float32)
        swap[rows] = _swap(e[lo:hi, : phones.COUNT].astype(np.float32), entry, leave, a.chain.states)
        gone[rows] = (entry + leave).max(1)
    return np.clip(swap, -60, 60), np.clip(gone, -60, 60)


def strangers(swap: NDArray[np.float32], phone: Ints) -> tuple[Ints, NDArray[np.float32]]:
    """The best rival of each phone and its score, neighbours' sounds left out: they fill the place of a missing one."""
    n = np.arange(len(phone))
    rest = swap.copy()
    rest[n, phone] = -60
    rest[n[1:], phone[:-1]] = -60
    rest[n[:-1], phone[1:]] = -60
    best = rest.argmax(1)
    return best, rest[n, best]


def _swap(
    e: NDArray[np.float32], entry: NDArray[np.float32], leave: NDArray[np.float32], states: int
) -> NDArray[np.float32]:
    shape = (len(entry), e.shape[1])
    one, two = np.full(shape, NEVER, np.float32), np.full(shape, NEVER, np.float32)
    best = np.full(shape, NEVER, np.float32)
    done = np.empty(shape, np.float32)
    for t in range(len(e)):
        if states == 2:
            np.maximum(two, one, out=two)
            two += e[t]
        np.maximum(one, entry[:, t, None], out=one)
        one += e[t]
        np.add(two if states == 2 else one, leave[:, t + 1, None], out=done)
        np.maximum(best, done, out=best)
    return best


def skips(a: Alignment) -> NDArray[np.float32]:
    """What the text would score without each word [words], in nats against the best path."""
    best: NDArray[np.float64] = (a.before[:-1] + a.after[1:]).max(1)
    result: NDArray[np.float32] = np.clip(best - a.score, -60, 60).astype(np.float32)
    return result


def insertions(e: Floats, a: Alignment) -> NDArray[np.float32]:
    """What foreign speech in each gap would score [words + 1], in nats against the best path."""
    other = np.concatenate([[0], np.cumsum(e[:, : phones.COUNT].max(1) - FOREIGN_COST)])
    begun = np.maximum.accumulate(a.before - other, 1)
    best = (begun[:, :-1] + other[1:] + a.after[:, 1:]).max(1)
    result: NDArray[np.float32] = np.clip(best + FOREIGN_ENTRY - a.score, -60, 60).astype(np.float32)
    return result


def choose(e: Floats, a: Alignment, variants: list[list[list[int]]]) -> list[int]:
    """For every word the pronunciation that fits the audio best, given the rest of the text.

    variants[w] are the word's pronunciations; the alignment is that of the first of each, which is preferred a little.
    """
    pairs = [(w, p) for w, options in enumerate(variants) if len(options) > 1 for p in options]
    picked = [0] * len(variants)
    if not pairs:
        return picked
    scores = _paths(e, [p for _, p in pairs], np.array([w for w, _ in pairs]), a)
    at = 0
    for w, options in enumerate(variants):
        if len(options) > 1:
            part = scores[at : at + len(options)]
            part[1:] += OTHER_VARIANT
            picked[w] = int(part.argmax())
            at += len(options)
    return picked


def _paths(e: Floats, options: list[list[int]], word: Ints, a: Alignment) -> Floats:
    """Best score of the text with each of the pronunciations in place of its word."""
    states = a.chain.states
    width = np.array([len(p) * states for p in options])
    labels = np.full((len(options), width.max() + 1), phones.SILENCE)
    for k, p in enumerate(options):
        labels[k, 1 : width[k] + 1] = np.repeat(p, states)
    rows = np.arange(len(options))
    score, step = np.full(labels.shape, NEVER), np.zeros(labels.shape)
    best = np.full(len(options), NEVER)
    before, after = a.before[word], a.after[word + 1]
    lo, hi = max(0, int(a.start.min()) - REACH), min(len(e), int(a.end.max()) + REACH)
    for t in range(lo, hi):
        score[:, 0] = before[:, t]
        step[:, 1:] = np.maximum(score[:, 1:], score[:, :-1])
        step += e[t][labels]
        score, step = step, score
        np.maximum(best, score[rows, width] + after[:, t + 1], out=best)
    return best
