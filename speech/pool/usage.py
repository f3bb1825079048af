"""How busy workers have been lately, and how long jobs waited for one. No clock: the time comes in."""

from collections import deque

WINDOW_S = 10.0


class Usage:
    """All times in seconds of one clock."""

    def __init__(self) -> None:
        self._spans: deque[tuple[float, float]] = deque()  # (end, seconds) of jobs done
        self._started: dict[object, float] = {}
        self._waits: deque[tuple[float, float]] = deque()  # (begin, seconds waited)
        self._waited = 0.0  # their sum

    def began(self, worker: object, now: float, waited_s: float) -> None:
        """A worker takes a job that waited so long."""
        self._started[worker] = now
        self._waits.append((now, waited_s))
        self._waited += waited_s

    def ended(self, worker: object, now: float) -> float:
        """How long the worker's job took."""
        spent = now - self._started.pop(worker, now)
        self._spans.append((now, spent))
        return spent

    def share(self, now: float, workers: int) -> float:
        """Share of the workers' time in use over the window, 0 to 1."""
        while self._spans and self._spans[0][0] < now - WINDOW_S:
            self._spans.popleft()
        used = sum(min(seconds, end - (now - WINDOW_S)) for end, seconds in self._spans)
        used += sum(min(now - began, WINDOW_S) for began in self._started.values())
        return min(1.0, used / (WINDOW_S * max(1, workers)))

    def waited_s(self, now: float) -> float:
        """The mean wait for a worker over the window."""
        while self._waits and self._waits[0][0] < now - WINDOW_S:
            self._waited -= self._waits.popleft()[1]
        return self._waited / len(self._waits) if self._waits else 0.0
