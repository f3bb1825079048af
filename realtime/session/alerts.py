"""When the learner is told that little time is left."""

AT_MS = (300_000, 60_000, 10_000)


class Alerts:
    """Those of `AT_MS` that are still to come when `left_ms` are left."""

    def __init__(self, left_ms: int) -> None:
        self.renew(left_ms)

    def renew(self, left_ms: int) -> None:
        """There is more time again, or less: those come, and come again, that lie ahead."""
        self._marks = [mark for mark in AT_MS if mark < left_ms]

    def due(self, left_ms: int) -> bool:
        """Whether to tell now; it is told once for all marks that were passed."""
        passed = [mark for mark in self._marks if left_ms <= mark]
        self._marks = [mark for mark in self._marks if left_ms > mark]
        return bool(passed)
