"""The stretches of time in which a session was in use, and their sum.

Signs of life (a frame of audio, a heartbeat, a piece of an answer to what was typed) at most `bridge_ms` apart and over
one connection belong to one stretch, which reaches from the first to the last of them. What is asked for in writing
lasts at least a moment, so that questions which lie far apart are not free. The use of a session is the sum of the
stretches, and never less than the sound that was heard: sound that comes faster than it is spoken costs its length. All
times are whole milliseconds, so that sums are exact.
"""

from typing import NamedTuple

ASKED_MS = 1_000  # what is asked for in writing uses at least


class Span(NamedTuple):
    """A stretch of time, in ms."""

    start_ms: int
    end_ms: int


class Coverage:
    """The part already recorded is only remembered by its length; the rest waits for `take`."""

    def __init__(self, bridge_ms: int, *, recorded_ms: int = 0, heard_ms: int = 0, last_ms: int | None = None) -> None:
        """`recorded_ms` is the length of the stretches and `heard_ms` of the sound that are recorded; `last_ms` is the
        last sign of life that is: a stretch that may still go on."""
        self._bridge_ms = bridge_ms
        self._recorded_ms = recorded_ms
        self._start_ms = last_ms
        self._noted_ms = heard_ms
        self.heard_ms = heard_ms
        self.last_ms = last_ms

    @property
    def running(self) -> bool:
        """Whether a stretch is open."""
        return self._start_ms is not None

    @property
    def stretch(self) -> Span | None:
        """The part that is not recorded yet."""
        if self._start_ms is None or self.last_ms is None:
            return None
        return Span(self._start_ms, self.last_ms)

    def sign(self, now_ms: int, lasts_ms: int = 0) -> Span | None:
        """A sign of life that lasts so long. Returns the stretch that had ended before it, if there was one to
        record."""
        ended = None
        if self._start_ms is not None and self.last_ms is not None and now_ms - self.last_ms > self._bridge_ms:
            ended = self.close()
        # A stretch that was closed may reach beyond now, by what lasts; no moment belongs to two.
        reached = now_ms if self.last_ms is None else max(now_ms, self.last_ms)
        if self._start_ms is None:
            self._start_ms = reached
        self.last_ms = max(reached, now_ms + lasts_ms)
        return ended

    def take(self) -> Span | None:
        """The part to record now; the stretch goes on."""
        if self._start_ms is None or self.last_ms is None or self.last_ms <= self._start_ms:
            return None
        span = Span(self._start_ms, self.last_ms)
        self._recorded_ms += span.end_ms - span.start_ms
        self._start_ms = self.last_ms
        return span

    def close(self, not_after_ms: int | None = None) -> Span | None:
        """End the stretch at its last sign of life, or before, and return what has to be recorded."""
        if not_after_ms is not None and self.last_ms is not None and self._start_ms is not None:
            self.last_ms = max(self._start_ms, min(self.last_ms, not_after_ms))
        span = self.take()
        self._start_ms = None
        return span

    def note(self, span: Span | None) -> Span | None:
        """What to store with `span`; without one, an empty stretch if there is sound that is not stored yet."""
        if span is None and self.heard_ms > self._noted_ms and self.last_ms is not None:
            span = Span(self.last_ms, self.last_ms)
        if span is not None:
            self._noted_ms = self.heard_ms
        return span

    @property
    def recorded_ms(self) -> int:
        """Length of all stretches that are written down."""
        return self._recorded_ms

    def use_ms(self, now_ms: int) -> int:
        """What may be billed so far."""
        return max(self.heard_ms, self.total_ms(now_ms))

    def total_ms(self, now_ms: int) -> int:
        """Use so far, as if the next sign of life came at `now_ms`: a gap that is too long does not count."""
        if self._start_ms is None or self.last_ms is None:
            return self._recorded_ms
        reached = max(now_ms, self.last_ms) if now_ms - self.last_ms <= self._bridge_ms else self.last_ms
        return self._recorded_ms + max(0, reached - self._start_ms)
