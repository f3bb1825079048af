"""Arc-eager dependency parsing (J. Nivre, 2003): words are shifted and joined by the best move, one after the other."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from language.tagging import model
from language.tagging.model import Array

SHIFT, REDUCE, LEFT, RIGHT, BREAK = "S", "D", "L", "R", "B"
_NONE = -1
_HIDDEN = 64


class _State:
    """A stack, a buffer, and the arcs so far. Words that are taken back from the stack come before the rest."""

    def __init__(self, length: int, first: int) -> None:
        """`first` is the row of the first word among those of all sentences."""
        self.length = length
        self.first = first
        self.taken = 0
        self.stack: list[int] = []
        self.back: list[int] = []
        self.next = 0
        self.heads = [_NONE] * length
        self.labels = [""] * length
        self.lefts: list[list[int]] = [[] for _ in range(length)]
        self.rights: list[list[int]] = [[] for _ in range(length)]
        self.starts: set[int] = set()
        self.stuck: set[int] = set()

    def buffer(self, at: int) -> int:
        if at < len(self.back):
            return self.back[-1 - at]
        found = self.next + at - len(self.back)
        return found if found < self.length else _NONE

    def left(self) -> int:
        return self.length - self.next + len(self.back)

    def context(self) -> list[int]:
        """The rows of the eight words that a move depends on; the last row of all where there is none."""
        first, top = self.buffer(0), self.stack[-1] if self.stack else _NONE
        found = (
            first,
            self.buffer(1),
            top,
            self.stack[-2] if len(self.stack) > 1 else _NONE,
            self.stack[-3] if len(self.stack) > 2 else _NONE,
            self.lefts[first][-1] if first >= 0 and self.lefts[first] else _NONE,
            self.lefts[top][-1] if top >= 0 and self.lefts[top] else _NONE,
            self.rights[top][-1] if top >= 0 and self.rights[top] else _NONE,
        )
        return [at if at == _NONE else at + self.first for at in found]

    def allowed(self) -> str:
        """The kinds of moves that can be made now."""
        depth, left, first = len(self.stack), self.left(), self.buffer(0)
        fresh = first in self.starts
        found = ""
        if depth == 0 or (left >= 2 and not fresh and first not in self.stuck):
            found += SHIFT
        if depth:
            found += REDUCE
            if left and not fresh:
                found += LEFT + RIGHT
        if left >= 2 and self.buffer(1) == first + 1 and self.buffer(1) not in self.starts:
            found += BREAK
        return found

    def push(self) -> None:
        if self.back:
            self.stack.append(self.back.pop())
        else:
            self.stack.append(self.next)
            self.next += 1

    def join(self, head: int, child: int, label: str) -> None:
        old = self.heads[child]
        if old != _NONE:
            (self.lefts if old > child else self.rights)[old].remove(child)
        (self.lefts if head > child else self.rights)[head].append(child)
        self.heads[child], self.labels[child] = head, label

    def arcs(self) -> tuple[list[int], list[str]]:
        heads = [head if head != _NONE else at for at, head in enumerate(self.heads)]
        return _lifted(heads, [label if heads[at] != at else "ROOT" for at, label in enumerate(self.labels)])

    def move(self, kind: str, label: str) -> None:
        self.taken += 1
        if kind == SHIFT:
            self.push()
        elif kind == REDUCE:
            top = self.stack.pop()
            if self.heads[top] == _NONE and self.stack:
                self.stuck.add(top)
                self.back.append(top)
        elif kind == LEFT:
            first = self.buffer(0)
            self.join(first, self.stack[-1], label)
            self.stuck.discard(first)
            self.stack.pop()
        elif kind == RIGHT:
            self.join(self.stack[-1], self.buffer(0), label)
            self.push()
        else:
            self.starts.add(self.buffer(1))


@cache
def _moves() -> tuple[tuple[str, str], ...]:
    return tuple((name[0], name[2:]) for name in model.words().moves)


@cache
def _closed() -> tuple[dict[str, int], Array]:
    """Of each set of kinds of moves its row, and rows of what to add to the scores so that only these are left."""
    kinds = [SHIFT, REDUCE, LEFT + RIGHT, BREAK]
    sets = ["".join(kind for at, kind in enumerate(kinds) if mask >> at & 1) for mask in range(1 << len(kinds))]
    rows = [[0.0 if kind in allowed else -np.inf for kind, _ in _moves()] for allowed in sets]
    return {allowed: at for at, allowed in enumerate(sets)}, np.array(rows, np.float32)


def parse(sentences: Sequence[Array]) -> list[tuple[list[int], list[str]]]:
    """Head (itself for a root) and label of each word, from the vectors of `network.vectors`.

    All sentences take their steps together: the sums of a step cost little more for a hundred than for one.
    """
    net = model.network()
    lower, lower_bias, pad = net.lower
    narrow = np.concatenate(sentences) @ net.narrow[0].T + net.narrow[1]
    ready = np.concatenate([(narrow @ lower).reshape(len(narrow), 8, -1), pad[None]])  # the last row stands for no word
    rows, closed = _closed()
    slots = np.arange(8)
    states, first = [], 0
    for sentence in sentences:
        states.append(_State(len(sentence), first))
        first += len(sentence)
    running = [state for state in states if state.length]
    while running:
        context = np.array([state.context() for state in running])
        pieces = ready[context, slots].sum(axis=1) + lower_bias
        hidden = np.maximum(pieces[:, :_HIDDEN], pieces[:, _HIDDEN:])
        scores = hidden @ net.upper[0].T + net.upper[1] + closed[[rows[state.allowed()] for state in running]]
        for state, best in zip(running, scores.argmax(axis=1).tolist(), strict=True):
            state.move(*_moves()[best])
        running = [state for state in running if (state.stack or state.left()) and state.taken < 8 * state.length + 8]
    return [state.arcs() for state in states]


def _lifted(heads: list[int], labels: list[str]) -> tuple[list[int], list[str]]:
    """Arcs that cross others were learnt at a head higher up: "pobj||prep" goes to the nearest prep below it."""
    for at, label in enumerate(labels):
        if "||" in label:
            labels[at], wanted = label.split("||")
            heads[at] = _below(heads, labels, at, wanted)
    return heads, labels


def _below(heads: list[int], labels: list[str], child: int, wanted: str) -> int:
    level = [heads[child]]
    while level:
        following = []
        for parent in level:
            for at, head in enumerate(heads):
                if head == parent and at not in (parent, child):
                    if labels[at] == wanted:
                        return at
                    following.append(at)
        level = following
    return heads[child]
