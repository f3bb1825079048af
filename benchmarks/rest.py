"""REST beside FastAPI and Fastify, and the price of our binder: `python3 run.py bench rest [--seconds 5] [--rounds 3]`.

1. Two operations of a whole node (list 20 notes, write a note) beside the same two written with FastAPI on uvicorn with
   uvloop and httptools, and with Fastify and pg on Node (left out where there is no node, no npm or no package
   registry): same statements, prepared; validation, look at the session, rate limit, size of the pool and shape of the
   answer; same PostgreSQL and Valkey.
2. One operation without a database, by hand on aiohttp and as a row of ours: the difference is the binder.

Every server is one process, the load comes from another over connections that stay open. The sides take turns; the
tables have medians of the rounds, and in brackets their spread. Throughput depends on who else wants the cores, so the
processor time of the server for each request is beside it.
"""

import argparse
import asyncio
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import _node as node
from benchmarks._processes import cpu_seconds
from benchmarks.peers import node_programs
from kit.http import limits
from server.bootstrap import installer
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate

ROOT = Path(__file__).parents[1]
SHARED = ("asyncpg", "pydantic", "PyJWT", "redis", "uvloop")
CONNECTIONS = 32
WARM_S = 3.0
"""Before each operation, and for each server: Node compiles what runs often."""
FASTAPI, FASTIFY = "FastAPI", "Fastify"
SECRET = "0" * 32
NOTE = {"title": "Past tense", "content": "go, went, gone. " * 20, "tags": ["grammar", "verbs"]}
ECHO = {"title": "Past tense", "minutes": 30, "tags": ["grammar", "verbs"]}


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    pid: int


@dataclass(frozen=True)
class Measured:
    per_second: float
    cpu_us: float
    p50_ms: float
    p99_ms: float


def fastapi_python(folder: Path) -> Path:
    """An environment with FastAPI and the very versions of the libraries that both sides use."""
    uv = installer.find()
    variables = {**os.environ, **installer.index_variables()}
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True, env=variables)
    wanted = ["fastapi", "uvicorn", "httptools", *(f"{name}=={version(name)}" for name in SHARED)]
    python = folder / "bin" / "python"
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *wanted], check=True, env=variables)
    return python


@contextmanager
def process(
    name: str, argv: Sequence[str | Path], variables: dict[str, str], *, port: int | None = None
) -> Iterator[Server]:
    """A server that prints its port, or that takes the one it is given."""
    running = subprocess.Popen(
        [str(part) for part in argv], cwd=ROOT, env={**os.environ, **variables}, stdout=subprocess.PIPE, text=True
    )
    try:
        if port is None:
            assert running.stdout is not None
            port = int(running.stdout.readline())
        yield Server(name, port, running.pid)
    finally:
        running.terminate()
        running.wait(10)


def measure(server: Server, request: bytes, status: int, seconds: float) -> Measured:
    load = [
        sys.executable,
        "-m",
        "benchmarks.peers.load",
        str(server.port),
        str(CONNECTIONS),
        str(seconds),
        str(status),
    ]
    before = cpu_seconds(server.pid)
    done = subprocess.run(load, input=request, capture_output=True, cwd=ROOT, check=False, timeout=seconds + 60)
    spent = cpu_seconds(server.pid) - before
    if done.returncode != 0:
        raise SystemExit(f"{server.name}: {done.stderr.decode()}")
    told = json.loads(done.stdout)
    return Measured(told["requests"] / told["seconds"], spent / told["requests"] * 1e6, told["p50_ms"], told["p99_ms"])


def request(method: str, path: str, body: object = None, token: str | None = None) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"Authorization: Bearer {token}"] if token else []
    content = json.dumps(body).encode() if body is not None else b""
    lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"] if content else []
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def answer(server: Server, request: bytes) -> object:
    with socket.create_connection(("127.0.0.1", server.port), 30) as line:
        line.sendall(request)
        received = http.client.HTTPResponse(line)
        received.begin()
        return json.loads(received.read())


def shape(value: object) -> object:
    """Names and types of a JSON value; lists are as their first element."""
    if isinstance(value, dict):
        return {name: shape(value[name]) for name in sorted(value)}
    return [shape(one) for one in value[:1]] if isinstance(value, list) else type(value).__name__


Rounds = list[list[Measured]]
"""Of each round, what was measured of each server."""


def compare(title: str, servers: list[Server], sent: bytes, status: int, seconds: float, rounds: int) -> Rounds:
    """Prints the table of an operation."""
    for server in servers:
        measure(server, sent, status, WARM_S)
    if len({str(shape(answer(server, sent))) for server in servers}) > 1:
        raise SystemExit(f"{title}: the servers give answers of different shapes")
    taken = [[measure(server, sent, status, seconds) for server in servers] for _ in range(rounds)]
    print(f"\n{title}\n\n{table([server.name for server in servers], taken)}", flush=True)
    return taken


def table(names: list[str], taken: Rounds) -> str:
    """Markdown: medians of the rounds, and their spread."""
    lines = ["| server | requests/s | µs of its processor time each | p50 / p99, ms |", "|---|---|---|---|"]
    for name, mine in zip(names, zip(*taken, strict=True), strict=True):
        rate, cpu = (spread([getattr(one, field) for one in mine]) for field in ("per_second", "cpu_us"))
        p50, p99 = (statistics.median(getattr(one, field) for one in mine) for field in ("p50_ms", "p99_ms"))
        lines.append(f"| {name} | {rate} | {cpu} | {p50:.1f} / {p99:.1f} |")
    return "\n".join(lines)


def spread(values: list[float], digits: int = 0) -> str:
    """`median (least to most)`."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def beside(taken: Rounds, other: int) -> tuple[list[float], list[float]]:
    """Our throughput by that of another server in each round, and our processor time by its."""
    pairs = [(each[0], each[other]) for each in taken]
    return [a.per_second / b.per_second for a, b in pairs], [a.cpu_us / b.cpu_us for a, b in pairs]


def ready(server: Server) -> None:
    """Wait until somebody listens."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"{server.name} does not answer")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def peers(variables: dict[str, str], folder: Path) -> Iterator[list[Server]]:
    """FastAPI, and Fastify where there is Node."""
    python, port = fastapi_python(folder / "fastapi"), free_port()
    uvicorn: list[str | Path] = [python, "-m", "uvicorn", "benchmarks.peers.notes_fastapi:app", "--port", str(port)]
    uvicorn += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    with ExitStack() as stack:
        servers = [stack.enter_context(process(FASTAPI, uvicorn, variables, port=port))]
        ready(servers[0])
        try:
            programs = node_programs.installed()
        except node_programs.Missing as why:
            print(f"{FASTIFY} is left out: {why}", flush=True)
        else:
            argv: list[str | Path] = ["node", programs / "notes.mjs"]
            servers.append(stack.enter_context(process(FASTIFY, argv, node_programs.environment(**variables))))
        yield servers


def notes(endpoints: Endpoints, folder: Path, seconds: float, rounds: int) -> list[float]:
    """Our throughput by FastAPI's, for both operations."""
    variables = {
        "DATABASE_URL": endpoints.database_url,
        "REDIS_URL": endpoints.redis_url,
        "PARLEY_SECRET_KEY": SECRET,
        "PARLEY_SPEECH_AT_START": "false",
        "PARLEY_PORT": "0",
        "PARLEY_DATA_DIR": str(folder / "node"),
        "BENCH_LIMIT_SCRIPT": limits.SCRIPT,
        **{f"PARLEY_{key.upper()}": str(value) for key, value in node.UNLIMITED.items()},
    }
    ours = [sys.executable, "-m", "benchmarks.peers.notes_parley"]
    with peers(variables, folder) as others, process("Parley", ours, variables) as mine:
        token = asyncio.run(node.sign_up(f"http://127.0.0.1:{mine.port}", "bench"))
        create = request("POST", "/api/core/notes", NOTE, token)
        listed = request("GET", "/api/core/notes?limit=20", None, token)
        ratios = []
        for title, sent, status in (
            ("Write a note (POST /api/core/notes)", create, 201),
            ("List 20 of many notes (GET /api/core/notes?limit=20)", listed, 200),
        ):
            taken = compare(title, [mine, *others], sent, status, seconds, rounds)
            print()
            for number, other in enumerate(others, start=1):
                rates, cpu = beside(taken, number)
                told = f"{spread(rates, 2)} times the throughput, {spread(cpu, 2)} times the processor time"
                print(f"Parley beside {other.name}: {told}")
            ratios.append(statistics.median(beside(taken, 1)[0]))
    return ratios


def binder(seconds: float, rounds: int) -> float:
    """µs of processor time that a row of ours adds to a request."""
    argv = [sys.executable, "-m", "benchmarks.peers.echo_aiohttp"]
    with (
        process("aiohttp, by hand", [*argv, "bare"], {}) as bare,
        process("a row of ours", [*argv, "bound"], {}) as bound,
    ):
        sent = request("POST", "/echo", ECHO)
        taken = compare("One operation without a database", [bare, bound], sent, 200, seconds, rounds)
    added = statistics.median(second.cpu_us - first.cpu_us for first, second in taken)
    print(f"\nThe binder adds {added:.1f} µs.")
    return added


def main(rest: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench rest", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("notes", "binder"))
    chosen = parser.parse_args(rest)
    missed = []
    if chosen.only != "notes" and binder(chosen.seconds, chosen.rounds) >= 30:
        missed.append("the binder costs 30 µs or more")
    if chosen.only != "binder":
        with tempfile.TemporaryDirectory(prefix="parley-rest-", ignore_cleanup_errors=True) as folder:
            stack = EmbeddedStack(Path(folder) / "data", durable=False)
            try:
                endpoints = stack.start()
                asyncio.run(migrate(endpoints.database_url))
                if min(notes(endpoints, Path(folder), chosen.seconds, chosen.rounds)) < 2:
                    missed.append("an operation has less than twice the throughput of FastAPI")
            finally:
                stack.stop()
    print(f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f}")
    print("Missed: " + "; ".join(missed) if missed else "The claims hold.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
