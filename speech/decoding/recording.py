"""Recordings decoded in a process of their own: see `worker`."""

import asyncio
import contextlib
import signal
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import orjson

from kit import fair, logs
from kit.processes import environment
from kit.processes.limits import Limits
from kit.processes.piped import Piped, piped
from kit.processes.process import PIPE, Program, python
from kit.processes.turns import Turns
from speech.decoding.verdict import Reason, Unreadable

_MEGABYTES = 512
_LARGEST_PIECE = 1024 * 1024
_log = logs.get(__name__)


class Recording:
    """An open recording: its length in `seconds`, and its sound."""

    def __init__(self, seconds: float, worker: Piped, ends_in: float) -> None:
        self.seconds = seconds
        self._worker = worker
        self._ends_in = ends_in

    async def pieces(self) -> AsyncIterator[bytes]:
        """PCM16 at 16 kHz in pieces of five seconds, as fast as they are read; only once. Unreadable `broken`,
        `too_much`."""
        while True:
            try:
                async with asyncio.timeout(self._ends_in):
                    (size,) = struct.unpack("<I", await self._worker.out.readexactly(4))
                    if size > _LARGEST_PIECE:
                        raise Unreadable("broken")
                    piece = await self._worker.out.readexactly(size)
            except (asyncio.IncompleteReadError, TimeoutError) as error:
                raise await _why(self._worker) from error
            if not piece:
                return
            yield piece


@asynccontextmanager
async def opened(source: bytes | Path, most_s: float, place: fair.Place | None = None) -> AsyncIterator[Recording]:
    """A recording of at most `most_s` seconds; its process is gone after the block. Until it is open, which is most of
    the work, it takes turns at `place`.

    Unreadable `unknown` (no format of ours), `silent` (no sound in it), `broken`, `too_long`, `too_much` (memory or
    time). The whole file is checked before the block begins.
    """
    patience = 5.0 * _seconds(most_s)
    with contextlib.ExitStack() as files:
        stdin = files.enter_context(source.open("rb")) if isinstance(source, Path) else PIPE
        worker = await piped(_program(most_s), stdin=stdin)
    try:
        if isinstance(source, bytes):
            await worker.feed(source)
        del source
        yield Recording(await _length(Turns(worker, place, patience)), worker, patience)
    finally:
        await worker.end()


def _seconds(most_s: float) -> int:
    """Of processor time; a good recording needs a tenth."""
    return 10 + round(most_s / 40)


async def whole(source: bytes | Path, most_s: float, place: fair.Place | None = None) -> bytes:
    """All of a recording as PCM16 at 16 kHz. Unreadable as `opened`."""
    async with opened(source, most_s, place) as recording:
        return b"".join([piece async for piece in recording.pieces()])


def _program(most_s: float) -> Program:
    limits = Limits.for_strangers(seconds=_seconds(most_s), megabytes=_MEGABYTES)
    variables = environment.bare()
    return python("recording", "speech.decoding.worker", str(most_s), variables=variables, limits=limits)


async def _length(worker: Turns) -> float:
    try:
        line = await worker.said(worker.child.out.readline())
    except TimeoutError as error:
        raise await _why(worker.child) from error
    if not line:
        raise await _why(worker.child)
    said = orjson.loads(line)
    if "error" in said:
        raise Unreadable(said["error"])
    return float(said["seconds"])


async def _why(worker: Piped) -> Unreadable:
    """The error of a worker that stopped: because of its limits, or of the file."""
    status = await worker.verdict(1.0)
    _log.warning("recording_worker_died", status=status)
    reason: Reason = "too_much" if status in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV) else "broken"
    return Unreadable(reason)
