"""Runs a worker for each document and hears it out. Owners take turns: a worker that has run for a while rests when
somebody else's document waits, so that a long one keeps nobody from a short one."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from api.knowledge.extraction.blocks import MediaType, Unreadable
from api.knowledge.extraction.chunks import Chunk
from kit import confined, fair, logs
from kit.clock import Clock

_LONGEST_LINE = 1024 * 1024
_LOOK_SECONDS = 0.2  # how often one whose turn is over looks whether somebody else has come
_AT_ONCE = max(1, min(4, (os.cpu_count() or 2) - 1))
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Of the worker process; `seconds` of processor time, and half as much again by the clock."""

    seconds: int = 120
    megabytes: int = 1024


@dataclass(frozen=True, slots=True)
class Passage:
    chunk: Chunk
    vector: list[float]


class Extractor:
    def __init__(self, clock: Clock, limits: Limits = Limits(), *, at_once: int = _AT_ONCE) -> None:
        self._limits = limits
        self._places = fair.Places(at_once, clock)

    async def passages(self, path: Path, media_type: MediaType, owner: str) -> AsyncGenerator[Passage, None]:
        """The passages of a document in order. Unreadable with the reason; the worker is gone afterwards."""
        async with self._places.place(owner) as place:
            limits = self._limits
            arguments = [str(path), media_type, str(limits.seconds), str(limits.megabytes)]
            worker = await confined.start(
                "api.knowledge.extraction.worker", *arguments, stdin=asyncio.subprocess.DEVNULL, line=_LONGEST_LINE
            )
            hearing = _Hearing(worker, place, limits.seconds * 1.5)
            try:
                while True:
                    said = await hearing.line()
                    if "error" in said:
                        raise Unreadable(said["error"])
                    if "done" in said:
                        return
                    chunk = Chunk(said["text"], said["heading"], said["page"], said["words"])
                    yield Passage(chunk, said["vector"])
            finally:
                await hearing.end()


class _Hearing:
    """What one worker says, while it is its turn."""

    def __init__(self, worker: asyncio.subprocess.Process, place: fair.Place, seconds: float) -> None:
        self._worker = worker
        self._place = place
        self._ends_at = asyncio.get_running_loop().time() + seconds
        self._reading: asyncio.Future[bytes] | None = None

    async def line(self) -> dict[str, Any]:
        """Raises Unreadable when the worker died or took too long."""
        assert self._worker.stdout is not None
        loop = asyncio.get_running_loop()
        reading = self._reading = asyncio.ensure_future(self._worker.stdout.readline())
        while not reading.done() or self._place.is_wanted:
            if self._place.is_wanted:
                await self._rest()
            left = self._ends_at - loop.time()
            if left <= 0 and not reading.done():
                raise Unreadable("too_slow")
            await asyncio.wait({reading}, timeout=min(left, self._place.seconds_left or _LOOK_SECONDS))
        try:
            if line := reading.result():
                said: dict[str, Any] = orjson.loads(line)
                return said
        except ValueError as error:  # a line that is too long, or no line of ours
            raise Unreadable("broken") from error
        raise self._dead(await self._worker.wait())

    async def _rest(self) -> None:
        """Others have the place meanwhile; that time is not the worker's."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        self._signal(signal.SIGSTOP)
        await self._place.let_by()
        self._signal(signal.SIGCONT)
        self._ends_at += loop.time() - began

    def _dead(self, status: int) -> Unreadable:
        _log.warning("document_worker_died", status=status)
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return Unreadable("too_slow" if status == -signal.SIGXCPU else "too_much_memory")
        # A parser that dies of the memory limit does not always get to say so.
        return Unreadable("too_much_memory" if status == -signal.SIGSEGV else "broken")

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._worker.send_signal(number)

    async def end(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        await confined.end(self._worker)
