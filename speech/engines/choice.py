"""Chooses the engine that recognizes now, and prepares a better one.

Whisper; PocketSphinx where its model is not available or takes long to fetch; a remote server or actors of a Ray
cluster when these are set. What runs here is made by one task, `_keep_up`, which is woken when a lane is lost.
"""

import asyncio
import contextlib
from dataclasses import replace

from kit import errors, logs
from kit.clock import Clock
from kit.storable import JsonObject
from kit.tasks import Tasks
from speech.engines import waiting
from speech.engines.cluster.actors import Actors, wanted
from speech.engines.local import Local
from speech.engines.ranks import ELSEWHERE, rank
from speech.engines.remote_lanes import RemoteLanes
from speech.engines.settings import ListeningSettings
from speech.pool import lanes
from speech.pool.pool import WorkerPool
from speech.transcription.policy import Policy
from speech.transcription.types import NO_ENGINE, EngineName

_log = logs.get(__name__)

REVIVE_SECONDS = 30.0
STOPGAP = "PocketSphinx is a stopgap: most words of free speech will be wrong until a Whisper model is there."
_REMOTE = "openai-compatible"
_PAUSE_SECONDS = 1.0  # after a first failure; then twice as many, up to REVIVE_SECONDS
_PROBLEMS = 8


class Engines:
    """Brings engines up in the background and replaces a worse one by a better one when that is ready."""

    def __init__(self, settings: ListeningSettings, workers: WorkerPool, tasks: Tasks, clock: Clock) -> None:
        self._settings = settings
        self._workers = workers
        self._tasks = tasks
        self._ready = asyncio.Event()
        self._better = NO_ENGINE  # than a stopgap: the last one
        self._problems: list[dict[str, str]] = []
        self._told: list[dict[str, str]] = []  # in this round
        self._local = Local(settings, workers, tasks, clock, self._open, self._problem)
        self.waits = self._local.waits
        self._task: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        self._elsewhere: Actors | RemoteLanes | None = None
        if settings.engine == "ray" and settings.cluster is not None:
            self._elsewhere = Actors(settings.cluster, wanted(settings), workers, self._open, REVIVE_SECONDS)
        elif settings.engine == "remote" and settings.remote is not None:
            self._elsewhere = RemoteLanes(settings.remote, workers, self._open, REVIVE_SECONDS)

    @property
    def sessions_max(self) -> int:
        """Speakers without a pause whose finals keep their time, as measured in docs/transcription.md."""
        return 3 * (self._elsewhere.most if isinstance(self._elsewhere, Actors) else self._local.count)

    def start(self) -> None:
        """Start the workers in the background."""
        self._workers.on_lost = self._lost
        self._local.wait("loading", waiting.LOADING_S if self._elsewhere is None else None)
        self._task = self._tasks.spawn(self._keep_up(), name="engines")

    async def close(self) -> None:
        """Stop starting, and end connections."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._elsewhere is not None:
            await self._elsewhere.close()

    async def ready(self) -> None:
        """Wait until the first worker can recognize."""
        await self._ready.wait()

    def current(self) -> EngineName:
        """The engine that recognizes now, or did last; a stopgap only while it does."""
        best = max(self._workers.lanes, key=rank, default=None)
        return self._better if best is None else best.engine

    def policy(self) -> Policy:
        """A remote server is checked less often."""
        policy = self._settings.policy
        is_remote = self.current().name == _REMOTE
        return replace(policy, first_ms=800, step_ms=1000, calm_step_ms=1500) if is_remote else policy

    def status(self) -> JsonObject:
        """Engine and state, for health and clients."""
        return {
            "engine": self.current().as_dict(),
            "ready": self._ready.is_set(),
            "waiting": self.waits.news,
            "notice": STOPGAP if self._local.is_stopgap else None,
            "model": {"name": self._settings.model, **self._local.download.as_dict()},
            "problems": list(self._problems),
            "cluster": self._elsewhere.status() if isinstance(self._elsewhere, Actors) else None,
        }

    # ----

    async def _keep_up(self) -> None:
        """Again when a lane was lost, and from time to time while lanes are missing or a better engine may come."""
        pause, patience_s = _PAUSE_SECONDS, self._settings.wait_s
        while True:
            self._woken.clear()
            again_s = await self._missing(patience_s)
            self.waits.over()
            pause = min(REVIVE_SECONDS, pause)
            seconds = None if again_s is None else max(again_s, pause)
            pause, patience_s = _PAUSE_SECONDS if again_s is None else 2 * pause, 0.0
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._woken.wait()

    async def _missing(self, patience_s: float) -> float | None:
        """Bring up what is missing; None when all is there, else the least seconds until the next try."""
        self._told = []
        try:
            if not await self._serves_elsewhere(patience_s):
                await self._local.bring_up()
        except errors.Failure as failure:  # what its author foresaw: no trace
            _log.warning("engines_missing", error=str(failure))
            again_s = failure.retry_after or 0.0
        except lanes.EngineBroken as error:
            _log.warning("engines_missing", code=error.code, error=str(error))
            again_s = 0.0
        except Exception as error:  # a full disk, a mirror with invalid answers: it may be over later
            _log.exception("engines_missing")
            self._problem("engine_broken", f"{type(error).__name__}: {error}")
            again_s = 0.0
        else:
            if self._elsewhere is None or self._elsewhere.count:
                self._problems = self._told
            return None
        return again_s

    async def _serves_elsewhere(self, patience_s: float) -> bool:
        """Whether a server or a cluster recognizes, where one is set."""
        if self._elsewhere is None:
            return False
        try:
            await self._elsewhere.begin(self._tasks, patience_s)
        except lanes.EngineBroken as error:
            self._problem(error.code, str(error))
        return self._elsewhere.count > 0

    async def _open(self, lane: lanes.Lane) -> None:
        """In place of all of a lower rank; it is ended when one of a higher rank has come meanwhile. EngineBroken."""
        try:
            await self._workers.open(lane)
        except (lanes.EngineBroken, asyncio.CancelledError):
            raise
        except Exception as error:
            _log.exception("engine_not_opened")
            raise lanes.EngineBroken("engine_broken", f"{type(error).__name__}: {error}") from error
        if any(rank(other) > rank(lane) for other in self._workers.lanes):
            return await self._workers.retire(lane)
        self._ready.set()
        self._better = lane.engine if rank(lane) else self._better
        if not (self._local.is_stopgap and self._local.download.state == "fetching"):
            self.waits.over()
        if rank(lane) == ELSEWHERE:
            self._problems = []
        for other in [one for one in self._workers.lanes if rank(one) < rank(lane)]:
            await self._workers.retire(other)

    def _lost(self, lane: lanes.Lane) -> None:
        """A worker could not be started again. When it was the last, the next engine takes over meanwhile."""
        if self._elsewhere is not None and rank(lane) == ELSEWHERE:
            self._elsewhere.lost(lane)
        if not self._workers.lanes:
            self._problem("engine_lost", f"{lane.engine.name} could not be started again.")
        self._woken.set()

    def _problem(self, code: str, message: str) -> None:
        if (problem := {"code": code, "message": message}) not in self._problems:
            _log.warning("engine_problem", code=code, message=message)
            self._problems = [*self._problems, problem][-_PROBLEMS:]
        if problem not in self._told:
            self._told = [*self._told, problem][-_PROBLEMS:]
