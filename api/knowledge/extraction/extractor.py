"""Runs the worker for one document at a time and hears it out."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from api.knowledge.extraction.blocks import MediaType, Unreadable
from api.knowledge.extraction.chunks import Chunk
from kit import confined, logs

_LONGEST_LINE = 1024 * 1024
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
    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._one_at_a_time = asyncio.Semaphore(1)

    async def passages(self, path: Path, media_type: MediaType) -> AsyncGenerator[Passage, None]:
        """The passages of a document in order. Unreadable with the reason; the worker is gone afterwards."""
        async with self._one_at_a_time:
            limits = self._limits
            arguments = [str(path), media_type, str(limits.seconds), str(limits.megabytes)]
            worker = await confined.start(
                "api.knowledge.extraction.worker", *arguments, stdin=asyncio.subprocess.DEVNULL, line=_LONGEST_LINE
            )
            ends_at = asyncio.get_running_loop().time() + limits.seconds * 1.5
            try:
                while True:
                    said = await _line(worker, ends_at)
                    if "error" in said:
                        raise Unreadable(said["error"])
                    if "done" in said:
                        return
                    chunk = Chunk(said["text"], said["heading"], said["page"], said["words"])
                    yield Passage(chunk, said["vector"])
            finally:
                await confined.end(worker)


async def _line(worker: asyncio.subprocess.Process, ends_at: float) -> dict[str, Any]:
    assert worker.stdout is not None
    try:
        async with asyncio.timeout_at(ends_at):
            line = await worker.stdout.readline()
            if line:
                said: dict[str, Any] = orjson.loads(line)
                return said
            status = await worker.wait()
    except TimeoutError as error:
        raise Unreadable("too_slow") from error
    except ValueError as error:  # a line that is too long, or no line of ours
        raise Unreadable("broken") from error
    _log.warning("document_worker_died", status=status)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Unreadable("too_slow" if status == -signal.SIGXCPU else "too_much_memory")
    # A parser that dies of the memory limit does not always get to say so.
    raise Unreadable("too_much_memory" if status == -signal.SIGSEGV else "broken")
