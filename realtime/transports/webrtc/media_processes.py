"""The media workers of a node: they carry its peers, and each that dies is started again."""

import asyncio
import itertools

from kit import errors, logs
from kit.clock import Clock
from kit.tasks import Tasks
from realtime.transports.webrtc import counts
from realtime.transports.webrtc.peers import Gone, Hear, Heard, IceServers, Peer
from realtime.transports.webrtc.process import WorkerProcess
from realtime.transports.webrtc.remote import STARTING, RemotePeer

_START_PATIENCE = 10.0  # seconds that an offer waits for a worker
_STEADY_SECONDS = 30.0  # a worker that lived this long is restarted at once
_BACKOFF = (0.0, 0.5, 2.0, 5.0)
_log = logs.get(__name__)


class MediaProcesses:
    """`Peers` in processes of their own."""

    def __init__(
        self,
        size: int,
        tasks: Tasks,
        clock: Clock,
        ice_servers: IceServers,
        voice_rate: int,
        log_level: str = "info",
        log_json: bool | None = None,
        *,
        private: bool = False,
    ) -> None:
        """`private`: see `Candidates`."""
        self._size = size
        self._tasks = tasks
        self._clock = clock
        self._ice_servers = ice_servers
        self._voice_rate = voice_rate
        self._private = private
        self._logging = (log_level, log_json)
        self._keepers: list[asyncio.Task[None]] = []
        self._ready = asyncio.Event()
        self._numbers = itertools.count(1)
        self._restarts = 0
        self.workers: list[WorkerProcess] = []

    async def start(self) -> None:
        """They load aiortc meanwhile; the first offers wait for them."""
        for _ in range(self._size):
            self._keepers.append(self._tasks.spawn(self._keep(), name="media worker"))

    async def ready(self) -> None:
        try:
            async with asyncio.timeout(_START_PATIENCE):
                while not self._able():
                    self._ready.clear()
                    await self._ready.wait()
        except TimeoutError as error:
            raise errors.unavailable("unavailable", STARTING, 1) from error

    def peer(self, hear: Hear, heard: Heard, gone: Gone) -> Peer:
        worker = min(self._able(), key=lambda one: len(one.peers))
        number = next(self._numbers)

        def forget(lost: bool) -> None:
            worker.peers.pop(number, None)
            gone(lost)

        terms = {"ice_servers": self._ice_servers(), "private": self._private, "voice_rate": self._voice_rate}
        peer = worker.peers[number] = RemotePeer(worker.link, number, hear, heard, forget, self._tasks, terms)
        return peer

    def state(self) -> tuple[bool, str]:
        able, peers = len(self._able()), sum(len(one.peers) for one in self.workers)
        restarts = f", {self._restarts} started again" if self._restarts else ""
        return able == self._size, f"{peers} in {able} of {self._size} media workers{restarts}"

    async def close(self) -> None:
        for maintenance in self._keepers:
            maintenance.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)

    def _able(self) -> list[WorkerProcess]:
        return [one for one in self.workers if one.is_ready]

    async def _keep(self) -> None:
        failed = 0
        while True:
            began = self._clock.monotonic()
            status = await self._one()
            lived = self._clock.monotonic() - began
            failed = 0 if lived > _STEADY_SECONDS else failed + 1
            counts.WORKERS_LOST.inc()
            _log.error("media_worker_lost", status=status, lived_seconds=round(lived, 1))
            await asyncio.sleep(_BACKOFF[min(failed, len(_BACKOFF) - 1)])
            self._restarts += 1

    async def _one(self) -> int | str | None:
        """A worker from its start to its end: how it ended."""
        worker = WorkerProcess(self._ready.set, *self._logging)
        self.workers.append(worker)
        try:
            return await worker.run()
        except Exception as error:  # no process, socket or memory available, or a fault of ours: the loop must go on
            _log.exception("media_worker_failed")
            return f"{type(error).__name__}: {error}"
        finally:
            self.workers.remove(worker)
