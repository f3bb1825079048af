"""Sound from many clients on one core: `python3 run.py bench audio_rate [--clients 50 100 150 200]`.

Clients speak Socket.IO over WebSocket and send 40 ms frames of PCM16 in real time. Three servers get the same frames
in the same run, each alone, in a process on a core of its own (clients on another, where there is one):

- Parley: the whole node, one session a client, with all that a frame means (rate, order, billing, acknowledgements);
  only the listener behind it is empty, because recognition runs in other processes;
- echo: bare python-socketio with the same settings, which sends every frame back;
- sink: the same, which throws it away.

For each it prints CPU time a frame (the process's own, so other load on the machine does not count) and how late the
event loop was, asked every 5 ms. Behind it: how many clients a core carries with a p99 under 50 ms, of those tried, and
Parley's CPU time relative to the others at the largest number that all of them carried.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import secrets
import socket
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import socketio
from aiohttp import web

from benchmarks import _socket_client as socket_client
from benchmarks.chaos import fleet
from benchmarks.chaos.listener import Deaf
from kit import logs
from realtime import ports
from server import resources
from server.app import create_app, serving
from server.config import Settings
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate
from speech.events import SpeechEvent

BOUND_MS = 50.0
_PROBE_S = 0.005
_KEPT_UP = 0.98
_SERVERS = ("parley", "echo", "sink")


class Gauge:
    """How late the loop is, the CPU time of the process and the frames that it took, since the last look."""

    def __init__(self) -> None:
        self.frames = 0
        self._lags: list[float] = []
        self._cpu = time.process_time()

    async def watch(self) -> None:
        while True:
            asked = time.monotonic()
            await asyncio.sleep(_PROBE_S)
            self._lags.append((time.monotonic() - asked - _PROBE_S) * 1000)

    async def look(self, _: web.Request) -> web.Response:
        lags, self._lags = self._lags, []
        frames, self.frames = self.frames, 0
        before, self._cpu = self._cpu, time.process_time()
        p99 = statistics.quantiles([0.0, 0.0, *lags], n=100)[98]
        return web.json_response({"cpu": self._cpu - before, "frames": frames, "p99": p99})


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
    async def serve() -> None:
        settings = Settings(**values)
        urls = settings.database_url or "", settings.redis_url or ""
        async with resources.opened(settings, database_url=urls[0], redis_url=urls[1]) as opened:
            await _serve(create_app(opened, listening=NoListening()), settings.port)

    _run(serve, core)


def bare(port: int, core: int, echoes: bool) -> None:
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
    _pin(core)
    logs.configure("error")
    with contextlib.suppress(ImportError):
        import uvloop

        uvloop.run(serve())


def _pin(core: int) -> None:
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[core % len(cores)]})


@dataclass(frozen=True)
class Row:
    """`kept_up`: the share of the frames sent that the server took in the same time."""

    cpu_us: float
    p99_ms: float
    kept_up: float

    @property
    def carried(self) -> bool:
        return self.p99_ms < BOUND_MS and self.kept_up > _KEPT_UP


async def _measure(url: str, tokens: list[str], seconds: float) -> Row:
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
        contextlib.AsyncExitStack() as stack,
    ):
        clients = []
        for token in tokens:
            line = http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket", max_msg_size=0, compress=0)
            client = socket_client.Client(await stack.enter_async_context(line))
            await client.begin(token, join=bool(token))
            clients.append(client)
        start = time.monotonic() + 0.2
        spread = [start + socket_client.FRAME_S * number / len(clients) for number in range(len(clients))]
        speaking = [
            asyncio.ensure_future(c.speak(at, start + seconds + 1)) for c, at in zip(clients, spread, strict=True)
        ]
        await asyncio.sleep(1.2)
        await _look(http, url)
        before = sum(client.sent for client in clients)
        await asyncio.sleep(seconds)
        found = await _look(http, url)
        frames = sum(client.sent for client in clients) - before
        await asyncio.gather(*speaking)
        return Row(found["cpu"] / max(1, found["frames"]) * 1e6, found["p99"], found["frames"] / max(1, frames))


async def _look(http: aiohttp.ClientSession, url: str) -> dict[str, float]:
    async with http.get(f"{url}/gauge") as response:
        answer: dict[str, float] = await response.json()
        return answer


async def _tokens(url: str, count: int) -> list[str]:
    async with aiohttp.ClientSession(url) as http:
        return [await _token(http, f"rate{number}") for number in range(count)]


async def _token(http: aiohttp.ClientSession, name: str) -> str:
    password = secrets.token_urlsafe(18)
    body = {"email": f"{name}@example.com", "username": name, "password": password}
    async with http.post("/api/auth/register", json=body) as response:
        response.raise_for_status()
    async with http.post("/api/auth/login", data={"username": name, "password": password}) as response:
        return str((await response.json())["access_token"])


async def _ready(url: str) -> None:
    async with aiohttp.ClientSession() as http:
        for _ in range(600):
            with contextlib.suppress(aiohttp.ClientError):
                await _look(http, url)
                return
            await asyncio.sleep(0.1)
    raise RuntimeError("a server did not start")


async def _compare(options: argparse.Namespace, home: Path, endpoints: Endpoints) -> dict[str, dict[int, Row]]:
    await migrate(endpoints.database_url)
    context = multiprocessing.get_context("spawn")
    numbers = dict(zip(_SERVERS, fleet.free_ports(len(_SERVERS)), strict=True))
    values = fleet.settings(home / "data", endpoints) | {"port": numbers["parley"], "live_silence_seconds": 60.0}
    processes = [
        context.Process(target=parley, args=(values, 0), daemon=True),
        context.Process(target=bare, args=(numbers["echo"], 0, True), daemon=True),
        context.Process(target=bare, args=(numbers["sink"], 0, False), daemon=True),
    ]
    rows: dict[str, dict[int, Row]] = {name: {} for name in _SERVERS}
    try:
        for process in processes:
            process.start()
        urls = {name: f"http://127.0.0.1:{port}" for name, port in numbers.items()}
        for url in urls.values():
            await _ready(url)
        tokens = await _tokens(urls["parley"], max(options.clients))
        _pin(1)
        for count in options.clients:
            for name, url in urls.items():
                given = tokens[:count] if name == "parley" else [""] * count
                row = rows[name][count] = await _measure(url, given, options.seconds)
                print(
                    f"{count:5} clients  {name:7}{row.cpu_us:8.1f} µs a frame   loop p99 {row.p99_ms:7.2f} ms   "
                    f"took {row.kept_up:.0%} in time",
                    flush=True,
                )
    finally:
        for process in processes:
            process.kill()
    return rows


def _report(rows: dict[str, dict[int, Row]]) -> int:
    carried = {name: max((n for n, row in of.items() if row.carried), default=0) for name, of in rows.items()}
    print("\nclients on a core with p99 < 50 ms: " + ", ".join(f"{name} {n}" for name, n in carried.items()))
    largest = min(n for n in carried.values())
    if largest:
        own = rows["parley"][largest].cpu_us
        told = [f"{own / rows[name][largest].cpu_us:.2f} × the {name}" for name in _SERVERS[1:]]
        print(f"CPU time a frame at {largest} clients: Parley {own:.1f} µs, {' and '.join(told)}")
        return 0 if own <= 1.25 * rows["echo"][largest].cpu_us else 1
    return 1


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench audio_rate", description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=[50, 100, 150, 200])
    parser.add_argument("--seconds", type=float, default=8.0)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="parley-rate-", ignore_cleanup_errors=True) as folder:
        stack = EmbeddedStack(Path(folder) / "data", durable=False)
        try:
            endpoints = stack.start()
            return _report(asyncio.run(_compare(options, Path(folder), endpoints)))
        finally:
            stack.stop()
