"""Spaced repetition of weak sounds, words and kinds of error.

Memory is modelled as in half-life regression (B. Settles, B. Meeder, "A trainable spaced repetition model for language
learning", ACL 2016) without its trained part: strength falls as 2^(−Δ/h) with the time since the last practice, and the
half-life h doubles when the item was right and halves when it was wrong. An item is due when its strength has fallen to
0.6. Practising again long before that proves little, so the half-life then grows by less.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2

KINDS = ("phoneme", "word", "error")
FIRST_HALF_LIFE = 1.0
MIN_HALF_LIFE, MAX_HALF_LIFE = 0.25, 180.0
DUE_STRENGTH = 0.6
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Memory:
    """How well an item is remembered: half-life in days, and when it was practised last."""

    half_life: float
    practised_at: datetime
    attempts: int = 1
    lapses: int = 0

    @property
    def due_at(self) -> datetime:
        """When the chance to remember falls to DUE_STRENGTH."""
        return self.practised_at + DAY * (self.half_life * -log2(DUE_STRENGTH))


def first(at: datetime, right: bool) -> Memory | None:
    """An item is taken up when it goes wrong; what was right from the start needs no repetition."""
    return None if right else Memory(FIRST_HALF_LIFE / 2, at, lapses=1)


def practise(memory: Memory, at: datetime, right: bool) -> Memory:
    """The memory after one more attempt; an attempt from before the last one changes only the counts."""
    attempts, lapses = memory.attempts + 1, memory.lapses + (not right)
    if at < memory.practised_at:
        return Memory(memory.half_life, memory.practised_at, attempts, lapses)
    if right:
        waited = min(1.0, (at - memory.practised_at) / (memory.due_at - memory.practised_at))
        factor = 1.0 + waited
    else:
        factor = 0.5
    half_life = min(MAX_HALF_LIFE, max(MIN_HALF_LIFE, memory.half_life * factor))
    return Memory(half_life, at, attempts, lapses)


def strength(memory: Memory, at: datetime) -> float:
    """The chance (0–1) that the item is still remembered."""
    days = max(0.0, (at - memory.practised_at) / DAY)
    return float(2.0 ** (-days / memory.half_life))
