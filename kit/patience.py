"""How long a request may wait for our own servers: all its waits for PostgreSQL and Redis share one allowance.

Only those waits count against it, not a language model's thinking or a client's slow upload, so that it can be short.
What a request starts (`Tasks.spawn`) does not inherit it.
"""

import asyncio
import contextvars
from collections.abc import Iterator
from contextlib import contextmanager

REQUEST_SECONDS = 5.0


class Allowance:
    __slots__ = ("left",)

    def __init__(self, seconds: float) -> None:
        self.left = seconds


_ALLOWANCE: contextvars.ContextVar[Allowance | None] = contextvars.ContextVar("allowance", default=None)


@contextmanager
def within(seconds: float | None = None) -> Iterator[None]:
    """What is waited for in this block, by this task, takes `seconds` at most, all together; else a request's."""
    token = _ALLOWANCE.set(Allowance(REQUEST_SECONDS if seconds is None else seconds))
    try:
        yield
    finally:
        _ALLOWANCE.reset(token)


def most(seconds: float) -> float:
    """`seconds`, or what is left when that is less."""
    allowance = _ALLOWANCE.get()
    return seconds if allowance is None else max(0.0, min(seconds, allowance.left))


def waited(since: float) -> None:
    """A wait that began at `since`, on the event loop's clock, is over."""
    if (allowance := _ALLOWANCE.get()) is not None:
        allowance.left -= asyncio.get_running_loop().time() - since


def unbounded() -> contextvars.Context:
    """This task's context without an allowance, for what goes on when the request is over."""
    context = contextvars.copy_context()
    if _ALLOWANCE.get() is not None:
        context.run(_ALLOWANCE.set, None)
    return context
