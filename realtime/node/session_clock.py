"""The clock of one session on one node."""

from kit.clock import Clock
from realtime import ports


class SessionClock:
    """Whole milliseconds that never step back and that are never before the session's last sign of life, even if the
    node's own clock is slow."""

    def __init__(self, clock: Clock, session: ports.Session) -> None:
        start = clock.now()
        if session.last_sign_at is not None:
            start = max(start, session.last_sign_at)
        self._clock = clock
        self._base = start.timestamp() - clock.monotonic()
        self._started_ms = round(session.started_at.timestamp() * 1000)

    def now_ms(self) -> int:
        """Since 1970."""
        return round((self._base + self._clock.monotonic()) * 1000)

    def at_ms(self) -> int:
        """Since the session was started, as in every event."""
        return self.now_ms() - self._started_ms
