"""REST beside FastAPI, and the price of our binder: `python3 run.py bench rest [--seconds 5] [--rounds 3]`.

1. Two operations of a whole node (list 20 notes, write a note) beside the same two written with FastAPI on uvicorn with
   uvloop and httptools: same statements, validation, look at the session and rate limit, same PostgreSQL and Valkey.
2. One operation without a database, by hand on aiohttp and as a row of ours: the difference is the binder.

Every server is one process, the load comes from another. The sides take turns. Throughput depends on who else wants
the cores, so the processor time of the server for each request stands beside it.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import _node as node
from benchmarks._processes import cpu_seconds
from kit.http import limits
from server.bootstrap import installer
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate

ROOT = Path(__file__).parents[1]
SHARED = ("asyncpg", "pydantic", "PyJWT", "redis", "uvloop")
CONNECTIONS = 32
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


def compare(title: str, servers: list[Server], sent: bytes, status: int, seconds: float, rounds: int) -> list[Measured]:
    """The median of the rounds for each server."""
    for server in servers:
        measure(server, sent, status, 1.0)
    taken = [[measure(server, sent, status, seconds) for server in servers] for _ in range(rounds)]
    print(f"\n{title}")
    medians = []
    for number, server in enumerate(servers):
        mine = [each[number] for each in taken]
        middle = Measured(
            *(statistics.median(getattr(each, name) for each in mine) for name in Measured.__annotations__)
        )
        print(
            f"  {server.name:<24} {middle.per_second:8.0f} requests/s  {middle.cpu_us:7.0f} µs of server CPU each  "
            f"p50 {middle.p50_ms:6.2f} ms  p99 {middle.p99_ms:6.2f} ms",
            flush=True,
        )
        medians.append(middle)
    return medians


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


def notes(endpoints: Endpoints, folder: Path, seconds: float, rounds: int) -> list[float]:
    """Ours by FastAPI's, for both operations."""
    python = fastapi_python(folder / "fastapi")
    port = free_port()
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
    uvicorn: list[str | Path] = [python, "-m", "uvicorn", "benchmarks.peers.notes_fastapi:app", "--port", str(port)]
    uvicorn += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    ours = [sys.executable, "-m", "benchmarks.peers.notes_parley"]
    with process("FastAPI", uvicorn, variables, port=port) as theirs, process("Parley", ours, variables) as mine:
        ready(theirs)
        token = asyncio.run(node.sign_up(f"http://127.0.0.1:{mine.port}", "bench"))
        create = request("POST", "/api/core/notes", NOTE, token)
        ratios = []
        for title, sent, status in (
            ("Write a note (POST /api/core/notes)", create, 201),
            (
                "List 20 of many notes (GET /api/core/notes?limit=20)",
                request("GET", "/api/core/notes?limit=20", None, token),
                200,
            ),
        ):
            fast, slow = compare(title, [mine, theirs], sent, status, seconds, rounds)
            ratio = fast.per_second / slow.per_second
            print(f"  {ratio:.2f} times the throughput, {slow.cpu_us / fast.cpu_us:.2f} times less processor time")
            ratios.append(ratio)
    return ratios


def binder(seconds: float, rounds: int) -> float:
    """µs of processor time that a row of ours adds to a request."""
    argv = [sys.executable, "-m", "benchmarks.peers.echo_aiohttp"]
    with (
        process("aiohttp, by hand", [*argv, "bare"], {}) as bare,
        process("a row of ours", [*argv, "bound"], {}) as bound,
    ):
        sent = request("POST", "/echo", ECHO)
        first, second = compare("One operation without a database", [bare, bound], sent, 200, seconds, rounds)
    added = second.cpu_us - first.cpu_us
    print(f"  the binder adds {added:.1f} µs")
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
    print("\n" + ("Missed: " + "; ".join(missed) if missed else "Both claims hold."))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
