"""What is reduced, and in which order, when recognition cannot keep up.

Partials become rarer and at last stop; finals are never given up. Each rung is reported to the client.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    """`step_factor` stretches the time between partials; without `partials` there are finals only."""

    reason: str
    step_factor: float = 1.0
    partials: bool = True


RUNGS = (
    Rung("recovered"),
    Rung("partials_rarer", 2.0),
    Rung("partials_rare", 4.0),
    Rung("finals_only", 4.0, partials=False),
)
# Seconds that a pass waited for a worker on average, from which on the rung above is taken.
_UP = (0.25, 0.6, 1.5)
_HOLD_S = 2.0
_RECOVER_S = 5.0


class Ladder:
    """Climbs at most a rung in two seconds, and comes down a rung when five seconds were calm."""

    def __init__(self) -> None:
        self._at = 0
        self._changed = float("-inf")
        self._busy_since = float("-inf")

    @property
    def rung(self) -> Rung:
        """What is reduced at the moment."""
        return RUNGS[self._at]

    def update(self, now: float, waited_s: float) -> Rung:
        """`waited_s` is the mean wait of the last seconds' passes."""
        if self._at < len(_UP) and waited_s > _UP[self._at] and now - self._changed >= _HOLD_S:
            self._at, self._changed = self._at + 1, now
        if self._at and waited_s > _UP[self._at - 1] / 2:
            self._busy_since = now
        if self._at and now - max(self._busy_since, self._changed) >= _RECOVER_S:
            self._at, self._changed = self._at - 1, now
        return self.rung
