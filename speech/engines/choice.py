"""Chooses the engine that recognizes now, and prepares a better one.

Whisper; PocketSphinx where its model is not available or takes long to fetch; a remote server or actors of a Ray
cluster when these are set. Sound waits for a model that is seconds away: see `speech.engines.waiting`.
"""

import asyncio
import os
from dataclasses import replace
from functools import partial
from pathlib import Path

from kit import errors, logs
from kit.clock import Clock
from kit.outbound import Outbound
from kit.storable import JsonObject
from kit.tasks import Tasks
from speech.engines import waiting
from speech.engines.cluster.actors import Actors, wanted
from speech.engines.cluster.lane import ActorLane
from speech.engines.ranks import ELSEWHERE, rank
from speech.engines.remote import RemoteLane, RemoteServer
from speech.engines.settings import ListeningSettings
from speech.pool import jobs, lanes
from speech.pool.pool import WorkerPool
from speech.transcription.policy import Policy
from speech.transcription.types import NO_ENGINE, EngineName
from speech.weights import store as models

_log = logs.get(__name__)

REMOTE_LANES = 4
REVIVE_SECONDS = 30.0
REFETCH_SECONDS = 300.0
STOPGAP = "PocketSphinx is a stopgap: most words of free speech will be wrong until a Whisper model is there."
_REMOTE = "openai-compatible"
_NAMED = {"sphinx": "PocketSphinx", "remote": "of the server", "ray": "of the cluster"}
_LOOK_SECONDS = 0.5


class Engines:
    """Brings engines up in the background and replaces a worse one by a better one when that is ready."""

    def __init__(self, settings: ListeningSettings, workers: WorkerPool, tasks: Tasks, clock: Clock) -> None:
        self._settings = settings
        self._workers = workers
        self._tasks = tasks
        self._clock = clock
        self._ready = asyncio.Event()
        self._engine = NO_ENGINE
        self._problems: list[dict[str, str]] = []
        self._download = models.Progress()
        self.waits = waiting.Waits()
        self._outbound = Outbound()
        self._task: asyncio.Task[None] | None = None
        self._actors: Actors | None = None
        if settings.engine == "ray" and settings.cluster is not None:
            self._actors = Actors(settings.cluster, wanted(settings), workers, self._open, REVIVE_SECONDS)

    @property
    def count(self) -> int:
        """How many worker processes there should be."""
        if self._settings.workers:
            return self._settings.workers
        return 1 if self._settings.device == "cuda" else max(1, (os.cpu_count() or 2) - 1)

    @property
    def sessions_max(self) -> int:
        """Speakers without a pause whose finals keep their time, as measured in docs/transcription.md."""
        places = self.count if self._actors is None else self._actors.most
        return 3 * places

    def start(self) -> None:
        """Start the workers in the background."""
        self._workers.on_lost = self._lost
        self._wait("loading", self._configured, waiting.LOADING_S)
        self._task = self._tasks.persist(self._bring_up, name="engines", most=REVIVE_SECONDS)

    async def close(self) -> None:
        """Stop starting, and end connections."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._actors is not None:
            await self._actors.close()
        await self._outbound.close()

    async def ready(self) -> None:
        """Wait until the first worker can recognize."""
        await self._ready.wait()

    def current(self) -> EngineName:
        """The engine that recognizes now."""
        return self._engine

    @property
    def _configured(self) -> str:
        whisper = "Whisper" if models.is_folder(self._settings.model) else f"Whisper {self._settings.model}"
        return _NAMED.get(self._settings.engine, whisper)

    def policy(self) -> Policy:
        """A remote server is checked less often."""
        policy = self._settings.policy
        return (
            replace(policy, first_ms=800, step_ms=1000, calm_step_ms=1500) if self._engine.name == _REMOTE else policy
        )

    def status(self) -> JsonObject:
        """Engine and state, for health and clients."""
        return {
            "engine": self._engine.as_dict(),
            "ready": self._ready.is_set(),
            "waiting": self.waits.news,
            "notice": STOPGAP if self._is_stopgap else None,
            "model": {"name": self._settings.model, **self._download.as_dict()},
            "problems": list(self._problems),
            "cluster": self._actors.status() if self._actors is not None else None,
        }

    # ----

    async def _bring_up(self) -> None:
        """Raises whatever is in the way: a full disk, no memory, a mirror with invalid answers."""
        try:
            if self._settings.engine == "sphinx":
                await self._serve(jobs.EngineSpec("sphinx"))
            elif not await self._serve_elsewhere():
                await self._bring_up_local()
        except Exception as error:
            if not isinstance(error, errors.Failure):
                self._problem("engine_broken", f"{type(error).__name__}: {error}")
            raise

    async def _bring_up_local(self) -> None:
        """Whisper when its model is there or was fetched; otherwise PocketSphinx. Raises Failure `model_unreachable`
        where it could be fetched later."""
        settings = self._settings
        store = models.Store(
            settings.data / "models", self._download, settings.installer, shared=settings.shared_models
        )
        folder = await asyncio.to_thread(store.find, settings.model, self._problem)
        if folder is not None and await self._serve_whisper(folder):
            return
        fetches = folder is None and settings.download and not models.is_folder(settings.model)
        if fetches:
            folder = await self._fetch(store)
            if folder is not None:
                await self._retire_stopgap()
                if await self._serve_whisper(folder):
                    return
        await self._stopgap()
        self.waits.over()
        if fetches and folder is None:
            raise errors.unavailable("model_unreachable", "The speech model could not be fetched.", REFETCH_SECONDS)

    async def _fetch(self, store: models.Store) -> Path | None:
        """The model; a stopgap listens while it takes long to fetch."""
        download = waiting.Download(self._clock.monotonic(), self._settings.wait_s)
        fetching = self._tasks.spawn(store.fetch(self._settings.model, self._problem), name="fetch speech model")
        try:
            while not (await asyncio.wait({fetching}, timeout=_LOOK_SECONDS))[0]:
                seen, now = self._download, self._clock.monotonic()
                download.note(now, seen.source, seen.done, seen.total)
                left = None if download.left_s is None else round(download.left_s) + waiting.LOADING_S
                self._wait("fetching", self._configured, left)
                if download.stopgap(now, self._is_stopgap):
                    await self._stopgap()
                else:
                    await self._retire_stopgap()
            return fetching.result()
        finally:
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)

    @property
    def _is_stopgap(self) -> bool:
        return self._engine.name == "pocketsphinx"

    async def _stopgap(self) -> None:
        if self._settings.engine != "whisper" and not self._is_stopgap:
            await self._serve(jobs.EngineSpec("sphinx"))

    async def _retire_stopgap(self) -> None:
        """Speech from now on waits for the better engine."""
        if self._is_stopgap:
            self._engine = NO_ENGINE
            for lane in self._workers.lanes:
                await self._workers.retire(lane)

    def _wait(self, what: waiting.What, model: str, seconds: int | None = None) -> None:
        done, total = (self._download.done, self._download.total) if what == "fetching" else (0, 0)
        news = waiting.Waiting(what, model, seconds, min(done, total), total, self._is_stopgap)
        self.waits.begin(news, self._clock.monotonic())

    async def _serve_elsewhere(self) -> bool:
        """Whether a server or a cluster recognizes, where one is set."""
        if self._settings.engine == "remote" and self._settings.remote is not None:
            return await self._serve_remote(self._settings.remote)
        return self._actors is not None and await self._serve_actors(self._actors)

    async def _serve_remote(self, server: RemoteServer) -> bool:
        before = self._workers.lanes
        try:
            for _ in range(REMOTE_LANES):
                await self._open(RemoteLane(server, self._outbound))
        except lanes.EngineBroken as error:
            self._problem(error.code, str(error))
        if len(self._workers.lanes) == len(before):
            return False
        for old in before:
            await self._workers.retire(old)
        return True

    async def _serve_actors(self, actors: Actors) -> bool:
        """As long as there are too few they are added later."""
        self._wait("loading", self._configured)
        try:
            await actors.begin(self._tasks, self._settings.wait_s)
        except lanes.EngineBroken as error:
            self._problem(error.code, str(error))
        return actors.count > 0

    async def _open(self, lane: lanes.Lane) -> None:
        """In place of all of a lower rank; it is ended when one of a higher rank has come meanwhile. EngineBroken."""
        try:
            await self._workers.open(lane)
        except (lanes.EngineBroken, asyncio.CancelledError):
            raise
        except Exception as error:
            _log.exception("engine_not_opened")
            raise lanes.EngineBroken("engine_broken", f"{type(error).__name__}: {error}") from error
        for other in [one for one in self._workers.lanes if rank(one) < rank(lane)]:
            await self._workers.retire(other)
        if any(rank(other) > rank(lane) for other in self._workers.lanes):
            return await self._workers.retire(lane)
        self._engine = lane.engine
        self._ready.set()
        if not (self._is_stopgap and self._download.state == "fetching"):
            self.waits.over()

    def _lost(self, lane: lanes.Lane) -> None:
        """A worker could not be started again. When it was the last, the next engine takes over meanwhile."""
        if self._actors is not None and isinstance(lane, ActorLane):
            self._actors.lost()
        else:
            self._tasks.spawn(self._revive(lane), name="revive worker")
        if not self._workers.lanes:
            self._problem("engine_lost", f"{self._engine.name} could not be started again.")
            local = rank(lane) == ELSEWHERE
            sphinx = partial(self._serve, jobs.EngineSpec("sphinx"))
            self._tasks.persist(self._bring_up_local if local else sphinx, name="engines", most=REVIVE_SECONDS)

    async def _revive(self, lost: lanes.Lane) -> None:
        """Try from time to time: memory that was short is there again, a server that was away has come back."""
        while True:
            await asyncio.sleep(REVIVE_SECONDS)
            if any(rank(lane) > rank(lost) for lane in self._workers.lanes):
                return
            try:
                await self._open(lost.anew())
            except lanes.EngineBroken as error:
                _log.warning("worker_not_revived", code=error.code, error=str(error))
                continue
            _log.info("worker_revived", **self._engine.as_dict())
            return

    async def _serve_whisper(self, folder: Path) -> bool:
        """On the configured device; on the processor if that fails."""
        settings = self._settings
        self._wait("loading", self._configured, waiting.LOADING_S)
        for device in dict.fromkeys([settings.device, "cpu"]):
            compute = settings.compute_on(device)
            if await self._serve(jobs.EngineSpec("whisper", folder, device, compute, settings.threads)):
                return True
        return False

    async def _serve(self, spec: jobs.EngineSpec) -> bool:
        """Open the workers of this engine, then retire those of the one before."""
        before = self._workers.lanes
        if any(
            rank(lane) > int(spec.name == "whisper") for lane in before
        ):  # a cluster or a server has come back meanwhile
            return True
        try:
            for _ in range(self.count):
                await self._open(lanes.ProcessLane(spec))
        except lanes.EngineBroken as error:
            self._problem(error.code, str(error))
            return False
        for old in before:
            await self._workers.retire(old)
        _log.info("engine_ready", **self._engine.as_dict(), workers=self.count)
        return True

    def _problem(self, code: str, message: str) -> None:
        _log.warning("engine_problem", code=code, message=message)
        if (problem := {"code": code, "message": message}) not in self._problems:
            self._problems.append(problem)
