"""One process at a time fetches a model; others wait and then find it. A lock ends with the process that holds it."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

_LOOK_SECONDS = 0.5


def usable(folder: Path) -> bool:
    """Whether models can be kept there; it is made when it is missing."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


@asynccontextmanager
async def taken(lock: Path, waiting: Callable[[], None]) -> AsyncIterator[bool]:
    """Hold the lock in the block. Yields whether another process held it before; until it is free, `waiting` is called
    repeatedly in a thread. OSError when the lock cannot be made."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    waited = False
    try:
        while not _try(handle):
            waited = True
            await asyncio.to_thread(waiting)
            await asyncio.sleep(_LOOK_SECONDS)
        yield waited
    finally:
        os.close(handle)


def _try(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
