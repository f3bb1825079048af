"""One node as a process. Who reads a given text is heard by the real recogniser, all others by `ChecksumListening`."""

import asyncio
import contextlib
import gc
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import prometheus_client
from aiohttp import web

from benchmarks.chaos.listener import ChecksumListening
from kit import logs
from realtime import ports
from server import resources
from server.app import create_app, drain, serving
from server.config import Settings
from server.wiring.recognition import Recognition
from speech.events import SpeechEvent

_LEFT = ("session", "flush", "hush", "answer", "drop client", "close peer", "close listener", "release lease")
_GAUGES = ("parley_live_sessions", "parley_rtc_peers", "parley_rtc_inbound_tracks", "parley_listeners")


class MixedListening:
    """The `Listening` port, by two listeners."""

    def __init__(self, real: Recognition) -> None:
        self._real = real
        self._by_checksum = ChecksumListening()

    async def open(self, wanted: ports.ListenerOptions, emit: Callable[[SpeechEvent], None]) -> ports.Listener:
        listening: ports.Listening = self._real if wanted.reference_text else self._by_checksum
        return await listening.open(wanted, emit)

    def room(self) -> ports.NodeLoad:
        return self._by_checksum.room()


async def _left(_: web.Request) -> web.Response:
    """What belongs to a session and should not be there when none runs; and what the process holds."""
    names = sorted(task.get_name() for task in asyncio.all_tasks() if task.get_name() in _LEFT)
    gauges = {name: 0.0 for name in _GAUGES}
    for sample in (sample for family in prometheus_client.REGISTRY.collect() for sample in family.samples):
        if sample.name in gauges:
            gauges[sample.name] += sample.value
    gc.collect()
    process = Path("/proc/self")
    pages = int((process / "statm").read_text().split()[1])
    held = {"rss": pages * os.sysconf("SC_PAGE_SIZE"), "files": len(list((process / "fd").iterdir()))}
    return web.json_response({"tasks": names, "gauges": gauges, "all_tasks": len(asyncio.all_tasks()), **held})


async def serve(settings: Settings, *, real: bool = False) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    database_url, redis_url = settings.database_url or "", settings.redis_url or ""
    async with resources.opened(settings, database_url=database_url, redis_url=redis_url) as opened:
        recognition = Recognition(settings, opened.tasks, opened.clock)
        await (await recognition.up()).ready()  # before anybody comes: a node that is busy starting up proves nothing
        listener = socket.create_server((settings.host, settings.port), backlog=512)
        app = create_app(opened, listening=recognition if real else MixedListening(recognition))
        app.router.add_get("/left", _left)
        try:
            async with serving(app, listener, 1.0) as site:
                await stopping.wait()
                await drain(app, site, settings.drain_seconds)
        finally:
            await recognition.close()


def main(values: dict[str, Any], log: str, real: bool = False) -> None:
    """`values` are settings by name; what is logged is added to the file `log`. `real`: everybody is really heard."""
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(written, 1)
    os.dup2(written, 2)
    settings = Settings(**values)
    logs.configure(settings.log_level, settings.log_json)
    with contextlib.suppress(ImportError):
        import uvloop

        uvloop.run(serve(settings, real=real))
        return
    asyncio.run(serve(settings, real=real))
