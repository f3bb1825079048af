"""Keeps processes running: restarts them when they end, with growing pauses. Repeated ends are reported once, and the
process is still retried at the longest pause, so that it recovers by itself when the cause is gone."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar

from kit import logs
from kit.clock import Clock
from kit.processes import counts
from kit.processes.process import NotStarted

_log = logs.get(__name__)


class Restarts:
    """When a process may be restarted. Without a clock: times are passed in, in seconds."""

    def __init__(
        self,
        name: str,
        pauses: tuple[float, ...] = (0.0, 0.5, 2.0, 5.0, 15.0),
        *,
        steady_seconds: float = 30.0,
        often: int = 5,
    ) -> None:
        """`pauses` after the first end, the second …; after a life of `steady_seconds` they start from the first again.
        After `often` ends in a row it is troubled."""
        self.name = name
        self.steady_seconds = steady_seconds
        self._pauses = pauses
        self._often = often
        self._row = 0
        self.times = 0

    @property
    def is_troubled(self) -> bool:
        """Whether it has ended again and again, and has not run steadily since."""
        return self._row >= self._often

    def ended(self, lived_seconds: float) -> float:
        """It has ended, or could not be started (0): the seconds until the next try."""
        self.steady(lived_seconds)
        pause = self._pauses[min(self._row, len(self._pauses) - 1)]
        self._row += 1
        self.times += 1
        if self._row == self._often:
            counts.TROUBLED.labels(self.name).inc()
            _log.error("process_ends_too_often", process=self.name, times=self._row, next_try_seconds=pause)
        return pause

    def steady(self, lived_seconds: float) -> None:
        """It runs, or ran, for `seconds`."""
        if lived_seconds < self.steady_seconds:
            return
        if self.is_troubled:
            _log.info("process_steady_again", process=self.name)
        self.forget()

    def forget(self) -> None:
        """What was is no trouble any more: it runs steadily, or is given up."""
        if self.is_troubled:
            counts.TROUBLED.labels(self.name).dec()
        self._row = 0


async def keep(run: Callable[[], Awaitable[object]], restarts: Restarts, clock: Clock) -> None:
    """For ever: `run` is the life of one process, from its start to its end, whatever it raises."""
    while True:
        began = clock.monotonic()
        steady = asyncio.get_running_loop().call_later(
            restarts.steady_seconds, restarts.steady, restarts.steady_seconds
        )
        try:
            await run()
        except NotStarted as error:
            _log.error("process_not_started", process=restarts.name, why=str(error))
        except Exception:  # a fault of ours: the loop must go on
            _log.exception("process_failed", process=restarts.name)
        finally:
            steady.cancel()
        await asyncio.sleep(restarts.ended(clock.monotonic() - began))


class Running(Protocol):
    """A child that may have ended."""

    @property
    def status(self) -> int | None: ...


Child = TypeVar("Child", bound=Running)


class Kept(Generic[Child]):
    """One process whose owner checks it from time to time; nothing here waits."""

    def __init__(
        self,
        name: str,
        start: Callable[[], Child],
        restarts: Restarts | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`start` raises NotStarted, or OSError for what it needs."""
        self.name = name
        self._start = start
        self._restarts = restarts or Restarts(name)
        self._now = now
        self._began = 0.0
        self._due: float | None = None
        self.child: Child | None = None

    def start(self) -> Child:
        """Start it, for the first time or again. Raises what the start raises."""
        self.child, self._due = None, None
        self._began = self._now()
        self.child = self._start()
        return self.child

    @property
    def has_ended(self) -> bool:
        """Whether there is no child, or one that is over."""
        return self.child is None or self.child.status is not None

    def look(self) -> bool:
        """Start it again where it has ended and the time for that has come: whether it was."""
        now = self._now()
        if not self.has_ended:
            self._restarts.steady(now - self._began)
            return False
        if self._due is None:
            self._due = now + self._restarts.ended(now - self._began)
        if now < self._due:
            return False
        try:
            self.start()
        except (NotStarted, OSError) as error:
            _log.error("process_not_started", process=self.name, why=str(error))
            self._due = now + self._restarts.ended(0.0)
            return False
        return True


class Heartbeat:
    """Whether a child still lives, by the ticks of the watcher: a pause of this process counts once."""

    def __init__(self, most: int, most_at_start: int) -> None:
        """Ticks without a beat, and without the first one."""
        self._most = most
        self._most_at_start = most_at_start
        self._silent = 0
        self._has_begun = False

    def beat(self) -> None:
        """A sign of life came."""
        self._has_begun = True
        self._silent = 0

    def tick(self) -> bool:
        """Whether it has been silent for too long."""
        self._silent += 1
        return self._silent > (self._most if self._has_begun else self._most_at_start)
