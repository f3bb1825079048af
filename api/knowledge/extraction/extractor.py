"""Runs a worker for each document and reads its output. Owners take turns: a worker that has run for a while is paused
when another owner's document waits, so that a long document does not block a short one."""

import os
import signal
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from api.knowledge.extraction.blocks import MediaType, Unreadable
from api.knowledge.extraction.chunks import Chunk
from kit import fair, logs
from kit.clock import Clock
from kit.processes import environment
from kit.processes.limits import Limits as ProcessLimits
from kit.processes.piped import piped
from kit.processes.process import Program, python
from kit.processes.turns import Turns

_LONGEST_LINE = 1024 * 1024
_LAST_SECONDS = 10.0
_AT_ONCE = max(1, min(4, (os.cpu_count() or 2) - 1))
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Of the worker process; `seconds` of processor time, and half as much again by the clock."""

    seconds: int = 120
    megabytes: int = 1024


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document with its vector."""

    chunk: Chunk
    vector: list[float]


class Extractor:
    """Reads documents in a confined process."""

    def __init__(self, clock: Clock, limits: Limits = Limits(), *, at_once: int = _AT_ONCE) -> None:
        self._limits = limits
        self._places = fair.Places(at_once, clock)

    async def passages(self, path: Path, media_type: MediaType, owner: str) -> AsyncGenerator[Passage, None]:
        """The passages of a document in order. Unreadable with the reason; the worker is gone afterwards."""
        async with self._places.place(owner) as place:
            child = await piped(self._program(path, media_type), line=_LONGEST_LINE)
            worker = Turns(child, place, self._limits.seconds * 1.5)
            try:
                while True:
                    said = await _line(worker)
                    if "error" in said:
                        raise Unreadable(said["error"])
                    if "done" in said:
                        return
                    chunk = Chunk(said["text"], said["heading"], said["page"], said["words"])
                    yield Passage(chunk, said["vector"])
            finally:
                await child.end()

    def _program(self, path: Path, media_type: MediaType) -> Program:
        limits = ProcessLimits.for_strangers(seconds=self._limits.seconds, megabytes=self._limits.megabytes)
        module, variables = "api.knowledge.extraction.worker", environment.bare()
        return python("document", module, str(path), media_type, variables=variables, limits=limits)


async def _line(worker: Turns) -> dict[str, Any]:
    try:
        if line := await worker.said(worker.child.out.readline()):
            said: dict[str, Any] = orjson.loads(line)
            return said
    except TimeoutError as error:
        raise Unreadable("too_slow") from error
    except ValueError as error:  # a line that is too long, or no line of ours
        raise Unreadable("broken") from error
    status = await worker.child.verdict(_LAST_SECONDS)
    _log.warning("document_worker_died", status=status)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Unreadable("too_slow" if status == -signal.SIGXCPU else "too_much_memory")
    # A parser that reaches the memory limit cannot always report it.
    raise Unreadable("too_much_memory" if status == -signal.SIGSEGV else "broken")
