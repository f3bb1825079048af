"""Streaming measured on a busy machine: the event loop runs in virtual time.

Audio arrives on the virtual clock, and a job lasts as long as the CPU time that it used, on one thread, instead of its
wall time. So what else runs on the machine does not count (it still makes caches colder). The listener, the workers'
scheduling and the engines are the real ones; only the process boundary is left out.
"""

import asyncio
import selectors
import time
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from speech.engines import worker
from speech.pool import jobs
from speech.transcription.types import EngineName


class _Instant(selectors.DefaultSelector):
    """Never waits: hands the time it was asked to wait for to the loop's clock."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is not None and timeout > 0:
            self.now += timeout
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._instant = _Instant()
        super().__init__(self._instant)

    def time(self) -> float:
        return self._instant.now


class LoopClock:
    """The virtual loop's time as a `Clock`."""

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.monotonic(), UTC)

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()


class VirtualLane:
    """A worker without its process."""

    def __init__(self, spec: jobs.EngineSpec, speed: float = 1.0) -> None:
        self._worker = worker.EngineWorker()
        loaded = self._worker.handle(jobs.Load(spec))
        assert isinstance(loaded, jobs.Loaded)
        self.engine: EngineName = loaded.engine
        self.speed = speed
        self.busy = 0.0
        self.costs: list[tuple[str, float, float]] = []

    async def start(self) -> None:
        return None

    async def run(self, job: jobs.Job, deadline_s: float) -> jobs.Answer:
        began = time.process_time()
        answer = self._worker.handle(job)
        spent = (time.process_time() - began) / self.speed
        assert isinstance(answer, jobs.Answer), answer
        kind = job.request.kind if isinstance(job, jobs.Recognise) else "assess"
        self.costs.append((kind, len(job.pcm) / 32_000, spent))
        self.busy += spent
        await asyncio.sleep(spent)
        return replace(answer, seconds=spent)

    async def stop(self) -> None:
        return None

    def anew(self) -> "VirtualLane":
        return self


def run(main: Coroutine[Any, Any, Any]) -> Any:
    loop = VirtualLoop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(main)
    finally:
        asyncio.set_event_loop(None)
        loop.close()
