"""Keeps as many actors as the speakers need."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path

from kit import logs
from kit.storable import JsonObject
from kit.tasks import Tasks
from speech.engines.cluster.lane import ActorLane
from speech.engines.cluster.link import Link
from speech.engines.cluster.messages import Cluster, Wanted, code
from speech.engines.cluster.scaling import Scaling
from speech.engines.settings import ListeningSettings
from speech.pool.lanes import EngineBroken, Lane
from speech.pool.pool import WorkerPool
from speech.weights import store as models

_LOOK_SECONDS = 1.0
_STEADY_SECONDS = 10.0
_log = logs.get(__name__)


def wanted(settings: ListeningSettings) -> Wanted:
    """The engine of an actor: Whisper, on a GPU where actors are given some of one."""
    device = "cuda" if settings.cluster is not None and settings.cluster.gpus else settings.device
    compute, shared = settings.compute_on(device), settings.shared_models
    model = str(Path(settings.model).expanduser().absolute()) if models.is_folder(settings.model) else settings.model
    return Wanted(model, settings.data / "models", shared, device, compute, settings.threads, code())


class Actors:
    """The lanes of a pool that are actors of one cluster."""

    def __init__(
        self,
        cluster: Cluster,
        wanted: Wanted,
        workers: WorkerPool,
        open_lane: Callable[[ActorLane], Awaitable[None]],
        retry_s: float,
    ) -> None:
        """`open_lane` starts a lane and takes it into service, or raises EngineBroken; then `retry_s` pass."""
        self._cluster = cluster
        self._wanted = wanted
        self._workers = workers
        self._open = open_lane
        self._retry_s = retry_s
        self._link = Link(cluster.address)
        self._scaling = Scaling(cluster.least, cluster.most)
        self._added_at: dict[Lane, float] = {}
        self._adding: set[asyncio.Task[None]] = set()
        self._again_at = float("-inf")  # not sooner, after one did not come
        self._tasks: Tasks | None = None
        self._begun = asyncio.Event()  # the first has come, or not
        self._keeping: asyncio.Task[None] | None = None
        self.problem: EngineBroken | None = None
        """Why there are fewer than there should be."""

    @property
    def most(self) -> int:
        """How many there may be."""
        return self._cluster.most

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._lanes())

    def status(self) -> JsonObject:
        """For health."""
        return {"actors": self.count, "problem": None if self.problem is None else self.problem.message}

    async def begin(self, tasks: Tasks, patience_s: float) -> None:
        """Add them in the background, and wait for the first. EngineBroken when it does not come by then."""
        if self._keeping is None:
            self._tasks = tasks
            self._keeping = tasks.keep(self._look, name="actors on Ray", pause=_LOOK_SECONDS, needed=False)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                await self._begun.wait()
        if not self.count:
            raise self.problem or EngineBroken("cluster_slow", "No actor on Ray has come yet.")

    def lost(self, lane: Lane) -> None:
        """An actor is gone; another comes soon, or later where they die soon after they have come."""
        now = self._workers.clock.monotonic()
        if now - self._added_at.pop(lane, float("-inf")) < _STEADY_SECONDS:
            self._failed(EngineBroken("actor_lost", "Actors die soon after they have come."))

    def _failed(self, problem: EngineBroken) -> None:
        self.problem = problem
        self._again_at = self._workers.clock.monotonic() + self._retry_s

    async def _add(self) -> None:
        lane = ActorLane(self._link, self._cluster, self._wanted)
        try:
            await self._open(lane)
            self._added_at[lane] = self._workers.clock.monotonic()
            _log.info("actor_added", actors=self.count)
        except EngineBroken as error:
            self._failed(error)
            _log.warning("actor_not_added", actors=self.count, problem=error.message)
        finally:
            self._begun.set()

    async def _look(self) -> None:
        """Add or retire actors, as many as are wanted now. Those that are on their way are not waited for: one may die
        meanwhile."""
        now, have = self._workers.clock.monotonic(), self.count
        target = self._scaling.target(now, have, self._workers.usage.waited_s(now), self._workers.busy_share())
        if target < have and not self._adding:
            lane = self._lanes()[-1]
            self._added_at.pop(lane, None)
            await self._workers.retire(lane)
            _log.info("actor_retired", actors=self.count)
        if now < self._again_at or self._tasks is None:
            return
        if target <= have:
            self.problem = None
        for _ in range(target - have - len(self._adding)):
            adding = self._tasks.spawn(self._add(), name="add an actor")
            self._adding.add(adding)
            adding.add_done_callback(self._adding.discard)

    async def close(self) -> None:
        """End all of them."""
        ending = [task for task in (self._keeping, *self._adding) if task is not None]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        await self._link.close()

    def _lanes(self) -> list[ActorLane]:
        return [lane for lane in self._workers.lanes if isinstance(lane, ActorLane)]
