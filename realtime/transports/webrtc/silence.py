"""How long nothing has come from the other side of a call."""

_LOOK_SECONDS = 1.0


class Silence:
    """Counts only time in which a packet would have been heard: a look that comes late counts as one in time, since a
    node that got no time from its machine heard nobody."""

    def __init__(self, now: float) -> None:
        self._looked_at = now
        self._heard_at = now
        self._seconds = 0.0

    def look(self, now: float, heard_at: float) -> float:
        """Seconds of silence by now. `heard_at`: when something came last. Both on the same steady clock."""
        passed, self._looked_at = min(now - self._looked_at, _LOOK_SECONDS), now
        if heard_at > self._heard_at:
            self._heard_at, self._seconds = heard_at, 0.0
            passed = min(passed, now - heard_at)
        self._seconds += passed
        return self._seconds
