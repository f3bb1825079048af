"""How far ahead of the listener the tutor's sound may run, and where it goes on after a halt.

A client plays in real time. Sent all at once, a long reply would sit in buffers that a barge-in cannot reach; sent
exactly in time, the first hiccup would be heard.
"""

BYTES_PER_SAMPLE = 2
LEAD_SECONDS = 0.4
BACK_SECONDS = 0.15
"""By which a reply goes back when it is resumed, so that no word is clipped."""


class Pacer:
    """Says when the next piece may leave. Times are monotonic seconds; `rate` is samples per second."""

    def __init__(self, rate: int, lead_seconds: float = LEAD_SECONDS) -> None:
        self._rate = rate
        self._lead = lead_seconds
        self._started: float | None = None
        self._sent_seconds = 0.0

    def wait(self, now: float) -> float:
        """Seconds to wait before the next piece."""
        if self._started is None:
            return 0.0
        return max(0.0, self._sent_seconds - (now - self._started) - self._lead)

    def sent(self, size: int, now: float) -> None:
        """`size` bytes have left. After a gap (the voice was late) the clock starts again: the listener waited, too."""
        if self._started is None or now - self._started > self._sent_seconds:
            self._started = now
            self._sent_seconds = 0.0
        self._sent_seconds += size / BYTES_PER_SAMPLE / self._rate

    def unheard_seconds(self, now: float) -> float:
        """How much of what was sent the listener cannot have heard yet."""
        if self._started is None:
            return 0.0
        return max(0.0, self._sent_seconds - (now - self._started))
