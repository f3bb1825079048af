"""How long to wait before the next try."""

import random


class Backoff:
    """Twice as long each time, between half and all of it at random, so that the clients of a node that died do not
    come back all at once. Times are seconds."""

    def __init__(self, first: float = 0.1, longest: float = 3.0) -> None:
        self._first = self._now = first
        self._longest = longest

    def next(self, at_least: float | None = None) -> float:
        """`at_least`: what the server asked for; up to half of it is added, so that not all come at that moment."""
        wait = self._now * random.uniform(0.5, 1.0)
        self._now = min(self._longest, self._now * 2)
        return wait if at_least is None else max(wait, at_least * random.uniform(1.0, 1.5))

    def reset(self) -> None:
        """A try succeeded: the next wait is short again."""
        self._now = self._first
