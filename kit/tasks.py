"""Background tasks that are never orphaned and never fail in silence."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from prometheus_client import Gauge

from kit import logs

T = TypeVar("T")

_PATIENCE_SECONDS = 1.0

_RUNNING = Gauge("parley_tasks", "Background tasks now running.")
_log = logs.get(__name__)


class Tasks:
    """Owns tasks: one that fails is logged, all end with `close()`."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False

    def __len__(self) -> int:
        return len(self._running)

    def spawn(self, work: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Start `work`. After `close()` nothing can be started: RuntimeError, and `work` is closed."""
        if self._closed:
            work.close()
            raise RuntimeError(f"no task can start after shutdown: {name}")
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        _RUNNING.inc()
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        _RUNNING.dec()
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("task_failed", task=task.get_name(), exc_info=error)

    async def close(self) -> None:
        """Cancel what runs and wait until all of it has ended.

        A cancellation is repeated every second: some libraries swallow one that meets a time-out of their own.
        """
        self._closed = True
        current = asyncio.current_task()
        while pending := [task for task in self._running if task is not current]:
            for task in pending:
                task.cancel()
            await asyncio.wait(pending, timeout=_PATIENCE_SECONDS)
