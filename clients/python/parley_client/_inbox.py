"""The events that came and were not read yet."""

import asyncio
from collections.abc import AsyncIterator

from .events import ServerEvent

_SNAPSHOT = "session.snapshot"


class Inbox:
    """Gives each event once and in order, to one reader."""

    def __init__(self) -> None:
        self.last_seq = 0
        self._hole_before = 0
        self._waiting: asyncio.Queue[ServerEvent | None] = asyncio.Queue()

    def takes(self, name: str, seq: int) -> bool:
        """Whether an event with this number is new. A snapshot always is."""
        if seq <= self.last_seq and name != _SNAPSHOT:
            return False
        self.last_seq = max(self.last_seq, seq)
        return True

    def misses(self, name: str, seq: int) -> bool:
        """Whether there is a hole before it, which joining again fills. It is found once for each number: what does not
        come even then is gone."""
        if name == _SNAPSHOT or not 0 < self.last_seq < seq - 1 or self._hole_before == seq:
            return False
        self._hole_before = seq
        return True

    def put(self, event: ServerEvent) -> None:
        """An event came."""
        self._waiting.put_nowait(event)

    def close(self) -> None:
        """The reader ends with what is there."""
        self._waiting.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[ServerEvent]:
        while (event := await self._waiting.get()) is not None:
            yield event
        self._waiting.put_nowait(None)  # also for one who begins to read after the end
