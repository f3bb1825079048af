"""How long a request may wait for PostgreSQL and Redis: all its waits share one allowance. Only those waits count, not
a language model or a client's slow upload, so the allowance can be short. Tasks that a request starts (`Tasks.spawn`)
do not inherit it."""

import asyncio
import contextvars
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

REQUEST_SECONDS = 5.0
_STEP_SECONDS = 0.1


class Alarm:
    """Calls `ring` after `seconds` in which the event loop ran. Time in which the loop was blocked does not count,
    because it could not read answers."""

    __slots__ = ("_left", "_loop", "_ring", "_step", "_timer")

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self._step = min(seconds, _STEP_SECONDS)
        self._left = math.ceil(seconds / self._step) if seconds > 0 else 1
        self._ring = ring
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(self._step, self._passed)

    def stop(self) -> None:
        self._timer.cancel()

    def _passed(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._ring()
        else:
            self._timer = self._loop.call_later(self._step, self._passed)


class Allowance:
    __slots__ = ("left",)

    def __init__(self, seconds: float) -> None:
        self.left = seconds


_ALLOWANCE: contextvars.ContextVar[Allowance | None] = contextvars.ContextVar("allowance", default=None)


@contextmanager
def within(seconds: float | None = None) -> Iterator[None]:
    """Limits all waits of this task in the block to `seconds` together, by default to a request's allowance."""
    token = _ALLOWANCE.set(Allowance(REQUEST_SECONDS if seconds is None else seconds))
    try:
        yield
    finally:
        _ALLOWANCE.reset(token)


@contextmanager
def at_most(seconds: float | None = None) -> Iterator[None]:
    """As `within`, unless there is an allowance already."""
    if _ALLOWANCE.get() is not None:
        yield
    else:
        with within(seconds):
            yield


def most(seconds: float) -> float:
    """`seconds`, or what is left of the allowance if that is less."""
    allowance = _ALLOWANCE.get()
    return seconds if allowance is None else max(0.0, min(seconds, allowance.left))


def waited(since: float) -> None:
    """Count a wait that began at `since` (event loop clock) and is over now."""
    if (allowance := _ALLOWANCE.get()) is not None:
        allowance.left -= asyncio.get_running_loop().time() - since


def unbounded() -> contextvars.Context:
    """This task's context without an allowance, for work that outlives the request."""
    context = contextvars.copy_context()
    if _ALLOWANCE.get() is not None:
        context.run(_ALLOWANCE.set, None)
    return context
