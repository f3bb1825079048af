"""How long a silence must be before a turn counts as over, learned from the person who is speaking.

A beginner searches for words: half a second is too short for them, a second and a half too long for a fluent speaker.
Text and scores need not wait for the slowest: a turn is over after at most MOST_MS, and the tutor waits longer.
Patience learns from silences inside a turn, and turns that went on right after they had been closed. A silence in which
the tutor could be heard says nothing about the learner and is left out.
"""

from collections import deque
from collections.abc import Sequence
from statistics import quantiles

LEAST_MS = 500
MOST_MS = 800
SLOWEST_MS = 1500
CUT_OFF_MS = 900  # speech that goes on so soon after a turn was closed was probably cut off
UNTIL_COMMIT = 0
"""As a fixed patience: no silence ends a turn, only a commit does (push-to-talk)."""
_FOREVER_MS = 1 << 30
_REMEMBERED = 24
_ENOUGH = 6


class Patience:
    """Milliseconds of silence: `ms` of it end a turn, after `answer_ms` the speaker expects an answer.

    Both are `fixed_ms` when that is given; else they adapt, between LEAST_MS and MOST_MS or SLOWEST_MS.
    """

    def __init__(self, fixed_ms: int | None = None, pauses: Sequence[int] = ()) -> None:
        """`pauses` are those of the speaker's earlier sessions."""
        self._fixed = fixed_ms
        self._pauses: deque[int] = deque(maxlen=_REMEMBERED)
        self._learned = LEAST_MS
        for ms in pauses:
            self._learn(ms)

    @property
    def ms(self) -> int:
        """How long a silence ends a turn."""
        if self._fixed == UNTIL_COMMIT:
            return _FOREVER_MS
        return self._fixed if self._fixed is not None else min(self._learned, MOST_MS)

    @property
    def answer_ms(self) -> int:
        """How long the tutor waits before it answers."""
        return self.ms if self._fixed is not None else self._learned

    @property
    def pauses(self) -> tuple[int, ...]:
        """The pauses learned from, oldest first."""
        return tuple(self._pauses)

    def fix(self, ms: int | None) -> None:
        """A length that the learner chose; None goes back to what was learned."""
        self._fixed = ms

    def paused(self, ms: int) -> None:
        """The speaker was silent for `ms` and went on in the same turn. Shorter gaps belong to articulation."""
        if ms >= 200:
            self._learn(ms)

    def resumed(self, ms: int) -> None:
        """A turn had been closed, and speech went on `ms` after its last sound."""
        if ms - self.answer_ms <= CUT_OFF_MS:
            self._learn(ms)

    def _learn(self, ms: int) -> None:
        self._pauses.append(ms)
        if len(self._pauses) >= _ENOUGH:
            usual = quantiles(self._pauses, n=10)[8]
            self._learned = int(min(SLOWEST_MS, max(LEAST_MS, usual * 1.15)))
