"""Alignment of a known text to phone probabilities.

A text is a chain of phones (two states each, so at least 40 ms) with a gap before, between and after its words. A gap
is passed at once, or through silence, or, where it is allowed, through foreign speech (hesitations, insertions) at a
cost per frame. All tables are best-path (Viterbi) scores in nats over 20 ms frames; loops run over frames only,
everything else is numpy.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import phones

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = -1e9

PRIOR_WEIGHT = 0.6
SILENCE_ENTRY = -2.0
FOREIGN_COST = 1.5


@dataclass(frozen=True)
class Chain:
    """The text as states. phone[n] and word[n] per phone; word numbers ascend by one from 0."""

    phone: Ints
    word: Ints
    states: int

    @cached_property
    def first(self) -> Ints:
        """Index of the first phone of every word."""
        return np.flatnonzero(np.diff(self.word, prepend=-1))

    @cached_property
    def last(self) -> Ints:
        """Index of the last phone of every word."""
        return np.append(self.first[1:], len(self.phone)) - 1

    def reversed(self) -> "Chain":
        """The same text spoken backwards."""
        return Chain(self.phone[::-1], self.word[-1] - self.word[::-1], self.states)


@dataclass(frozen=True)
class Alignment:
    """Frames [start, end) of every phone; frames of foreign speech per gap; score is that of the best path.

    `entry[i, t]`: best score of the frames before t when phone i starts at t. `leave[i, t]`: best score of the frames
    from t on when phone i has ended there. Both [phones, frames + 1]. `before` and `after` are the same for the word
    boundaries, [words + 1, frames + 1]. `behind[w]`: nats by which paths that have not left word w yet are behind.
    `frames`: where the audio of this text ends.
    """

    chain: Chain
    start: Ints
    end: Ints
    foreign: list[tuple[int, int] | None]
    score: float
    entry: Floats
    leave: Floats
    before: Floats
    after: Floats
    behind: Floats
    frames: int

    def cut(self, words: int) -> "Alignment":
        """The first `words` words only."""
        n = int((self.chain.word < words).sum())
        c = Chain(self.chain.phone[:n], self.chain.word[:n], self.chain.states)
        return Alignment(
            c,
            self.start[:n],
            self.end[:n],
            self.foreign[: words + 1],
            self.score,
            self.entry[:n],
            self.leave[:n],
            self.before[: words + 1],
            self.after[: words + 1],
            self.behind[:words],
            int(self.start[n]) if n < len(self.start) else self.frames,
        )


def emissions(logp: NDArray[np.float32], prior: NDArray[np.float32]) -> Floats:
    """Scaled likelihoods [T, 40] from log posteriors (columns after them are left out) and log priors."""
    return (logp[:, : len(prior)] - PRIOR_WEIGHT * prior).astype(np.float64)


def chain(words: list[list[int]], frames: int) -> Chain | None:
    """The chain of the words' phones, or None when the audio is too short to hold a frame of each."""
    phone = np.array([p for w in words for p in w], np.int64)
    word = np.array([i for i, w in enumerate(words) for _ in w], np.int64)
    if frames < len(phone) + 2 or not len(phone):
        return None
    return Chain(phone, word, 2 if frames >= 2 * len(phone) + 4 else 1)


def partial(words: list[list[int]]) -> Chain:
    """The chain of words that may not all have been said yet (for align with open_end)."""
    flow = [(p, i) for i, w in enumerate(words) for p in w]
    return Chain(np.array([p for p, _ in flow], np.int64), np.array([i for _, i in flow], np.int64), 2)


@dataclass(frozen=True)
class Lattice:
    """The states in one row: gap, word, gap, word, ..., gap. `phone` is the emission's column, `owner` the phone or -1.

    A state is entered from itself, from the one before it (at `price`), and a word's `begin` from the last word's end.
    """

    column: Ints
    owner: Ints
    price: Floats
    gap: Ints
    begin: Ints
    finish: Ints


def lattice(c: Chain) -> Lattice:
    """The states of a chain."""
    first, last = c.first, c.last
    words = len(first)
    at = np.arange(len(c.phone)) * c.states + c.word + 1
    gap = np.append(at[first] - 1, at[-1] + c.states)
    column = np.full(len(c.phone) * c.states + words + 1, phones.SILENCE)
    owner = np.full(len(column), -1)
    for k in range(c.states):
        column[at + k], owner[at + k] = c.phone, np.arange(len(c.phone))
    price = np.zeros(len(column))
    price[gap] = SILENCE_ENTRY
    return Lattice(column, owner, price, gap, at[first], at[last] + c.states - 1)


@dataclass(frozen=True)
class Pass:
    """A lattice to be walked: what its states hear [T, states], and the score of entering each at the first frame."""

    lattice: Lattice
    heard: Floats
    entered: Floats

    @classmethod
    def over(cls, e: Floats, c: Chain, allowed: NDArray[np.bool_], anywhere: bool = False) -> "Pass":
        """`allowed` [words + 1]: gaps open to foreign speech.

        The path begins before the first word, or (anywhere) in any state.
        """
        g = lattice(c)
        heard = e[:, g.column]
        if allowed.any():
            foreign = e[:, : phones.COUNT].max(1) - FOREIGN_COST
            heard[:, g.gap[allowed]] = np.maximum(heard[:, g.gap[allowed]], foreign[:, None])
        entered = np.full(len(g.column), 0.0 if anywhere else NEVER)
        if not anywhere:
            entered[0] = SILENCE_ENTRY
            entered[g.begin[0]] = 0
        return cls(g, heard, entered)


def walk(one: Pass, other: Pass) -> tuple[Floats, Floats]:
    """Best score after each frame in each state [T, states] of two passes of the same length.

    They go side by side in one row, as the time is in the calls for each frame, not in the numbers.
    """
    g, h, n = one.lattice, other.lattice, len(one.lattice.column)
    begin, finish = np.append(g.begin[1:], h.begin[1:] + n), np.append(g.finish[:-1], h.finish[:-1] + n)
    price = np.concatenate([g.price[1:], [NEVER], h.price[1:]])
    heard = np.hstack([one.heard, other.heard])
    out = np.empty_like(heard)
    v = out[0]
    np.add(np.append(one.entered, other.entered), heard[0], out=v)
    q = np.full(len(v), NEVER)
    inner = q[1:]
    for t in range(1, len(heard)):
        np.add(v[:-1], price, out=inner)
        q[begin] = np.maximum(q[begin], v[finish])
        row = out[t]
        np.maximum(v, q, out=row)
        row += heard[t]
        v = row
    return out[:, :n], out[:, n:]


def align(e: Floats, c: Chain, open_end: bool = False, allowed: NDArray[np.bool_] | None = None) -> Alignment | None:
    """The best path of the whole chain, or (open_end) of as much of it as the audio holds so far.

    With open_end a phone the path has not reached has start = end = number of frames. None when no path exists.
    """
    gaps = np.zeros(int(c.word[-1]) + 2, bool) if allowed is None else allowed
    back = c.reversed()
    ahead, behind = Pass.over(e, c, gaps), Pass.over(e[::-1], back, gaps[::-1], anywhere=open_end)
    f, b = walk(ahead, behind)
    g, h = ahead.lattice, behind.lattice
    ends = np.arange(len(g.column)) if open_end else np.array([g.finish[-1], g.gap[-1]])
    where = int(ends[f[-1, ends].argmax()])
    best = float(f[-1, where])
    if best <= NEVER / 2:
        return None
    start, end, spans = _trace(f, g, where, len(c.phone))
    before, after = _boundaries(f, g, False), _boundaries(b, h, open_end)
    entry, leave = _entries(f, g, c, before, False), _entries(b, h, back, after, open_end)
    foreign = [_foreign(e, spans[w]) if gaps[w] else None for w in range(len(gaps))]
    return Alignment(
        c, start, end, foreign, best, entry, leave[::-1, ::-1], before, after[::-1, ::-1], best - _inside(f, g), len(e)
    )


def _boundaries(f: Floats, g: Lattice, anywhere: bool) -> Floats:
    """Best score at each word boundary before each frame [words + 1, T + 1]."""
    out = np.full((len(g.gap), len(f) + 1), 0.0 if anywhere else NEVER)
    out[:, 1:] = f[:, g.gap].T
    np.maximum(out[1:, 1:], f[:, g.finish].T, out=out[1:, 1:])
    out[0, 0] = 0
    return out


def _entries(f: Floats, g: Lattice, c: Chain, before: Floats, anywhere: bool) -> Floats:
    out = np.full((len(c.phone), len(f) + 1), 0.0 if anywhere else NEVER)
    last = np.flatnonzero(np.append(np.diff(g.owner), 1) != 0)
    out[1:, 1:] = f[:, last[g.owner[last] >= 0]].T[:-1]
    out[c.first] = before[:-1]
    return out


def _inside(f: Floats, g: Lattice) -> Floats:
    """Best score at the last frame of a path that is still in or before each word [words]."""
    best: Floats = np.maximum.accumulate(f[-1])[g.finish]
    return best


def _trace(f: Floats, g: Lattice, where: int, n: int) -> tuple[Ints, Ints, list[tuple[int, int]]]:
    """Frames [start, end) of every phone and of every gap on the best path into state `where`."""
    frames = len(f)
    start, end = np.full(n, frames), np.full(n, frames)
    spans = [(0, 0)] * len(g.gap)
    which = {int(s): w for w, s in enumerate(g.gap)}
    jump = dict(zip(g.begin[1:].tolist(), g.finish[:-1].tolist(), strict=True))
    s, until = where, frames
    for t in range(frames - 1, -1, -1):
        previous, origin = NEVER, s
        if t:
            previous, stay = float(f[t - 1, s]), float(f[t - 1, s])
            if s and float(f[t - 1, s - 1]) + float(g.price[s]) >= stay:
                previous, origin = float(f[t - 1, s - 1]) + float(g.price[s]), s - 1
            if s in jump and float(f[t - 1, jump[s]]) >= previous:
                origin = jump[s]
        if t == 0 or g.owner[origin] != g.owner[s] or (origin != s and g.owner[s] < 0):
            if g.owner[s] >= 0:
                start[g.owner[s]], end[g.owner[s]] = t, until
            else:
                spans[which[s]] = (t, until)
            until = t
        s = origin
    return start, end, spans


def _foreign(e: Floats, span: tuple[int, int]) -> tuple[int, int] | None:
    """The part of a gap that is speech rather than silence."""
    rows = e[span[0] : span[1]]
    spoken = np.flatnonzero(rows[:, : phones.COUNT].max(1) - FOREIGN_COST > rows[:, phones.SILENCE])
    return (span[0] + int(spoken[0]), span[0] + int(spoken[-1]) + 1) if len(spoken) else None
