"""The lanes of a pool: which of them are idle, and how a lost one is restarted."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from kit import logs
from kit.clock import Clock
from kit.processes.keeping import Restarts
from speech.pool import metrics
from speech.pool.lanes import EngineBroken, Lane

_log = logs.get(__name__)

_RESTART_S = (0.0, 0.5, 2.0, 5.0)  # after as many failed starts a lane is given up
_STEADY_S = 10.0  # a life this long does not count as a failed one


@dataclass(slots=True)
class _Life:
    began: float
    restarts: Restarts


class LaneSet:
    """All lanes in service. A lane does a job, is idle, or is being restarted."""

    def __init__(self, clock: Clock, rss_limit: int, on_lost: Callable[[Lane], None]) -> None:
        """`rss_limit`: bytes of memory above which a lane's process is replaced. `on_lost` gets a lane that is given
        up."""
        self._clock = clock
        self._rss_limit = rss_limit
        self._lives: dict[Lane, _Life] = {}
        self.all: list[Lane] = []
        self.idle: list[Lane] = []
        self._on_lost = on_lost

    def add(self, lane: Lane) -> None:
        """A lane that is ready for work."""
        self.all.append(lane)
        self.idle.append(lane)
        restarts = Restarts("recognition", _RESTART_S, steady_seconds=_STEADY_S)
        self._lives[lane] = _Life(self._clock.monotonic(), restarts)
        metrics.WORKERS.set(len(self.all))

    def take(self, wanted: Lane | None) -> Lane:
        """An idle lane, of which there must be one: `wanted` if it is idle."""
        lane = wanted if wanted is not None and wanted in self.idle else self.idle[-1]
        self.idle.remove(lane)
        return lane

    async def put_back(self, lane: Lane, *, lost: bool, rss: int) -> None:
        """After a job: a lane is idle again, replaced, or stopped. `rss`: bytes of its process."""
        too_large = rss > self._rss_limit
        if lane not in self.all:
            await _end(lane)
        elif lost or too_large:
            metrics.LOST.labels("memory" if too_large else "died").inc()
            await self._restart(lane)
        else:
            life = self._lives[lane]
            life.restarts.steady(self._clock.monotonic() - life.began)
            self.idle.append(lane)

    async def retire(self, lane: Lane) -> None:
        """Take a lane out of service, at once or after the job that it is doing."""
        self._forget(lane)
        if lane in self.idle:
            self.idle.remove(lane)
            await _end(lane)

    async def close(self) -> None:
        """End all lanes."""
        stopping, self.all, self.idle = self.all, [], []
        for lane in stopping:
            await _end(lane)
        metrics.WORKERS.set(0)

    def _forget(self, lane: Lane) -> bool:
        """Whether it was in service until now."""
        if (life := self._lives.pop(lane, None)) is not None:
            life.restarts.forget()
        if lane not in self.all:
            return False
        self.all.remove(lane)
        metrics.WORKERS.set(len(self.all))
        return True

    async def _restart(self, lane: Lane) -> None:
        """The process is gone or must go: replace it, more slowly the more often it fails."""
        life = self._lives[lane]
        wait = life.restarts.ended(self._clock.monotonic() - life.began)
        for _ in _RESTART_S:
            await asyncio.sleep(wait)
            if lane not in self.all:  # retired meanwhile
                break
            started = await self._started(lane)
            if started is None or lane not in self.all:
                break
            if started:
                life.began = self._clock.monotonic()
                self.idle.append(lane)
                return
            wait = life.restarts.ended(0.0)
        given_up = self._forget(lane)
        await _end(lane)
        if given_up:
            self._on_lost(lane)

    async def _started(self, lane: Lane) -> bool | None:
        """Whether the lane started; None if another try is useless."""
        try:
            await lane.start()
        except EngineBroken as error:
            _log.error("worker_restart_failed", engine=lane.engine.name, error=str(error))
            return False if error.code == "engine_crashed" else None
        except Exception:  # no memory, thread or file available: perhaps in a moment
            _log.exception("worker_restart_failed", engine=lane.engine.name)
            return False
        return True


async def _end(lane: Lane) -> None:
    """Whatever happens: the caller still has to replace the lane, or to end others."""
    try:
        await lane.stop()
    except Exception:
        _log.exception("worker_not_ended", engine=lane.engine.name)
