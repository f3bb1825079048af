"""How long a request may wait for PostgreSQL and Redis: all its waits share one allowance. Only those waits count, not
a language model or a client's slow upload, so the allowance can be short. Tasks that a request starts (`Tasks.spawn`)
do not inherit it."""

import asyncio
import contextvars
import math
import threading
import time
from collections.abc import Callable
from types import TracebackType

REQUEST_SECONDS = 5.0
_STEP_SECONDS = 0.1


class _Clock:
    """The alarms of one event loop share one timer, as most are stopped after a millisecond."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.alarms: set[Alarm] = set()
        self._runs = False

    def add(self, alarm: "Alarm") -> None:
        self.alarms.add(alarm)
        if alarm.left <= 0:
            self.loop.call_soon(self._ring, alarm)
        elif not self._runs:
            self._runs = True
            self.loop.call_later(_STEP_SECONDS, self._step)

    def _step(self) -> None:
        for alarm in self.alarms:
            alarm.left -= 1
            if alarm.left == 0:
                self.loop.call_soon(self._ring, alarm)
        self._runs = bool(self.alarms)
        if self._runs:
            self.loop.call_later(_STEP_SECONDS, self._step)

    def _ring(self, alarm: "Alarm") -> None:
        if alarm in self.alarms:
            self.alarms.remove(alarm)
            alarm.ring()


class _Thread(threading.local):
    """A thread runs one loop at a time: to look for its clock by the loop would take longer than the rest."""

    clock: _Clock | None = None


_THREAD = _Thread()


def _clock() -> _Clock:
    loop = asyncio.get_running_loop()
    clock = _THREAD.clock
    if clock is None or clock.loop is not loop:
        clock = _THREAD.clock = _Clock(loop)
    return clock


class Allowance:
    __slots__ = ("left",)

    def __init__(self, seconds: float) -> None:
        self.left = seconds


_ALLOWANCE: contextvars.ContextVar[Allowance | None] = contextvars.ContextVar("allowance", default=None)


class Alarm:
    """Calls `ring` after `most` seconds, or what is left of the allowance if that is less, and up to two steps of 0.1 s
    more. Time in which the event loop was blocked does not count, because it could not read answers."""

    __slots__ = ("_clock", "left", "ring")

    def __init__(self, most: float, ring: Callable[[], None]) -> None:
        allowance = _ALLOWANCE.get()
        if allowance is not None and allowance.left < most:
            most = allowance.left
        self.left = math.ceil(most / _STEP_SECONDS) + 1 if most > 0 else 0  # steps
        self.ring = ring
        self._clock = _clock()
        self._clock.add(self)

    def stop(self) -> None:
        self._clock.alarms.discard(self)


class within:  # a statement; written as a generator it would take twice as long
    """Limits all waits of this task in the block to `seconds` together, by default to a request's allowance."""

    __slots__ = ("_seconds", "_token")

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = REQUEST_SECONDS if seconds is None else seconds

    def __enter__(self) -> None:
        self._token = _ALLOWANCE.set(Allowance(self._seconds))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _ALLOWANCE.reset(self._token)


def begin() -> None:
    """Limits all waits of this task from now on to a request's allowance: for a task that serves one request."""
    _ALLOWANCE.set(Allowance(REQUEST_SECONDS))


def limited() -> bool:
    """Whether this task has an allowance."""
    return _ALLOWANCE.get() is not None


def used_up() -> bool:
    """Whether this task has an allowance of which nothing is left: what it would begin now would be cut at once."""
    allowance = _ALLOWANCE.get()
    return allowance is not None and allowance.left <= 0


def most(seconds: float) -> float:
    """`seconds`, or what is left of the allowance if that is less."""
    allowance = _ALLOWANCE.get()
    return seconds if allowance is None else max(0.0, min(seconds, allowance.left))


def waited(since: float) -> None:
    """Count a wait that began at `since` (`time.monotonic`) and is over now."""
    if (allowance := _ALLOWANCE.get()) is not None:
        allowance.left -= time.monotonic() - since


def unbounded() -> contextvars.Context:
    """This task's context without an allowance, for work that outlives the request."""
    context = contextvars.copy_context()
    if _ALLOWANCE.get() is not None:
        context.run(_ALLOWANCE.set, None)
    return context
