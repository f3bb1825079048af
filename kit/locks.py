"""One lock a key, kept as long as anybody holds it or waits for it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator


class _Counted:
    __slots__ = ("lock", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0


class KeyedLocks:
    """Whoever waits is counted, too: between the end of one and the start of the next a lock is held by nobody, and
    whoever came then must find the same one."""

    def __init__(self) -> None:
        self._locks: dict[str, _Counted] = {}

    def __len__(self) -> int:
        return len(self._locks)

    @contextlib.asynccontextmanager
    async def alone(self, key: str) -> AsyncIterator[None]:
        """Nobody else is in a block for `key` meanwhile."""
        counted = self._locks.setdefault(key, _Counted())
        counted.users += 1
        try:
            async with counted.lock:
                yield
        finally:
            counted.users -= 1
            if counted.users == 0:
                del self._locks[key]
