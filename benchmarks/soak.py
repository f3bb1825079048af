"""A server that is used for hours, and what grows: `python3 run.py bench soak [--minutes 120]`.

`run.py serve` as it is delivered, with PostgreSQL and Valkey of its own, in a folder that goes away. Learners come and
go by Socket.IO, the plain WebSocket, WebRTC, WHIP, `/v1/audio` and `/v1/realtime` and say a recorded sentence; REST
writes notes beside them. The recognizer is the small Whisper of the tests, or `--model FOLDER`.

A line each minute: memory of each kind of process (heaps and stacks), open descriptors, tasks, sessions, how late the
event loop was (p99 of that minute), and the seconds billed beside those expected. The exit code is 0 when
nothing grew: the line through the second half rises by at most 12 MB per hour for every kind (or 8 MB in all, in a
short run), descriptors (but PostgreSQL's) and tasks are back when all have left, every bill is within its bounds, and
each learner got back what was said, but for one round in fifty. Linux only.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from benchmarks import _processes as processes
from benchmarks._node import PASSWORD, sign_up
from benchmarks._soak import Bills, Minute, slopes, verdict
from benchmarks.chaos import fleet
from benchmarks.drill import doors
from benchmarks.drill.doors import Visitor
from clients.python.parley_client import Opener, Session
from clients.python.parley_client._line import opened
from kit.processes import environment, process
from kit.processes.process import WITH_OUTPUT, Process, Program
from server.cli.demo import read_clip
from tests.support import socketio_line

_ROOT = Path(__file__).parents[1]
_CLIP = _ROOT / "tests" / "data" / "audio" / "so762-008110159.flac"
_TEXT = "Let us know if you have any other questions."
_START_S, _LEAVE_S = 180.0, 240.0
_TOKEN_S = 300.0  # an access token lives for 15 minutes
_SETTLE_S = 5.0


@dataclass
class Reader(Visitor):
    """A session by a socket, in real time."""

    opener: Opener = opened

    async def round(self) -> None:
        session = Session(self.url, "/speaking", token=self.token, opener=self.opener)
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            await session.start_speaking(takeover=True, wait_seconds=30)
            await session.stream(self.pcm, frame_ms=40)
            ended = await session.end()
        finally:
            await session.close()
        self.bill(ended.data["billed_seconds"], self.least_s, loop.time() - began)
        path = f"/api/live/transcripts/{ended.data['transcript_id']}"
        stored = await self.ask("GET", path, 200)
        self.compare(f"{self.door}: a transcript", " ".join(turn["text"] for turn in stored["turns"]))


@dataclass
class SocketIoReader(Reader):
    opener: Opener = socketio_line.opened


_DOORS: dict[str, type[Visitor]] = {
    "Socket.IO": SocketIoReader,
    "WebSocket": Reader,
    "WebRTC": doors.Caller,
    "WHIP": doors.Publisher,
    "/v1/audio": doors.Sender,
    "/v1/realtime": doors.Streamer,
    "REST": doors.Writer,
}


class Watch:
    """Looks at the server from outside."""

    def __init__(self, http: aiohttp.ClientSession, pid: int) -> None:
        self._http = http
        self._pid = pid
        self._began = time.monotonic()
        self._lags: dict[float, float] = {}

    async def metrics(self) -> dict[str, float]:
        """Samples without labels by name; buckets of the loop's lag as "lag <seconds>"; sessions in all states."""
        async with self._http.get("/metrics") as response:
            families = text_string_to_metric_families(await response.text())
        found = {"sessions": 0.0}
        for sample in (sample for family in families for sample in family.samples):
            if sample.name == "parley_live_sessions":
                found["sessions"] += sample.value
            elif sample.name == "parley_loop_lag_seconds_bucket":
                found[f"lag {sample.labels['le']}"] = sample.value
            elif not sample.labels:
                found[sample.name] = sample.value
        return found

    async def look(self) -> Minute:
        counted = await self.metrics()
        pids = processes.family(self._pid)
        return Minute(
            time.monotonic() - self._began,
            processes.memory(pids),
            processes.files(pids),
            round(counted["parley_tasks"]),
            round(counted["sessions"]),
            self._lag({float(name[4:]): value for name, value in counted.items() if name.startswith("lag ")}),
        )

    def _lag(self, buckets: dict[float, float]) -> float:
        """The p99 in ms since the last look: the upper end of its bucket."""
        before, self._lags = self._lags, buckets
        new = {end: count - before.get(end, 0.0) for end, count in sorted(buckets.items())}
        all_of_them = max(new.values(), default=0.0)
        return 1000 * next((end for end, count in new.items() if count >= 0.99 * all_of_them), 0.0)

    async def until(self, condition: Callable[[dict[str, float]], bool], seconds: float) -> bool:
        """Whether it came true in that time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if condition(await self.metrics()):
                    return True
            except aiohttp.ClientError:
                pass  # it does not answer yet
            await asyncio.sleep(0.5)
        return False


def _serve(folder: Path, port: int, model: str) -> Process:
    theirs = ("PARLEY_", "DATABASE_URL", "REDIS_URL", "OPENAI_", "OTEL_")
    own = {name: value for name, value in environment.whole().items() if not name.startswith(theirs)}
    limits = {f"PARLEY_LIMIT_{name}": "1000000" for name in ("READ", "WRITE", "HEAVY", "PUBLIC", "LOGIN")}
    settings = {
        "PARLEY_WHISPER_MODEL": model,
        "PARLEY_WHISPER_DOWNLOAD": "false",
        "PARLEY_VOICE_DOWNLOAD": "false",
        "PARLEY_PLAN_FREE_SECONDS": "1000000",
        "PARLEY_LIMIT_RECORDINGS": "1440",
        "PARLEY_LOG_LEVEL": "warning",
    }
    line: list[str | Path] = [sys.executable, _ROOT / "run.py", "serve", "--no-browser", "--port", str(port)]
    program = Program(
        "soak", [*line, "--data", folder / "data"], own | limits | settings, folder, signal.SIGKILL, own_session=True
    )
    with (folder / "server.log").open("ab") as log:
        return process.start(program, stdout=log, stderr=WITH_OUTPUT)


async def _invite(http: aiohttp.ClientSession, url: str, count: int, bills: Bills) -> dict[str, Visitor]:
    """By their names, spread over the doors."""
    pcm = read_clip(_CLIP) + doors.TAIL
    found = {}
    for number in range(count):
        door, kind = list(_DOORS.items())[number % len(_DOORS)]
        name = f"soak{number}"
        token = await sign_up(url, name)
        found[name] = kind(door, http, url, token, pcm, _TEXT)
        found[name].on_bill = bills.add
    return found


async def _sign_in(http: aiohttp.ClientSession, visitors: dict[str, Visitor]) -> None:
    """Again and again, before tokens end."""
    while True:
        await asyncio.sleep(_TOKEN_S)
        for name, visitor in visitors.items():
            async with http.post("/api/auth/login", data={"username": name, "password": PASSWORD}) as response:
                visitor.token = (await response.json())["access_token"]


def _print(minute: Minute, bills: Bills) -> None:
    memory = "  ".join(f"{kind} {size / 2**20:.1f}" for kind, size in sorted(minute.memory.items()))
    print(
        f"{minute.at_s / 60:6.1f} min  MB: {memory}  files {minute.files}  tasks {minute.tasks}  sessions "
        f"{minute.sessions}  loop p99 ≤ {minute.lag_ms:.0f} ms  billed {bills.actual:.0f} s of {bills.least:.0f} to "
        f"{bills.most:.0f}",
        flush=True,
    )


async def soak(url: str, server: Process, minutes: float, learners: int) -> list[str]:
    """What is not as it has to be. RuntimeError when the server does not start."""
    bills = Bills()
    async with aiohttp.ClientSession(url, timeout=aiohttp.ClientTimeout(total=90)) as http:
        watch = Watch(http, server.pid)
        if not await watch.until(lambda counted: counted.get("parley_recognition_workers", 0) > 0, _START_S):
            raise RuntimeError("the server did not start")
        before = await watch.look()
        visitors = await _invite(http, url, learners, bills)
        end = time.monotonic() + 60 * minutes
        living = [asyncio.ensure_future(v.live(lambda: time.monotonic() >= end)) for v in visitors.values()]
        signing_in = asyncio.ensure_future(_sign_in(http, visitors))
        seen = []
        try:
            while (left := end - time.monotonic()) > 0:
                await asyncio.sleep(min(60.0, left))
                seen.append(await watch.look())
                _print(seen[-1], bills)
            await asyncio.wait_for(asyncio.gather(*living), _LEAVE_S)
        finally:
            for one in [*living, signing_in]:
                one.cancel()
            await asyncio.gather(*living, signing_in, return_exceptions=True)
        await watch.until(lambda counted: not counted["sessions"], _LEAVE_S)
        await asyncio.sleep(_SETTLE_S)
        after = await watch.look()
    _print(after, bills)
    _tell(visitors, seen)
    return verdict(before, seen, after, bills, [why for v in visitors.values() for why in _wrong(v)])


def _wrong(visitor: Visitor) -> list[str]:
    """What a learner saw that was not right. One round in fifty may be: where a busy machine sends a packet of WebRTC
    too late, a word is missing or comes twice."""
    few = len(visitor.wrong) <= max(1, visitor.rounds // 50)
    return [] if few else [f"{visitor.door}: {len(visitor.wrong)} times, the first: {visitor.wrong[0]}"]


def _tell(visitors: dict[str, Visitor], seen: list[Minute]) -> None:
    for visitor in visitors.values():
        print(f"{visitor.door:14}{visitor.rounds:6} rounds, {visitor.again} begun again {visitor.why}", *visitor.wrong)
    for kind, (rise, grown) in slopes(seen).items():
        print(f"{kind:14}{rise:+8.1f} MB per hour, {grown:+.1f} MB in the second half")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--learners", type=int, default=len(_DOORS), help="one for each door, or more")
    parser.add_argument("--model", default=str(fleet.MODEL), help="a folder with a Whisper model")
    options = parser.parse_args(argv)
    if not Path("/proc/self/smaps_rollup").exists():
        parser.error("it reads /proc, which only Linux has")
    with tempfile.TemporaryDirectory(prefix="parley-soak-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o711)  # PostgreSQL's account has to reach its own folder in here
        (port,) = fleet.free_ports(1)
        server = _serve(home, port, options.model)
        try:
            found = asyncio.run(soak(f"http://127.0.0.1:{port}", server, options.minutes, options.learners))
        finally:
            server.end([(signal.SIGINT, 20.0)])
        if found:
            print((home / "server.log").read_text(errors="replace")[-1500:])
    print("flat: nothing grew, every bill is right" if not found else "not flat: " + "; ".join(found))
    return 1 if found else 0
