"""Keeps a failing provider from being called again and again.

A circuit breaker (closed → open → one trial → closed) and a retry budget: retries may be a fifth of the requests, so
that a provider in trouble sees less traffic rather than more.
"""

from dataclasses import dataclass

from kit.clock import Clock

_FAILURES_TO_OPEN = 3
_OPEN_SECONDS = 30.0
_LONGEST_OPEN_SECONDS = 300.0
_RETRY_SHARE = 0.2
_MOST_SAVED_RETRIES = 10.0


@dataclass
class Breaker:
    """State of one provider on this node."""

    clock: Clock
    failures: int = 0
    opened: int = 0
    open_until: float = 0.0
    trying: bool = False
    reason: str | None = None
    retries: float = 1.0

    def allows(self) -> bool:
        """Whether a request may be sent now; while open, one trial at a time once the pause is over."""
        if self.failures < _FAILURES_TO_OPEN:
            return True
        return self.clock.monotonic() >= self.open_until and not self.trying

    def begin(self) -> None:
        """A request goes out."""
        self.retries = min(self.retries + _RETRY_SHARE, _MOST_SAVED_RETRIES)
        if self.failures >= _FAILURES_TO_OPEN:
            self.trying = True

    def may_retry(self) -> bool:
        """Takes one retry from the budget if there is one."""
        if self.retries < 1 or not self.allows():
            return False
        self.retries -= 1
        return True

    def succeeded(self) -> None:
        """It was answered: earlier failures no longer count."""
        self.failures, self.opened, self.trying, self.reason = 0, 0, False, None

    def failed(self, reason: str) -> None:
        """It failed; after several no more are sent for a while."""
        self.failures += 1
        self.trying = False
        self.reason = reason
        if self.failures >= _FAILURES_TO_OPEN:
            pause = min(_OPEN_SECONDS * 2**self.opened, _LONGEST_OPEN_SECONDS)
            self.opened += 1
            self.open_until = self.clock.monotonic() + pause

    def abandoned(self) -> None:
        """The reader left before the provider could show whether it works."""
        self.trying = False
