"""The node's side of one media worker: the process, the socket to it and the peers that it carries."""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import realtime
from kit import logs
from realtime.transports.webrtc import counts
from realtime.transports.webrtc.frames import Frame, Kind
from realtime.transports.webrtc.link import Link
from realtime.transports.webrtc.remote import RemotePeer

_TICK_SECONDS = 1.0
_HUNG_TICKS = 10  # without a pulse; ticks of our own, so that a pause of this process counts once
_START_TICKS = 60
_END_SECONDS = 1.0
_WITHHELD = ("PARLEY_", "OPENAI_", "DATABASE_URL", "REDIS_URL")
_log = logs.get(__name__)


class WorkerProcess:
    """One process, from its start to its end."""

    def __init__(self, on_ready: Callable[[], None], log_level: str, log_json: bool | None) -> None:
        self._on_ready = on_ready
        self._logging = (log_level, log_json)
        self._process: subprocess.Popen[bytes] | None = None
        self._lost = asyncio.Event()
        self._silent_ticks = 0
        self._tracks = self._packets = 0.0
        self.link = Link(self._take, self._hung_up)
        self.peers: dict[int, RemotePeer] = {}
        self.is_ready = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def run(self) -> int | None:
        """Until it dies or hangs: its exit status then. Cancelling ends it in order."""
        try:
            await self._start()
            while not self._lost.is_set() and not self._is_hung():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._lost.wait(), _TICK_SECONDS)
        finally:
            await self._end()
        return self._process.returncode if self._process else None

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._spawn(theirs.fileno())
                await asyncio.get_running_loop().create_unix_connection(lambda: self.link, sock=ours)
            except BaseException:
                ours.close()
                raise

    def _spawn(self, descriptor: int) -> None:
        """On the main thread: the kernel ends the child with the thread that started it. It takes 0.3 ms."""
        call = f"worker.main({descriptor}, {os.getpid()}, *{self._logging!r})"
        program = f"from realtime.transports.webrtc import worker; {call}"
        self._process = subprocess.Popen(
            [sys.executable, "-c", program], pass_fds=[descriptor], env=_environment(), stdin=subprocess.DEVNULL
        )

    def _is_hung(self) -> bool:
        self._silent_ticks += 1
        hung = self._silent_ticks > (_HUNG_TICKS if self.is_ready else _START_TICKS)
        if hung:
            _log.error("media_worker_hung", pid=self.pid)
            assert self._process is not None
            self._process.kill()
        return hung

    async def _end(self) -> None:
        """It ends by itself when the link does; otherwise it is killed."""
        self.link.close()
        if self._process is None:
            return
        for _ in range(round(_END_SECONDS / 0.02)):
            if self._process.poll() is not None:
                return
            await asyncio.sleep(0.02)
        self._process.kill()
        while self._process.poll() is None:  # noqa: ASYNC110 - the kernel tells by a signal, which others may want
            await asyncio.sleep(0.02)

    def _take(self, frame: Frame) -> None:
        if frame.kind is Kind.PULSE:
            self._pulse(json.loads(frame.payload))
        elif (peer := self.peers.get(frame.peer)) is None:
            return  # closed while this was on its way
        elif frame.kind is Kind.GONE:
            peer.gone(lost=frame.payload == b"\1")
        else:
            peer.take(frame)

    def _pulse(self, counted: dict[str, float]) -> None:
        self._silent_ticks = 0
        if not self.is_ready:
            self.is_ready = True
            counts.WORKERS.inc()
            self._on_ready()
        counts.TRACKS.inc(counted["tracks"] - self._tracks)
        counts.LOST.inc(counted["lost"] - self._packets)
        self._tracks, self._packets = counted["tracks"], counted["lost"]

    def _hung_up(self) -> None:
        if self.is_ready:
            self.is_ready = False
            counts.WORKERS.dec()
        counts.TRACKS.dec(self._tracks)
        self._lost.set()
        for peer in list(self.peers.values()):
            peer.gone(lost=True)


def _environment() -> dict[str, str]:
    """An environment without secrets: the process reads strangers' packets."""
    root = str(Path(realtime.__file__).parents[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_WITHHELD)}
    return {**kept, "PYTHONPATH": os.pathsep.join([root, kept.get("PYTHONPATH", "")]).rstrip(os.pathsep)}
