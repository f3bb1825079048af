"""What the configured recognizer waits for, and when a stopgap is better than waiting.

Sound waits for a model that is seconds away, which then recognizes all of it. If it takes longer, PocketSphinx
recognizes until the model is near. No clock and no I/O: times come in, in seconds of one clock.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

NEAR_S = 10.0
"""With so few seconds left, words of a stopgap are no longer promised."""

LOADING_S = 5
"""Seconds to load Whisper base on a busy machine."""

_TELL_S = 5.0
_LEARNED_S = 3.0  # of a download's pace before its end is guessed
_WINDOW_S = 15.0

What = Literal["fetching", "loading"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """`seconds` that are left, None when unknown. `is_heard`: a stopgap listens meanwhile."""

    what: What
    model: str
    seconds: int | None = None
    bytes_done: int = 0
    bytes_total: int = 0
    is_heard: bool = False

    def sentence(self) -> str:
        """For people: what is happening and how long it takes."""
        doing = f"The speech model {self.model} is being {'fetched' if self.what == 'fetching' else 'loaded'}"
        size = f" ({self.bytes_done / 1e6:.0f} of {self.bytes_total / 1e6:.0f} MB)" if self.bytes_total else ""
        left = f", about {_spoken(self.seconds)} left" if self.seconds is not None else ""
        return f"{doing}{size}{left}. {_MEANWHILE[self.is_heard]}"


_MEANWHILE = {
    False: "What is said meanwhile is kept and heard by it from the start.",
    True: "Until then a stopgap listens, and most words of free speech will be wrong.",
}


class Waits:
    """What is waited for now. `tell` gets it when it changes and from time to time, and None when it is over."""

    def __init__(self) -> None:
        self.news: Waiting | None = None
        self.tell: Callable[[Waiting | None], None] = lambda _: None
        self._told_at = float("-inf")

    def begin(self, news: Waiting, now: float) -> None:
        """This is waited for."""
        before, self.news = self.news, news
        changed = before is None or (before.what, before.is_heard) != (news.what, news.is_heard)
        if changed or now - self._told_at >= _TELL_S:
            self._told_at = now
            self.tell(news)

    def over(self) -> None:
        """For nothing."""
        if self.news is not None:
            self.news = None
            self.tell(None)


class Download:
    """How long a download takes, by its pace over the last seconds, and whether to wait for it."""

    def __init__(self, now: float, wait_s: float) -> None:
        self._began = now
        self._wait_s = wait_s
        self._seen: deque[tuple[float, int]] = deque()
        self._source = ""
        self.left_s: float | None = None

    def note(self, now: float, source: str, done: int, total: int) -> None:
        """`done` of `total` bytes have arrived; another source starts from zero. Bytes of an earlier start do not count
        for the pace."""
        if source != self._source or (self._seen and done < self._seen[-1][1]):
            self._seen.clear()
        self._source = source
        if done:
            self._seen.append((now, done))
        while self._seen and self._seen[0][0] < now - _WINDOW_S:
            self._seen.popleft()
        self.left_s = self._left(total)

    def stopgap(self, now: float, heard: bool) -> bool:
        """Whether PocketSphinx should recognize now; `heard` says whether it does."""
        near = self.left_s is not None and self.left_s <= min(NEAR_S, self._wait_s)
        if heard or near:
            return not near
        if self.left_s is not None and self.left_s > self._wait_s:
            return True
        return now - self._began >= self._wait_s

    def _left(self, total: int) -> float | None:
        if not self._seen or not total:
            return None
        (first, had), (last, has) = self._seen[0], self._seen[-1]
        if last - first < _LEARNED_S or has <= had:
            return None
        return max(0, total - has) * (last - first) / (has - had)


def _spoken(seconds: int) -> str:
    return f"{seconds} s" if seconds < 90 else f"{round(seconds / 60)} min"
