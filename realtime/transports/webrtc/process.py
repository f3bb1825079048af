"""The node's side of one media worker: the process, the socket to it and the peers that it carries."""

import asyncio
import contextlib
import json
import socket
from collections.abc import Callable

from kit.processes import environment, waiting
from kit.processes.keeping import Heartbeat
from kit.processes.process import Process, Program, python, start
from realtime.transports.webrtc import counts
from realtime.transports.webrtc.frames import Frame, Kind
from realtime.transports.webrtc.link import Link
from realtime.transports.webrtc.remote import RemotePeer

_TICK_SECONDS = 1.0
_HUNG_TICKS = 10  # without a pulse
_START_TICKS = 60
_END_SECONDS = 1.0


class WorkerProcess:
    """One process, from its start to its end."""

    def __init__(self, on_ready: Callable[[], None], log_level: str, log_json: bool | None) -> None:
        self._on_ready = on_ready
        self._logging = (log_level, json.dumps(log_json))
        self._process: Process | None = None
        self._lost = asyncio.Event()
        self._heart = Heartbeat(_HUNG_TICKS, _START_TICKS)
        self._tracks = self._packets = 0.0
        self.link = Link(self._take, self._hung_up)
        self.peers: dict[int, RemotePeer] = {}
        self.is_ready = False

    @property
    def pid(self) -> int | None:
        """The id of the process; None while there is none."""
        return self._process.pid if self._process else None

    async def run(self) -> None:
        """Until it dies or hangs. Cancelling ends it in order. NotStarted."""
        try:
            await self._start()
            while not self._lost.is_set() and not self._is_hung():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._lost.wait(), _TICK_SECONDS)
        finally:
            self.link.close()
            if self._process is not None:
                await waiting.end(self._process, [(None, _END_SECONDS)])  # it ends by itself when the link does

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = start(self._program(theirs.fileno()), pass_fds=[theirs.fileno()])
                await asyncio.get_running_loop().create_unix_connection(lambda: self.link, sock=ours)
            except BaseException:
                ours.close()
                raise

    def _program(self, descriptor: int) -> Program:
        """Without secrets in its environment: the process reads strangers' packets."""
        variables = environment.inherited(*environment.SYSTEM)
        arguments = [str(descriptor), *self._logging]
        return python("media", "realtime.transports.webrtc.worker", *arguments, variables=variables)

    def _is_hung(self) -> bool:
        hung = self._heart.tick()
        if hung and self._process is not None:
            self._process.kill("no sign of life")
        return hung

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
        self._heart.beat()
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
