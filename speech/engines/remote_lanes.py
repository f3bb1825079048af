"""Keeps the lanes to a remote server."""

import asyncio
from collections.abc import Awaitable, Callable

from kit import logs
from kit.outbound import Outbound
from kit.tasks import Tasks
from speech.engines.remote import RemoteLane, RemoteServer
from speech.pool.lanes import EngineBroken, Lane
from speech.pool.pool import WorkerPool

LANES = 4
_LOOK_SECONDS = 1.0
_log = logs.get(__name__)


class RemoteLanes:
    """The lanes of a pool that go to one server, which may be away at first and come back."""

    def __init__(
        self, server: RemoteServer, workers: WorkerPool, open_lane: Callable[[Lane], Awaitable[None]], retry_s: float
    ) -> None:
        """`open_lane` starts a lane and takes it into service, or raises EngineBroken; then `retry_s` pass."""
        self._server = server
        self._workers = workers
        self._open = open_lane
        self._retry_s = retry_s
        self._outbound = Outbound()
        self._begun = asyncio.Event()  # it was tried
        self._keeping: asyncio.Task[None] | None = None
        self.problem: EngineBroken | None = None
        """Why there are fewer than there should be."""

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(isinstance(lane, RemoteLane) for lane in self._workers.lanes)

    async def begin(self, tasks: Tasks, _patience_s: float) -> None:
        """Keep them up in the background, and wait for the first try, which is short. EngineBroken when there is none
        after it."""
        if self._keeping is None:
            self._keeping = tasks.keep(self._look, name="lanes to the server", pause=self._pause, needed=False)
        await self._begun.wait()
        if not self.count:
            raise self.problem or EngineBroken("engine_lost", f"{self._server.url} is away.")

    def lost(self, lane: Lane) -> None:
        """A lane is gone: the next look adds another."""

    def _pause(self) -> float:
        return _LOOK_SECONDS if self.problem is None else self._retry_s

    async def _look(self) -> None:
        try:
            while self.count < LANES:
                await self._open(RemoteLane(self._server, self._outbound))
                self._begun.set()
                _log.info("remote_lane_added", lanes=self.count)
            self.problem = None
        except EngineBroken as error:
            self.problem = error
            _log.warning("remote_lane_not_added", code=error.code, error=str(error))
        finally:
            self._begun.set()

    async def close(self) -> None:
        """End the trying, and connections."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        await self._outbound.close()
