"""A child that works while its owner has the slot. In between other owners have it, and the child is paused."""

import asyncio
import signal
from collections.abc import Awaitable
from typing import TypeVar

from kit import fair
from kit.processes.piped import Piped

T = TypeVar("T")

_LOOK_SECONDS = 0.2  # how often a child whose time is up checks whether another owner waits


class Turns:
    """Questions to one child, in order, each with its own answer."""

    def __init__(self, child: Piped, place: fair.Place | None, seconds: float) -> None:
        """`seconds` of wall time that it may work, without its pauses."""
        self.child = child
        self._place = place
        self._ends_at = asyncio.get_running_loop().time() + seconds

    async def said(self, reading: Awaitable[T]) -> T:
        """What `reading` gives. TimeoutError when its time is up."""
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
