"""Background tasks that are never orphaned and never fail in silence, and loops that no failure ends."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from prometheus_client import Gauge

from kit import logs, patience
from kit.errors import Failure
from kit.lives import Life

T = TypeVar("T")

_PATIENCE_SECONDS = 1.0
_LEAST_PAUSE_SECONDS = 0.2  # after a round that failed

_RUNNING = Gauge("parley_tasks", "Background tasks now running.")
_log = logs.get(__name__)


class Tasks:
    """Owns tasks: failures are logged, and all tasks end with `close()`."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False
        self.lives: list[Life] = []

    def __len__(self) -> int:
        return len(self._running)

    def spawn(self, work: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Start `work`. After `close()` nothing can be started: RuntimeError, and `work` is closed."""
        if self._closed:
            work.close()
            raise RuntimeError(f"no task can start after shutdown: {name}")
        task = asyncio.get_running_loop().create_task(work, name=name, context=patience.unbounded())
        self._running.add(task)
        _RUNNING.inc()
        task.add_done_callback(self._done)
        return task

    def keep(
        self,
        act: Callable[[], Awaitable[None]],
        *,
        name: str,
        pause: float | Callable[[], float] = 0.0,
        needed: bool = True,
        round_seconds: float = 60.0,
    ) -> asyncio.Task[None]:
        """Run `act` in a loop: now, and `pause` seconds after each end, whatever it raises. `lives` has its state; a
        round over `round_seconds` counts as stuck. `needed`: the node cannot work without it."""
        life = Life(name, needed, round_seconds)
        life.task = task = self.spawn(_again_and_again(act, life, pause), name=name)
        self.lives.append(life)

        def over(ended: "asyncio.Task[None]") -> None:
            if ended.cancelled():  # it was cancelled
                self.lives.remove(life)

        task.add_done_callback(over)
        return task

    def persist(
        self, act: Callable[[], Awaitable[object]], *, name: str, pause: float = 1.0, most: float = 30.0
    ) -> asyncio.Task[None]:
        """Run `act` until it succeeds once: again `pause` seconds after a failure, and after each further one twice as
        many, up to `most`; a Failure may ask for more by its `retry_after`."""
        return self.spawn(_until_it_succeeds(act, name, pause, most), name=name)

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


async def _again_and_again(act: Callable[[], Awaitable[None]], life: Life, pause: float | Callable[[], float]) -> None:
    while True:
        life.begin()
        try:
            await act()
        except Exception as error:  # the loop must go on after any error
            if life.failed(error):
                log = _log.error if life.is_unexpected else _log.warning  # an outage is no fault of the loop
                told = error if life.is_unexpected else None
                log("loop_failed", loop=life.name, times=life.failures, error=life.problem, exc_info=told)
        else:
            if life.failures:
                _log.info("loop_runs_again", loop=life.name, failures=life.failures)
            life.well()
        seconds = pause() if callable(pause) else pause
        if life.failures:  # sooner than usual where the pause is long, but less and less soon
            seconds = max(_LEAST_PAUSE_SECONDS, min(seconds, _LEAST_PAUSE_SECONDS * 2 ** min(life.failures, 8)))
        await asyncio.sleep(seconds)


async def _until_it_succeeds(act: Callable[[], Awaitable[object]], name: str, pause: float, most: float) -> None:
    while True:
        least = 0.0
        try:
            await act()
            return
        except Failure as failure:  # what its author foresaw: no trace
            least = failure.retry_after or 0.0
            _log.warning("not_begun", what=name, again_s=max(pause, least), error=str(failure))
        except Exception as error:  # whatever it is may be over later
            _log.error("not_begun", what=name, again_s=pause, exc_info=error)
        await asyncio.sleep(max(pause, least))
        pause = min(most, 2 * pause)
