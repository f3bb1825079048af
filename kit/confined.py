"""Processes that read uploaded files: started without our environment and limited before they open the file. The server
calls `start`; the child calls the other functions before anything else."""

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
_LOOK_SECONDS = 0.2  # how often a process whose time is up checks whether another owner waits


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
    """A started process that works while its owner has the slot. In between other owners have it, and the process is
    stopped."""

    def __init__(self, process: asyncio.subprocess.Process, place: fair.Place | None, seconds: float) -> None:
        """`seconds` of wall time that it may work, without its pauses."""
        self.process = process
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
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGSTOP)
        await self._place.let_by()
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGCONT)
        self._ends_at += loop.time() - began


async def end(process: asyncio.subprocess.Process) -> int:
    """Kill it, whatever it is doing; returns its exit status."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    return await asyncio.shield(_ended(process))


async def _ended(process: asyncio.subprocess.Process) -> int:
    # asyncio counts a process as ended only when its pipes are closed, and it stops reading a full one.
    while process.stdout is not None and await process.stdout.read(65536):
        pass
    return await process.wait()


def limit(parent: int, *, seconds: int, megabytes: int) -> None:
    """Limit processor time and address space, forbid writing to files, and end with the parent."""
    limits.tie(parent)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEBIBYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def seal() -> None:
    """From now on no file and no socket can be opened, because the kernel has no descriptor left to give. Import
    everything before."""
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _environment() -> dict[str, str]:
    """An environment without the server's secrets."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
