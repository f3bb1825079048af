"""Traces: which step caused which, and how long each took. Nothing is recorded until a tracer is configured.

A span holds ids, sizes, durations and names from our own code. It never holds what people say or write, a secret or an
address.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

Values = Mapping[str, str | int | float | bool]

_NONE: Values = {}


class Span(Protocol):
    """A step that has begun."""

    def begin(self, name: str, values: Values = _NONE, began_ns: int | None = None) -> "Span":
        """A step inside this one, which may have ended. It began at `began_ns` of `time.time_ns()`, or begins now."""

    def apart(self, name: str, values: Values = _NONE) -> "Span":
        """A step that follows from this one, with a trace of its own that points here: a trace that grows for hours is
        refused by what collects it."""

    def note(self, values: Values) -> None:
        """Add what is known only now."""

    def end(self, problem: str | None = None, ended_ns: int | None = None) -> None:
        """Once. `problem` is the code or the type of what went wrong, not its message."""

    def covers(self, at_ns: int) -> bool:
        """Whether the step is recorded, and had not ended at that time."""
        ...


class Tracer(Protocol):
    """Where traces begin."""

    def begin(self, name: str, values: Values = _NONE) -> Span:
        """The first step of a trace."""
        ...

    async def close(self) -> None:
        """Send what is left, for some seconds at most."""


class _Nothing:
    """A tracer and a span that record nothing."""

    def begin(self, _name: str, _values: Values = _NONE, _began_ns: int | None = None) -> "_Nothing":
        return self

    def apart(self, _name: str, _values: Values = _NONE) -> "_Nothing":
        return self

    def note(self, values: Values) -> None:
        pass

    def end(self, problem: str | None = None, ended_ns: int | None = None) -> None:
        pass

    def covers(self, _at_ns: int) -> bool:
        return False

    async def close(self) -> None:
        pass


_nothing = _Nothing()
NOTHING: Tracer = _nothing
NO_SPAN: Span = _nothing

_CURRENT: ContextVar[Span] = ContextVar("span")


@contextmanager
def within(span: Span) -> Iterator[None]:
    """What happens in the block, and in tasks that begin in it, is part of the step, until this ends."""
    token = _CURRENT.set(span)
    try:
        yield
    finally:
        _CURRENT.reset(token)


@contextmanager
def failing(span: Span) -> Iterator[None]:
    """Ends the step when the block fails; else it goes on."""
    try:
        yield
    except BaseException as error:
        span.end(type(error).__name__)
        raise


def current(at_ns: int | None = None) -> Span | None:
    """The step that the caller is part of, now or at `at_ns`. None without one: background work has none, also where a
    request started it that was answered meanwhile."""
    span = _CURRENT.get(None)
    if span is None or not span.covers(time.time_ns() if at_ns is None else at_ns):
        return None
    return span
