"""Recordings decoded in a process of their own: see `worker`."""

import asyncio
import contextlib
import signal
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import orjson

from kit import confined, fair, logs
from speech.decoding.verdict import Reason, Unreadable

_MEGABYTES = 512
_LARGEST_PIECE = 1024 * 1024
_log = logs.get(__name__)


class Recording:
    """An open recording: its length in `seconds`, and its sound."""

    def __init__(self, seconds: float, process: asyncio.subprocess.Process, ends_in: float) -> None:
        self.seconds = seconds
        self._worker = process
        self._ends_in = ends_in

    async def pieces(self) -> AsyncIterator[bytes]:
        """PCM16 at 16 kHz in pieces of five seconds, as fast as they are read; only once. Unreadable `broken`,
        `too_much`."""
        assert self._worker.stdout is not None
        while True:
            try:
                async with asyncio.timeout(self._ends_in):
                    (size,) = struct.unpack("<I", await self._worker.stdout.readexactly(4))
                    if size > _LARGEST_PIECE:
                        raise Unreadable("broken")
                    piece = await self._worker.stdout.readexactly(size)
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
    seconds = _seconds(most_s)
    arguments = [str(most_s), str(seconds), str(_MEGABYTES)]
    with contextlib.ExitStack() as files:
        stdin = files.enter_context(source.open("rb")) if isinstance(source, Path) else asyncio.subprocess.PIPE
        worker = await confined.start("speech.decoding.worker", *arguments, stdin=stdin)
    try:
        if isinstance(source, bytes):
            await _feed(worker, source)
        del source
        yield Recording(await _length(confined.Worker(worker, place, 5.0 * seconds)), worker, 5.0 * seconds)
    finally:
        await confined.end(worker)


def _seconds(most_s: float) -> int:
    """Of processor time; a good recording needs a tenth."""
    return 10 + round(most_s / 40)


async def whole(source: bytes | Path, most_s: float, place: fair.Place | None = None) -> bytes:
    """All of a recording as PCM16 at 16 kHz. Unreadable as `opened`."""
    async with opened(source, most_s, place) as recording:
        return b"".join([piece async for piece in recording.pieces()])


async def _feed(worker: asyncio.subprocess.Process, content: bytes) -> None:
    assert worker.stdin is not None
    with contextlib.suppress(ConnectionError):  # it has ended already: its exit status says why
        worker.stdin.write(content)
        await worker.stdin.drain()
        worker.stdin.close()


async def _length(worker: confined.Worker) -> float:
    assert worker.process.stdout is not None
    try:
        line = await worker.said(worker.process.stdout.readline())
    except TimeoutError as error:
        raise await _why(worker.process) from error
    if not line:
        raise await _why(worker.process)
    said = orjson.loads(line)
    if "error" in said:
        raise Unreadable(said["error"])
    return float(said["seconds"])


async def _why(worker: asyncio.subprocess.Process) -> Unreadable:
    """The error of a worker that stopped: because of its limits, or of the file."""
    running = worker.returncode is None
    if running:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(worker.wait(), 1)
    status = worker.returncode
    _log.warning("recording_worker_died", status=status)
    reason: Reason = "too_much" if status in (None, -signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV) else "broken"
    return Unreadable(reason)
