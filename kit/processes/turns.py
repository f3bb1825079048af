"""A child that works while it is its owner's turn: others have the place in between, and it rests."""

import asyncio
import signal
from collections.abc import Awaitable
from typing import TypeVar

from kit import fair
from kit.processes.piped import Piped

T = TypeVar("T")

_LOOK_SECONDS = 0.2  # how often one whose turn is over looks whether somebody else has come


class Turns:
    def __init__(self, child: Piped, place: fair.Place | None, seconds: float) -> None:
        """`seconds` by the clock that it may work, without its rests."""
        self.child = child
        self._place = place
        self._ends_at = asyncio.get_running_loop().time() + seconds

    async def said(self, reading: Awaitable[T]) -> T:
        """What is read from it. TimeoutError when its time is over."""
        loop = asyncio.get_running_loop()
        waiting = asyncio.ensure_future(reading)
        try:
            while not waiting.done() or self._is_wanted:
                if self._is_wanted:
                    await self._rest()
                left = self._ends_at - loop.time()
                if left <= 0 and not waiting.done():
                    raise TimeoutError
                turn = _LOOK_SECONDS if self._place is None else self._place.seconds_left or _LOOK_SECONDS
                await asyncio.wait({waiting}, timeout=max(0.0, min(left, turn)))
            return await waiting
        finally:
            waiting.cancel()

    @property
    def _is_wanted(self) -> bool:
        return self._place is not None and self._place.inside and self._place.is_wanted

    async def _rest(self) -> None:
        assert self._place is not None
        loop = asyncio.get_running_loop()
        began = loop.time()
        self.child.process.send(signal.SIGSTOP)
        await self._place.let_by()
        self.child.process.send(signal.SIGCONT)
        self._ends_at += loop.time() - began
