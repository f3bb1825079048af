"""How many actors there should be. No clock and no I/O: times come in, in seconds of one clock."""

UP_WAIT_S = 0.1
"""Mean wait for an actor above which there is one more; captions become rarer at 0.25 s."""

_UP_S = 2.0
_DOWN_S = 60.0
_DOWN_SHARE = 0.5


class Scaling:
    """Grows by half when jobs wait for two seconds, shrinks by one after a minute in which one less would do."""

    def __init__(self, least: int, most: int) -> None:
        self._least = least
        self._most = most
        self._waits_since: float | None = None
        self._idle_since: float | None = None

    def target(self, now: float, have: int, waited_s: float, busy: float) -> int:
        """`have` actors run, jobs `waited_s` for one on average, and `busy` of the actors' time is used, 0 to 1."""
        if have < self._least:
            return self._least
        if waited_s > UP_WAIT_S:
            self._idle_since = None
            if self._waits_since is None:
                self._waits_since = now
            if now - self._waits_since < _UP_S:
                return have
            self._waits_since = None
            return min(self._most, have + max(1, have // 2))
        self._waits_since = None
        if have == self._least or busy * have > _DOWN_SHARE * (have - 1):
            self._idle_since = None
            return have
        if self._idle_since is None:
            self._idle_since = now
        if now - self._idle_since < _DOWN_S:
            return have
        self._idle_since = None
        return have - 1
