"""Event loops for tests: what a test leaves open is told at that test, not when it is collected during another."""

import asyncio
import selectors
from collections.abc import Callable
from typing import Any


class TidyLoop(asyncio.SelectorEventLoop):
    """Connections that were closed with something still unsent end with the loop. Those that nobody closed are an
    error."""

    _transports: "dict[int, asyncio.WriteTransport]"  # weak, by file descriptor; of the loop's own class

    def close(self) -> None:
        left = [] if self.is_closed() else list(self._transports.values())
        forgotten = [f"{one!r} to {one.get_extra_info('peername')}" for one in left if not one.is_closing()]
        for transport in left:
            transport.abort()
        if left:
            self.run_until_complete(asyncio.sleep(0))  # sockets are closed by callbacks
        super().close()
        if forgotten:
            raise ResourceWarning(f"left open: {', '.join(forgotten)}")


_STEP_SECONDS = 1e-6  # of each round: without it, who waits again for less than a clock can tell would wait for ever


class _Instant(selectors.DefaultSelector):
    """Never waits: the time that it was asked to wait for has passed at once."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self.now += max(timeout or 0.0, _STEP_SECONDS)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """Time goes on only when everything waits for it, so what takes a second takes none, on any machine. Work for
    threads is done at once. For what uses neither sockets nor processes."""

    def __init__(self) -> None:
        self._instant = _Instant()
        super().__init__(self._instant)

    def time(self) -> float:
        return self._instant.now

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> "asyncio.Future[Any]":
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done
