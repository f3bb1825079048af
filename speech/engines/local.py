"""The engines that run here: Whisper, and PocketSphinx while its model is not available or takes long to fetch.

Sound waits for a model that is seconds away: see `speech.engines.waiting`.
"""

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from kit import errors, logs
from kit.clock import Clock
from kit.tasks import Tasks
from speech.engines import waiting
from speech.engines.ranks import ELSEWHERE, WHISPER, rank
from speech.engines.settings import ListeningSettings
from speech.pool import jobs, lanes
from speech.pool.pool import WorkerPool
from speech.weights import store as models

_log = logs.get(__name__)

REFETCH_SECONDS = 300.0
_LOOK_SECONDS = 0.5
_STOPGAP_SECONDS = 10.0  # until it is tried again
_NAMED = {"sphinx": "PocketSphinx", "remote": "of the server", "ray": "of the cluster"}
_SPHINX = jobs.EngineSpec("sphinx")


class Local:
    """Opens lanes here, one after the other; only one `bring_up` may run at a time."""

    def __init__(
        self,
        settings: ListeningSettings,
        workers: WorkerPool,
        tasks: Tasks,
        clock: Clock,
        open_lane: Callable[[lanes.Lane], Awaitable[None]],
        problem: Callable[[str, str], None],
    ) -> None:
        """`open_lane` starts a lane and takes it into service in place of those of a lower rank, or raises
        EngineBroken."""
        self._settings = settings
        self._workers = workers
        self._tasks = tasks
        self._clock = clock
        self._open = open_lane
        self._problem = problem
        self._is_unreachable = False
        self.download = models.Progress()
        self.waits = waiting.Waits()

    @property
    def count(self) -> int:
        """How many worker processes there should be."""
        if self._settings.workers:
            return self._settings.workers
        return 1 if self._settings.device == "cuda" else max(1, (os.cpu_count() or 2) - 1)

    @property
    def is_stopgap(self) -> bool:
        """Whether PocketSphinx recognizes now, and nothing better."""
        return all(rank(lane) < WHISPER for lane in self._workers.lanes) and bool(self._workers.lanes)

    async def bring_up(self) -> None:
        """`count` lanes of the best engine that can be had; those that are there count. Nothing where a server or a
        cluster recognizes. Raises whatever is in the way of all of them, when as much serves as can: EngineBroken, a
        full disk, Failure `model_unreachable` where the model could be fetched later."""
        if self._settings.engine == "sphinx":
            return await self._fill(_SPHINX)
        if self._serves(ELSEWHERE) or self._having(WHISPER) >= self.count:
            return
        try:
            await self._whisper()
        except Exception:
            if not self._serves(WHISPER):
                await self._stopgap()
            raise

    def wait(self, what: waiting.What, seconds: int | None = None) -> None:
        """Tell that the configured engine is waited for."""
        done, total = (self.download.done, self.download.total) if what == "fetching" else (0, 0)
        whisper = "Whisper" if models.is_folder(self._settings.model) else f"Whisper {self._settings.model}"
        model = _NAMED.get(self._settings.engine, whisper)
        news = waiting.Waiting(what, model, seconds, min(done, total), total, self.is_stopgap)
        self.waits.begin(news, self._clock.monotonic())

    # ----

    def _serves(self, least: int) -> bool:
        return any(rank(lane) >= least for lane in self._workers.lanes)

    def _having(self, own: int) -> int:
        return sum(rank(lane) == own for lane in self._workers.lanes)

    async def _whisper(self) -> None:
        settings = self._settings
        store = models.Store(settings.data / "models", self.download, settings.installer, shared=settings.shared_models)
        folder = await asyncio.to_thread(store.find, settings.model, self._problem)
        if folder is None and settings.download and not models.is_folder(settings.model):
            folder = await self._fetch(store)
            self._is_unreachable = folder is None
            if folder is None and not self._serves(ELSEWHERE):
                raise errors.unavailable("model_unreachable", "The speech model could not be fetched.", REFETCH_SECONDS)
            await self._retire_stopgap()
        if self._serves(ELSEWHERE):
            return
        if folder is None:
            raise lanes.EngineBroken("model_missing", f"There is no speech model {settings.model}.")
        await self._load(folder)

    async def _fetch(self, store: models.Store) -> Path | None:
        """The model; a stopgap listens while it takes long to fetch. Ends when a server or a cluster recognizes."""
        began = self._clock.monotonic()
        download, stopgap_at = waiting.Download(began, 0.0 if self._is_unreachable else self._settings.wait_s), began
        fetching = self._tasks.spawn(store.fetch(self._settings.model, self._problem), name="fetch speech model")
        try:
            while not (await asyncio.wait({fetching}, timeout=_LOOK_SECONDS))[0]:
                if self._serves(ELSEWHERE):
                    return None
                seen, now = self.download, self._clock.monotonic()
                download.note(now, seen.source, seen.done, seen.total)
                left = None if download.left_s is None else round(download.left_s) + waiting.LOADING_S
                self.wait("fetching", left)
                if not download.stopgap(now, self.is_stopgap):
                    await self._retire_stopgap()
                elif now >= stopgap_at and not await self._has_stopgap():
                    stopgap_at = self._clock.monotonic() + _STOPGAP_SECONDS
            return fetching.result()
        finally:
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)

    async def _stopgap(self) -> None:
        if self._settings.engine != "whisper":
            await self._fill(_SPHINX)

    async def _has_stopgap(self) -> bool:
        with contextlib.suppress(lanes.EngineBroken):  # it is told; the fetch goes on
            await self._stopgap()
            return True
        return False

    async def _retire_stopgap(self) -> None:
        """Speech from now on waits for the better engine."""
        for lane in self._workers.lanes:
            if rank(lane) < WHISPER:
                await self._workers.retire(lane)

    async def _load(self, folder: Path) -> None:
        """On the configured device; on the processor if nothing comes up there."""
        settings = self._settings
        if not self._workers.lanes:
            self.wait("loading", waiting.LOADING_S)
        for device in dict.fromkeys([settings.device, "cpu"]):
            compute = settings.compute_on(device)
            try:
                return await self._fill(jobs.EngineSpec("whisper", folder, device, compute, settings.threads))
            except lanes.EngineBroken:
                if device == "cpu" or self._serves(WHISPER):
                    raise

    async def _fill(self, spec: jobs.EngineSpec) -> None:
        """Add lanes of this engine until there are enough, or a better one recognizes. EngineBroken."""
        own = WHISPER if spec.name == "whisper" else 0
        while not self._serves(own + 1) and self._having(own) < self.count:
            try:
                await self._open(lanes.ProcessLane(spec))
            except lanes.EngineBroken as error:
                self._problem(error.code, str(error))
                raise
            if having := self._having(own):  # else a better one has come meanwhile
                _log.info("engine_ready", engine=spec.name, workers=having, wanted=self.count)
