"""Keeps a failing server of others from being called again and again: language models, voices, embeddings, judges,
recognizers.

A circuit breaker (closed → open → one trial → closed) and a retry budget: retries may be a fifth of the requests, so
that a server in trouble sees less traffic rather than more.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

from kit.clock import Clock
from kit.openai_servers import ServerTrouble

T = TypeVar("T")

_FAILURES_TO_OPEN = 3
_OPEN_SECONDS = 30.0
_LONGEST_OPEN_SECONDS = 300.0
_RETRY_SHARE = 0.2
_MOST_SAVED_RETRIES = 10.0
_RETRY_AFTER_SECONDS = 0.2


@dataclass
class Breaker:
    """State of one server and what it is asked for, on this node."""

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
        """It failed; after several no more are sent for a while. Requests that were under way when that began do not
        make it longer."""
        now = self.clock.monotonic()
        left_alone = self.failures >= _FAILURES_TO_OPEN and now < self.open_until
        self.failures += 1
        self.trying = False
        self.reason = reason
        if self.failures >= _FAILURES_TO_OPEN and not left_alone:
            pause = min(_OPEN_SECONDS * 2**self.opened, _LONGEST_OPEN_SECONDS)
            self.opened += 1
            self.open_until = now + pause

    def abandoned(self) -> None:
        """It could not show whether it works: the reader left before, or the request was at fault."""
        self.trying = False

    async def call(self, ask: Callable[[], Awaitable[T]]) -> T:
        """As `stream`, for one answer."""

        async def asked() -> AsyncGenerator[T, None]:
            yield await ask()

        async with aclosing(self.stream(asked)) as answers:
            whole = [answer async for answer in answers]
        return whole[0]

    async def stream(self, ask: Callable[[], AsyncGenerator[T, None]]) -> AsyncGenerator[T, None]:
        """The pieces that `ask` gives, asked once more if it fails before the first one and the budget allows it.
        ServerTrouble; at once while the breaker is open."""
        if not self.allows():
            raise ServerTrouble("unreachable", f"left alone for a while: {self.reason}", again=False)
        self.begin()
        while True:
            started = judged = False
            try:
                async with aclosing(ask()) as pieces:
                    async for piece in pieces:
                        if not started:
                            started = True
                            self.trying = False  # others need not wait until this reader has read the whole
                        yield piece
                judged = True
                self.succeeded()
                return
            except ServerTrouble as trouble:
                if trouble.failed != "unfit":
                    judged = True
                    self.failed(trouble.reason)
                if started or not trouble.again or not self.may_retry():
                    raise
            finally:
                if not judged:
                    self.abandoned()
            await asyncio.sleep(_RETRY_AFTER_SECONDS)


class Breakers:
    """Those of this node, by what is asked of which server."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._breakers: dict[tuple[str, ...], Breaker] = {}

    def of(self, *name: str) -> Breaker:
        """The one of this name, closed at first."""
        if name not in self._breakers:
            self._breakers[name] = Breaker(self._clock)
        return self._breakers[name]
