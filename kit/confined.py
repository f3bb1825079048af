"""Processes that open strangers' files: started without our environment, and limited before they touch the file.

`start` is for the server, the other functions for the child, first of all.
"""

import asyncio
import contextlib
import os
import resource
import sys
from pathlib import Path
from typing import IO

from kit import processes

_ROOT = Path(__file__).resolve().parents[1]
_MEBIBYTE = 1024 * 1024


async def start(module: str, *arguments: str, stdin: int | IO[bytes], line: int = 65536) -> asyncio.subprocess.Process:
    """`python -m module PARENT arguments…`; its output is a pipe with lines of at most `line` bytes."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, str(os.getpid()), *arguments, cwd=_ROOT, env=_environment(), stdin=stdin,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, limit=line,
    )  # fmt: skip


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
    processes.die_with(parent)
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
        "PATH": os.defpath, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }  # fmt: skip
