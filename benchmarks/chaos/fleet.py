"""The nodes of a drill: processes that share PostgreSQL and Valkey and nothing else, each behind a bad line."""

import asyncio
import contextlib
import multiprocessing
import multiprocessing.process
import os
import random
import secrets
import signal
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.chaos import node
from benchmarks.chaos.links import Link
from server.embedded.stack import Endpoints

MODEL = Path(__file__).resolve().parents[2] / "tests" / "data" / "models" / "whisper-clips-test"
SILENCE_S, GRACE_S = 4.0, 40.0
DRAIN_S = 8.0
_STOP_S = 15.0


def settings(data: Path, endpoints: Endpoints) -> dict[str, Any]:
    """Of every node. Sessions are suspended sooner than usual, so that it happens in a short drill."""
    return {
        "database_url": endpoints.database_url,
        "redis_url": endpoints.redis_url,
        "data_dir": data,
        "secret_key": secrets.token_hex(32),
        "log_level": os.environ.get("PARLEY_LOG_LEVEL", "error"),
        "log_json": True,
        "drain_seconds": DRAIN_S,
        "speech_at_start": False,
        "speech_engine": "whisper",
        "speech_workers": 1,
        "whisper_model": str(MODEL),
        "whisper_download": False,
        "live_silence_seconds": SILENCE_S,
        "live_grace_seconds": GRACE_S,
        "plan_free_seconds": 100_000,
        "limit_login": 100_000,
        "limit_public": 100_000,
        "limit_write": 100_000,
    }


@dataclass
class Fleet:
    """`links[n]` leads to the node at `ports[n]`. What nodes log goes to the file `log`."""

    values: dict[str, Any]
    log: Path
    ports: list[int]
    links: list[Link] = field(default_factory=list)
    nodes: dict[int, multiprocessing.process.BaseProcess] = field(default_factory=dict)
    ended: int = 0  # by themselves, and started again
    real: bool = False  # everybody is really heard
    _down: set[int] = field(default_factory=set)
    _watching: "asyncio.Future[None] | None" = None

    def __post_init__(self) -> None:
        # A server that has imported everything forks the nodes: one that was killed is back in a moment.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["benchmarks.chaos.node"])

    async def open(self, chance: random.Random) -> None:
        for number, port in enumerate(self.ports):
            self.start(number)
            link = Link(port, chance)
            await link.start()
            self.links.append(link)
        await self.all_ready()
        self._watching = asyncio.ensure_future(self._look_after())

    async def _look_after(self) -> None:
        """As whoever supervises nodes does: one that could not start while PostgreSQL was away is started again."""
        while True:
            await asyncio.sleep(0.5)
            for number, process in list(self.nodes.items()):
                if process.exitcode is not None and number not in self._down:
                    self.ended += 1
                    self.start(number)

    async def close(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
        for link in self.links:
            await link.stop()
        for process in self.nodes.values():
            process.kill()

    def start(self, number: int) -> None:
        own = {"port": self.ports[number], "node": f"chaos-{number}-{secrets.token_hex(3)}"}
        process = self._context.Process(
            target=node.main, args=(self.values | own, str(self.log), self.real), daemon=True
        )
        process.start()
        self.nodes[number] = process
        self._down.discard(number)

    def kill(self, number: int) -> None:
        self._down.add(number)
        self.nodes[number].kill()
        self.nodes[number].join()

    async def roll(self, number: int) -> bool:
        """Stop it as a deployment does and start its successor. Whether it ended by itself, in time."""
        old = self.nodes[number]
        self._down.add(number)
        old.terminate()
        for _ in range(round((DRAIN_S + _STOP_S) * 10)):
            if old.exitcode is not None:
                break
            await asyncio.sleep(0.1)
        orderly = old.exitcode == 0
        self.kill(number)
        self.start(number)
        return orderly

    async def freeze(self, number: int, seconds: float) -> None:
        """A machine that stands still, as one that swaps or moves: afterwards it does not know that time has passed."""
        pid = self.nodes[number].pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            os.kill(pid, signal.SIGCONT)

    async def all_ready(self) -> None:
        async with aiohttp.ClientSession() as http:
            for port in self.ports:
                await ready(http, port)

    async def ask(self, path: str) -> list[Any]:
        """What every node answers at `path`."""
        async with aiohttp.ClientSession() as http:
            answers = []
            for port in self.ports:
                async with http.get(f"http://127.0.0.1:{port}{path}") as response:
                    answers.append(await response.json())
            return answers


async def ready(http: aiohttp.ClientSession, port: int) -> None:
    for _ in range(1200):
        try:
            async with http.get(f"http://127.0.0.1:{port}/api/health") as response:
                if response.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError("a node did not start")


def free_ports(count: int) -> list[int]:
    """Ports that nobody is given by chance, as those from 32768 on are: a killed node needs its own again."""
    found: set[int] = set()
    while len(found) < count:
        port = random.randrange(20_000, 30_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.add(port)
    return sorted(found)
