"""Processes that open strangers' files: started without our environment, and limited before they touch the file.

`start` is for the server, the other functions for the child, first of all.
"""

import asyncio
import contextlib
import os
import resource
import signal
import sys
from collections.abc import Awaitable
from pathlib import Path
from typing import IO, TypeVar

from kit import fair
from kit.processes import limits

T = TypeVar("T")

_ROOT = Path(__file__).resolve().parents[1]
_MEBIBYTE = 1024 * 1024
_LOOK_SECONDS = 0.2  # how often one whose turn is over looks whether somebody else has come


async def start(module: str, *arguments: str, stdin: int | IO[bytes], line: int = 65536) -> asyncio.subprocess.Process:
    """`python -m module PARENT arguments…`; its output is a pipe with lines of at most `line` bytes."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        str(os.getpid()),
        *arguments,
        cwd=_ROOT,
        env=_environment(),
        stdin=stdin,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=line,
    )


class Worker:
    """A started process that works while it is its owner's turn: others have the place in between, and it rests."""

    def __init__(self, process: asyncio.subprocess.Process, place: fair.Place | None, seconds: float) -> None:
        """`seconds` by the clock that it may work, without its rests."""
        self.process = process
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
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGSTOP)
        await self._place.let_by()
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGCONT)
        self._ends_at += loop.time() - began


async def end(process: asyncio.subprocess.Process) -> int:
    """Whatever it is doing; its status."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    return await asyncio.shield(_ended(process))


async def _ended(process: asyncio.subprocess.Process) -> int:
    # asyncio calls it ended when its pipes are closed, too, and one that is full is read no more by itself.
    while process.stdout is not None and await process.stdout.read(65536):
        pass
    return await process.wait()


def limit(parent: int, *, seconds: int, megabytes: int) -> None:
    """So much processor time and address space, and no byte written to a file; ends with the parent."""
    limits.tie(parent)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEBIBYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def seal() -> None:
    """From here on no file can be opened and no socket made: there is no number left that the kernel could give it.

    What is to be imported is imported before.
    """
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _environment() -> dict[str, str]:
    """No secrets of the server go with it."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
