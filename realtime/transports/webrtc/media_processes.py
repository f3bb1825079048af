"""The media workers of a node: they carry its peers, and each that dies is started again."""

import asyncio
import itertools

from kit import errors
from kit.clock import Clock
from kit.processes.keeping import Restarts, keep
from kit.tasks import Tasks
from realtime.transports.webrtc import counts
from realtime.transports.webrtc.peers import EVENTS, Gone, Hear, Heard, Peer, PeerSettings, Reports
from realtime.transports.webrtc.process import WorkerProcess
from realtime.transports.webrtc.remote import STARTING, RemotePeer

_START_PATIENCE = 10.0  # seconds that an offer waits for a worker
_BACKOFF = (0.0, 0.5, 2.0, 5.0)


class MediaProcesses:
    """`Peers` in processes of their own."""

    def __init__(
        self,
        size: int,
        tasks: Tasks,
        clock: Clock,
        settings: PeerSettings,
        log_level: str = "info",
        log_json: bool | None = None,
    ) -> None:
        self._size = size
        self._tasks = tasks
        self._clock = clock
        self._settings = settings
        self._logging = (log_level, log_json)
        self._keepers: list[asyncio.Task[None]] = []
        self._ready = asyncio.Event()
        self._numbers = itertools.count(1)
        self._restarts = [Restarts("media", _BACKOFF) for _ in range(size)]
        self._is_closed = False
        self.workers: list[WorkerProcess] = []

    async def start(self) -> None:
        """They load aiortc meanwhile; the first offers wait for them."""
        for restarts in self._restarts:
            self._keepers.append(self._tasks.spawn(keep(self._one, restarts, self._clock), name="media worker"))

    async def ready(self) -> None:
        """Wait for a worker. Failure `unavailable` if none comes up in time."""
        try:
            async with asyncio.timeout(_START_PATIENCE):
                while not self._able():
                    self._ready.clear()
                    await self._ready.wait()
        except TimeoutError as error:
            raise errors.unavailable("unavailable", STARTING, 1) from error

    def peer(self, hear: Hear, heard: Heard, gone: Gone, channel: str = EVENTS) -> Peer:
        """A peer in the worker that has the fewest."""
        worker = min(self._able(), key=lambda one: len(one.peers))
        number = next(self._numbers)

        def forget(lost: bool) -> None:
            worker.peers.pop(number, None)
            gone(lost)

        reports, terms = Reports(hear, heard, forget), self._settings.terms(channel)
        peer = worker.peers[number] = RemotePeer(worker.link, number, reports, self._tasks, terms)
        return peer

    def state(self) -> tuple[bool, str]:
        """Whether all is well, and a sentence for health."""
        able, peers = len(self._able()), sum(len(one.peers) for one in self.workers)
        times = sum(one.times for one in self._restarts)
        restarts = f", {times} started again" if times else ""
        troubled = ", which end again and again" if any(one.is_troubled for one in self._restarts) else ""
        return able == self._size, f"{peers} in {able} of {self._size} media workers{restarts}{troubled}"

    async def close(self) -> None:
        """End all workers."""
        self._is_closed = True
        for maintenance in self._keepers:
            maintenance.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)

    def _able(self) -> list[WorkerProcess]:
        return [one for one in self.workers if one.is_ready]

    async def _one(self) -> None:
        """A worker from its start to its end."""
        worker = WorkerProcess(self._ready.set, *self._logging)
        self.workers.append(worker)
        try:
            await worker.run()
        finally:
            self.workers.remove(worker)
            if not self._is_closed:
                counts.WORKERS_LOST.inc()
