"""Whether the loops of a node run: each notes when a round of it began and how the last one ended."""

import asyncio
from dataclasses import dataclass
from typing import Any, Literal

from kit.errors import Failure


@dataclass
class Life:
    """The state of one loop. A round that takes longer than `round_seconds` is stuck."""

    name: str
    needed: bool
    round_seconds: float
    task: "asyncio.Task[Any] | None" = None
    failures: int = 0  # since the last good round
    problem: str = ""  # the error's name: its message may hold what a user sent
    is_unexpected: bool = False
    _began_at: float | None = None
    _failing_since: float = 0.0

    def begin(self) -> None:
        """Note that a child was started."""
        self._began_at = asyncio.get_running_loop().time()

    def failed(self, error: Exception) -> bool:
        """Whether to log it: the first time, and then less and less often."""
        now = asyncio.get_running_loop().time()
        self._failing_since = self._failing_since if self.failures else now
        self._began_at = None
        self.failures += 1
        self.is_unexpected = not isinstance(error, Failure)
        self.problem = type(error if self.is_unexpected else error.__cause__ or error).__name__
        return self.failures & (self.failures - 1) == 0

    def well(self) -> None:
        """Note that it works: earlier failures no longer count."""
        self._began_at = None
        self.failures = 0
        self.problem = ""

    def state(self) -> tuple[Literal["ok", "failing", "stuck", "ended"], str]:
        """The state now, and a sentence for the operator."""
        now = asyncio.get_running_loop().time()
        if self.task is None or self.task.done():
            return "ended", f"{self.name} has ended"
        if self._began_at is not None and now - self._began_at > self.round_seconds:
            return "stuck", f"{self.name} has been stuck for {now - self._began_at:.0f} s"
        if self.failures:
            return "failing", f"{self.name} has failed for {now - self._failing_since:.0f} s ({self.problem})"
        return "ok", self.name
