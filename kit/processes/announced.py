"""A child that says by a line of its output when it is ready, for whoever has no event loop."""

import threading
from collections.abc import Callable

from kit.processes.process import PIPE, NotStarted, Process, Program, start

_LAST_SECONDS = 1.0


def _ignore(_line: str) -> None:
    pass


class Announced:
    """Its output is read until its end, in a thread, so that it is never held up."""

    def __init__(self, program: Program, words: str, other: Callable[[str], object] = _ignore) -> None:
        """Starts it; NotStarted. It is ready when it says a line that begins with `words`; `other` gets others."""
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
        return self.process.status

    def ready(self, seconds: float | None = None) -> bool:
        """Wait until it is, for so long at most, or until it says no more: whether it is."""
        self._is_decided.wait(seconds)
        return self.said is not None

    def close(self) -> None:
        """When it has ended. What it started may hold its output open for a moment longer."""
        self._listening.join(_LAST_SECONDS)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for raw in lines:
                line = raw.decode(errors="replace")
                if self.said is None and line.startswith(self._words):
                    self.said = line.removeprefix(self._words).strip()
                    self._is_decided.set()
                elif self.said is None:
                    self._other(line)
        self._is_decided.set()
