"""Servers that take frames of sound, for `run.py bench audio_rate`: a whole node of ours with an empty listener, and
bare python-socketio. Each runs in a process and on a core of its own and answers `GET /gauge`."""

import asyncio
import contextlib
import os
import socket
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import socketio
from aiohttp import web

from benchmarks.chaos.listener import Deaf
from kit import logs
from realtime import ports
from server import resources
from server.app import create_app, serving
from server.config import Settings
from speech.events import SpeechEvent

_PROBE_S = 0.005


class Gauge:
    """How late the loop is (ms), the CPU time of the process (s) and the frames that it took, since the last look."""

    def __init__(self) -> None:
        self.frames = 0
        self._lags: list[float] = []
        self._cpu = time.process_time()

    async def watch(self) -> None:
        """Ask every 5 ms, for ever."""
        while True:
            asked = time.monotonic()
            await asyncio.sleep(_PROBE_S)
            self._lags.append((time.monotonic() - asked - _PROBE_S) * 1000)

    async def look(self, _: web.Request) -> web.Response:
        lags, self._lags = self._lags, []
        frames, self.frames = self.frames, 0
        before, self._cpu = self._cpu, time.process_time()
        cuts = statistics.quantiles([0.0, 0.0, *lags], n=100)
        return web.json_response({"cpu": self._cpu - before, "frames": frames, "p50": cuts[49], "p99": cuts[98]})


GAUGE = Gauge()
"""Of this process: each server has one of its own."""


class NoEars(Deaf):
    """Counts what it should hear."""

    def feed(self, pcm: bytes) -> None:
        GAUGE.frames += 1


class NoListening:
    async def open(self, wanted: ports.ListenerOptions, emit: Callable[[SpeechEvent], None]) -> NoEars:
        return NoEars()

    def room(self) -> ports.NodeLoad:
        return ports.NodeLoad(100_000)


def parley(values: dict[str, Any], core: int) -> None:
    """The whole node: all that a frame means (rate, order, billing, acknowledgements); only nobody listens."""

    async def serve() -> None:
        settings = Settings(**values)
        urls = settings.database_url or "", settings.redis_url or ""
        async with resources.opened(settings, database_url=urls[0], redis_url=urls[1]) as opened:
            await _serve(create_app(opened, listening=NoListening()), settings.port)

    _run(serve, core)


def bare(port: int, core: int, echoes: bool) -> None:
    """python-socketio with the same settings, which sends every frame back or throws it away."""

    async def serve() -> None:
        server = socketio.AsyncServer(
            async_mode="aiohttp", transports=["websocket"], async_handlers=False, cors_allowed_origins="*"
        )

        async def audio(sid: str, described: Any, frame: bytes) -> None:
            GAUGE.frames += 1
            if echoes:
                await server.emit("audio", (described, frame), to=sid, namespace="/speaking")

        server.on("audio", audio, namespace="/speaking")
        app = web.Application()
        server.attach(app)
        await _serve(app, port)

    _run(serve, core)


async def _serve(app: web.Application, port: int) -> None:
    app.router.add_get("/gauge", GAUGE.look)
    async with serving(app, socket.create_server(("127.0.0.1", port), backlog=512), 1.0):
        await GAUGE.watch()


def _run(serve: Callable[[], Any], core: int) -> None:
    logs.configure("error")
    with pinned(core), contextlib.suppress(ImportError):
        import uvloop

        uvloop.run(serve())


@contextmanager
def pinned(core: int) -> Iterator[None]:
    """This thread, and the processes that it starts meanwhile, on one core; numbers beyond the last begin again."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(allowed)[core % len(allowed)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
