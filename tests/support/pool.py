"""Lanes and clients of the worker pool that do as a test says."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from kit.clock import SystemClock
from kit.tasks import Tasks
from speech.pool import jobs, lanes
from speech.pool.pool import WorkerPool
from speech.transcription.types import EngineName, Kind, Request


class Lane:
    """Does jobs when it is told to, and writes down which."""

    engine = EngineName("test", "none", "1")

    def __init__(self) -> None:
        self.done: list[str] = []
        self.starts = 0
        self.fail: list[Exception] = []
        self.broken = False
        self.trouble: list[Exception] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.ready = asyncio.Event()
        self.ready.set()
        self.running = False

    async def start(self) -> None:
        self.starts += 1
        await self.ready.wait()
        if self.broken:
            raise lanes.EngineBroken("engine_broken", "no")
        if self.trouble:
            raise self.trouble.pop(0)
        self.running = True

    async def run(self, job: jobs.Job, deadline_s: float) -> jobs.Answer:
        await self.gate.wait()
        assert isinstance(job, jobs.Recognise)
        self.done.append(job.stream)
        if self.fail:
            raise self.fail.pop()
        return jobs.Answer(self.engine, rss=int(job.request.prompt or 0))

    async def stop(self) -> None:
        self.running = False

    def anew(self) -> "Lane":
        return Lane()


class Client:
    def __init__(self, name: str, kind: Kind | None, prompt: str = "") -> None:
        self.name, self.kind, self.prompt = name, kind, prompt
        self.answers = self.failures = 0
        self.angry = ""  # what raises

    def pending(self) -> Kind | None:
        self._do("pending")
        return self.kind

    def take(self) -> jobs.Job | None:
        self._do("take")
        self.kind = None
        return jobs.Recognise(self.name, 1, 0, b"\0" * 320, Request(prompt=self.prompt))

    def done(self, answer: jobs.Answer, queue_s: float) -> None:
        self._do("done")
        self.answers += 1

    def failed(self, error: Exception) -> None:
        self._do("failed")
        self.failures += 1

    def _do(self, what: str) -> None:
        if self.angry == what:
            raise ZeroDivisionError(what)


@pytest.fixture
async def workers() -> AsyncIterator[WorkerPool]:
    tasks = Tasks()
    workers = WorkerPool(SystemClock(), tasks, rss_limit=1000)
    yield workers
    await workers.close()
    await tasks.close()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)
