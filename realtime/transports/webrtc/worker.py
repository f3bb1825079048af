"""A media worker: a process that runs peers for a node. It is started by `media_processes.py`, has no session and no
secret, and ends with the socket to its node: on Linux the kernel also ends it with the node's process."""

import asyncio
import gc
import json
import os
import signal
import socket

from prometheus_client import REGISTRY

from kit import errors, logs, loops
from kit.clock import Clock, SystemClock
from kit.tasks import Tasks
from realtime.transports.webrtc.frames import Frame, Kind
from realtime.transports.webrtc.hosted import Hosted
from realtime.transports.webrtc.link import Link

_PULSE_SECONDS = 1.0
_CLOSE_SECONDS = 1.0


class MediaWorker:
    """The process in which peers run."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.tasks = Tasks()
        self._over = asyncio.Event()
        self.link = Link(self._take, self._over.set)
        self._hosted: dict[int, Hosted] = {}

    async def run(self, ours: socket.socket) -> None:
        """Until the node hangs up."""
        await asyncio.get_running_loop().create_unix_connection(lambda: self.link, sock=ours)
        self.tasks.spawn(self._pulse(), name="pulse")
        await self._over.wait()
        closing = [self.tasks.spawn(hosted.close(), name="peer close") for hosted in list(self._hosted.values())]
        if closing:
            await asyncio.wait(closing, timeout=_CLOSE_SECONDS)

    def _take(self, frame: Frame) -> None:
        if frame.kind is Kind.OFFER:
            self._open(frame)
        elif (found := self._hosted.get(frame.peer)) is not None:
            found.take(frame)
        elif frame.number:
            self.link.refuse(frame, errors.conflict("no_peer", "Send an offer first: webrtc.offer."))

    def _open(self, frame: Frame) -> None:
        def gone(lost: bool) -> None:
            self._hosted.pop(frame.peer, None)
            self.link.send(Kind.GONE, frame.peer, bytes([lost]))

        offer = json.loads(frame.payload)
        hosted = self._hosted[frame.peer] = Hosted(frame.peer, offer, gone, self.link, self.tasks, self.clock)
        hosted.open(frame)

    async def _pulse(self) -> None:
        """Sends a pulse with the counters."""
        while True:
            counted = {"tracks": _value("parley_rtc_inbound_tracks"), "lost": _value("parley_rtc_packets_lost_total")}
            self.link.tell(Kind.PULSE, 0, counted)
            await asyncio.sleep(_PULSE_SECONDS)


def _value(name: str) -> float:
    return REGISTRY.get_sample_value(name) or 0.0


def main(descriptor: str, level: str, as_json: str) -> None:
    """Serve the node at the socket of this number until it closes. `as_json`: see `logs.configure`, as JSON."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the whole process group gets it; the node decides when to end
        signal.signal(number, signal.SIG_IGN)
    logs.configure(level, json.loads(as_json))
    gc.freeze()  # what is imported stays
    with asyncio.Runner(loop_factory=loops.factory()) as runner, socket.socket(fileno=int(descriptor)) as ours:
        runner.run(_serve(ours))
        os._exit(0)  # nothing is left to be done


async def _serve(ours: socket.socket) -> None:
    await MediaWorker(SystemClock()).run(ours)
