"""Waiting for a child on the event loop. Nothing here blocks it, and a child is reaped even if the caller stops
waiting."""

import asyncio
import contextlib
import os
import sys

from kit.processes.process import Process, Steps

_LOOK_SECONDS = 0.05  # where the kernel does not tell


async def ended(process: Process) -> int:
    """Its status, as soon as it has ended."""
    while (status := process.status) is None:
        await _told(process)
    return status


async def end(process: Process, steps: Steps = ()) -> int:
    """As `Process.end`. If the caller is cancelled, the child is still ended and reaped."""
    return await asyncio.shield(_end(process, steps))


async def _end(process: Process, steps: Steps) -> int:
    for number, seconds in steps:
        process.ask(number)
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(ended(process), seconds)
    if process.status is None:
        process.kill()
    return await ended(process)


async def _told(process: Process) -> None:
    """Wait for its end, or for a moment where the kernel cannot notify of it by a file."""
    if sys.platform != "linux":
        await asyncio.sleep(_LOOK_SECONDS)
        return
    try:
        handle = os.pidfd_open(process.pid)
    except OSError:  # an old kernel, no file to be had, or it has just been buried
        await asyncio.sleep(_LOOK_SECONDS)
        return
    loop = asyncio.get_running_loop()
    over: asyncio.Future[None] = loop.create_future()
    try:
        if process.status is not None:  # else the number is still its own
            return
        loop.add_reader(handle, _set, over)
        await over
    finally:
        loop.remove_reader(handle)
        os.close(handle)


def _set(over: "asyncio.Future[None]") -> None:
    if not over.done():
        over.set_result(None)
