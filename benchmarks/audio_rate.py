"""Sound from many clients on one core, beside servers in Python and on Node: `python3 run.py bench audio_rate`.

Clients send 40 ms frames of PCM16 in real time. The servers get the same frames in the same run, in turn, each alone,
in a process on a core of its own (clients on another, where there is one):

- parley: the whole node, one session a client, with all that a frame means (rate, order, billing, an acknowledgement
  once a second); only the listener behind it is empty, because recognition runs in other processes;
- python-echo: bare python-socketio with the same settings, which sends every frame back; python-sink throws it away;
- node-echo: bare `socket.io` on Node, which sends every frame back; node-ack acknowledges once a second, as Parley;
- parley-ws: the same node as parley by its plain WebSocket; ws-echo and ws-ack: bare `ws` on Node.

Those on Node are left out where there is no node, no npm or no package registry.

For each it prints CPU time a frame (the process's own, so other load on the machine does not count) and how late the
event loop was, asked every 5 ms (Node's timers count whole milliseconds: its median is up to 1 ms too high). Then how
many clients a core carries with a p99 under 50 ms, of those tried, and a table of the medians at the largest number
that all servers carried (or the smallest tried), with Parley's CPU time relative to each of the others.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import aiohttp

from benchmarks import _socket_client as socket_client
from benchmarks.chaos import fleet
from benchmarks.peers import frames, node_programs
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate

BOUND_MS = 50.0
_KEPT_UP = 0.98
_CARRIED_BESIDE = {"python-echo": 1.25, "node-echo": 1.5}
"""Parley's CPU time a frame may be so many times that of the other."""

PAIRS = {"parley": ("python-echo", "python-sink", "node-echo", "node-ack"), "parley-ws": ("ws-echo", "ws-ack")}
SERVERS = ("parley", *PAIRS["parley"], "parley-ws", *PAIRS["parley-ws"])
_ON_NODE = {
    "node-echo": ("socket.io", "echo"),
    "node-ack": ("socket.io", "ack"),
    "ws-echo": ("ws", "echo"),
    "ws-ack": ("ws", "ack"),
}


@dataclass(frozen=True)
class Row:
    """`kept_up`: the share of the frames sent that the server took in the same time."""

    cpu_us: float
    p50_ms: float
    p99_ms: float
    kept_up: float

    @property
    def carried(self) -> bool:
        return self.p99_ms < BOUND_MS and self.kept_up > _KEPT_UP


Rows = dict[str, dict[int, list[Row]]]
"""By server and number of clients, one for each round."""


async def _measure(url: str, plain: bool, tokens: list[str], seconds: float) -> Row:
    kind = socket_client.PlainClient if plain else socket_client.Client
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
        contextlib.AsyncExitStack() as stack,
    ):
        clients = []
        for token in tokens:
            line = http.ws_connect(url + kind.PATH, protocols=kind.PROTOCOLS, max_msg_size=0, compress=0)
            client = kind(await stack.enter_async_context(line))
            await client.begin(token)
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
        sent = sum(client.sent for client in clients) - before
        await asyncio.gather(*speaking)
        taken = found["frames"]
        return Row(found["cpu"] / max(1, taken) * 1e6, found["p50"], found["p99"], taken / max(1, sent))


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
        assert response.status == 200, await response.text()
        return str((await response.json())["access_token"])


async def _ready(url: str) -> None:
    async with aiohttp.ClientSession() as http:
        for _ in range(600):
            with contextlib.suppress(aiohttp.ClientError):
                await _look(http, url)
                return
            await asyncio.sleep(0.1)
    raise RuntimeError("a server did not start")


@contextmanager
def _in_python(home: Path, endpoints: Endpoints) -> Iterator[dict[str, str]]:
    """Addresses of the servers by name."""
    context = multiprocessing.get_context("spawn")
    names = ("parley", "python-echo", "python-sink")
    own, echo, sink = fleet.free_ports(len(names))
    values = fleet.settings(home / "data", endpoints) | {"port": own, "live_silence_seconds": 60.0}
    processes = [
        context.Process(target=frames.parley, args=(values, 0), daemon=True),
        context.Process(target=frames.bare, args=(echo, 0, True), daemon=True),
        context.Process(target=frames.bare, args=(sink, 0, False), daemon=True),
    ]
    try:
        for process in processes:
            process.start()
        urls = {name: f"http://127.0.0.1:{port}" for name, port in zip(names, (own, echo, sink), strict=True)}
        yield urls | {"parley-ws": urls["parley"]}
    finally:
        for process in processes:
            process.kill()


@contextmanager
def _on_node(folder: Path | None) -> Iterator[dict[str, str]]:
    """Addresses of the servers by name; none without a folder."""
    if folder is None:
        yield {}
        return
    with contextlib.ExitStack() as stack:
        urls = {}
        for name, kind in _ON_NODE.items():
            argv = ["node", str(folder / "frames.mjs"), *kind]
            with frames.pinned(0):
                running = subprocess.Popen(argv, env=node_programs.environment(), stdout=subprocess.PIPE, text=True)
            stack.enter_context(running)
            stack.callback(running.kill)
            assert running.stdout is not None
            urls[name] = f"http://127.0.0.1:{int(running.stdout.readline())}"
        yield urls


async def _compare(options: argparse.Namespace, urls: dict[str, str]) -> Rows:
    names = [name for name in options.servers if name in urls]
    rows: Rows = {name: {count: [] for count in options.clients} for name in names}
    for name in names:
        await _ready(urls[name])
    tokens = await _tokens(urls["parley"], max(options.clients))
    with frames.pinned(1):
        for count in options.clients:
            for turn in range(options.rounds):
                for name in names if turn % 2 == 0 else reversed(names):
                    given = tokens[:count] if name in PAIRS else [""] * count
                    row = await _measure(urls[name], "ws" in name, given, options.seconds)
                    rows[name][count].append(row)
                    print(
                        f"{count:5} clients  {name:12}{row.cpu_us:8.1f} µs a frame   loop p50 {row.p50_ms:6.2f}, p99 "
                        f"{row.p99_ms:7.2f} ms   took {row.kept_up:.0%} in time",
                        flush=True,
                    )
    return rows


def ratios(rows: Rows, count: int) -> dict[tuple[str, str], list[float]]:
    """Parley's CPU time by that of the other, in each round."""
    return {
        (own, other): [a.cpu_us / b.cpu_us for a, b in zip(rows[own][count], rows[other][count], strict=True)]
        for own, others in PAIRS.items()
        for other in others
        if own in rows and other in rows
    }


def table(rows: Rows, count: int) -> str:
    """Markdown: the median of the rounds for each server, its spread in brackets, and what Parley costs beside it."""
    beside = {other: statistics.median(found) for (_, other), found in ratios(rows, count).items()}
    lines = [
        f"| {count} clients at once | µs of processor time a frame | loop p50 / p99, ms | Parley's frame costs |",
        "|---|---|---|---|",
    ]
    for name, of in rows.items():
        cpu = [row.cpu_us for row in of[count]]
        p50, p99 = (statistics.median(getattr(row, field) for row in of[count]) for field in ("p50_ms", "p99_ms"))
        times = f"{beside[name]:.2f} times" if name in beside else ""
        spread = f"{statistics.median(cpu):.1f} ({min(cpu):.1f} to {max(cpu):.1f})"
        lines.append(f"| {name} | {spread} | {p50:.1f} / {p99:.1f} | {times} |")
    return "\n".join(lines)


def report(rows: Rows) -> int:
    """Prints what was found; 1 when Parley costs more than it may."""
    carried = {
        name: max((n for n, found in of.items() if all(row.carried for row in found)), default=0)
        for name, of in rows.items()
    }
    print("\nclients on a core with p99 < 50 ms: " + ", ".join(f"{name} {n}" for name, n in carried.items()))
    largest = min(carried.values()) or min(next(iter(rows.values())))
    print("\n" + table(rows, largest))
    missed = [
        f"{own} costs over {_CARRIED_BESIDE[other]} times {other}"
        for (own, other), found in ratios(rows, largest).items()
        if other in _CARRIED_BESIDE and statistics.median(found) > _CARRIED_BESIDE[other]
    ]
    print("\nMissed: " + "; ".join(missed) if missed else "\nThe claims hold.")
    return 1 if missed else 0


def node_folder(servers: list[str]) -> Path | None:
    if not set(servers) & set(_ON_NODE):
        return None
    try:
        return node_programs.installed()
    except node_programs.Missing as why:
        print(f"Servers on Node are left out: {why}", flush=True)
        return None


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="run.py bench audio_rate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", type=int, nargs="+", default=[50, 100, 150, 200])
    parser.add_argument("--seconds", type=float, default=8.0, help="measured for each server and number (default: 8)")
    parser.add_argument("--rounds", type=int, default=1, help="turns of all servers, of which medians are taken")
    parser.add_argument("--servers", nargs="+", choices=SERVERS, default=list(SERVERS))
    options = parser.parse_args(argv)
    folder = node_folder(options.servers)
    of = f"node {node_programs.node_version()}" if folder else "no node"
    python = f"python {sys.version.split()[0]}, python-socketio {version('python-socketio')}"
    print(f"{python}, {of}; load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="parley-rate-", ignore_cleanup_errors=True) as home:
        stack = EmbeddedStack(Path(home) / "data", durable=False)
        try:
            endpoints = stack.start()
            asyncio.run(migrate(endpoints.database_url))
            with _in_python(Path(home), endpoints) as ours, _on_node(folder) as theirs:
                rows = asyncio.run(_compare(options, ours | theirs))
            print(f"load at the end {os.getloadavg()[0]:.1f}")
            return report(rows)
        finally:
            stack.stop()
