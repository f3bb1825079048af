"""A child that prints a line when it is ready; for callers without an event loop."""

import contextlib
import threading
from collections.abc import Callable

from kit.processes.process import PIPE, NotStarted, Process, Program, start

_LAST_SECONDS = 1.0


def _ignore(_line: str) -> None:
    pass


class Announced:
    """A thread reads its output until it ends, so that the child never blocks on a full pipe."""

    def __init__(self, program: Program, words: str, other: Callable[[str], object] = _ignore) -> None:
        """Start it. It is ready when it prints a line that begins with `words`; `other` gets the lines before.

        NotStarted.
        """
        self.process: Process = start(program, stdout=PIPE)
        self.said: str | None = None  # the rest of that line
        self._words = words
        self._other = other
        self._is_decided = threading.Event()
        self._listening = threading.Thread(target=self._listen, daemon=True)
        try:
            self._listening.start()
        except RuntimeError as error:
            self.process.end()
            self.process.close()
            raise NotStarted(f"no thread for {program.name} is to be had: {error}", error) from error

    @property
    def status(self) -> int | None:
        """The exit status; None while it runs."""
        return self.process.status

    def ready(self, seconds: float | None = None) -> bool:
        """Wait at most `seconds` until it is ready or has closed its output; returns whether it is ready."""
        self._is_decided.wait(seconds)
        return self.said is not None

    def close(self) -> None:
        """Call it when the child has ended. Its own children may hold the output open for a moment."""
        self._listening.join(_LAST_SECONDS)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        try:
            with self.process.stdout as lines:
                for raw in lines:
                    self._take(raw.decode(errors="replace"))
        finally:
            self._is_decided.set()

    def _take(self, line: str) -> None:
        if self.said is None and line.startswith(self._words):
            self.said = line.removeprefix(self._words).strip()
            self._is_decided.set()
        elif self.said is None:
            with contextlib.suppress(OSError):  # the terminal is closed; the child must not block for that
                self._other(line)
