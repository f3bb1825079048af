"""`run.py chaos`: nodes, databases and networks die at random while learners talk; nothing may be lost or doubled.

Nodes are processes that share PostgreSQL and Valkey and nothing else. Learners use the Python client, in turn by
Socket.IO and by the plain WebSocket, and stream real recordings in real time over relays that delay, stall and break.
Some read a text and are heard by the real recogniser and scorer (`--reading`, with the small Whisper of the tests,
which knows the recording: 30 real recognitions do not fit on two cores). For the others recognition is replaced by a
checksum of each second of audio, so that every turn can be checked to the byte. Everything else is the server as it
ships.
"""

import argparse
import asyncio
import logging
import random
import secrets
import shutil
import signal
import statistics
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.chaos import aftermath, fleet
from benchmarks.chaos.books import Books
from benchmarks.chaos.fleet import SILENCE_S, Fleet
from benchmarks.chaos.learner import Learner
from benchmarks.chaos.trouble import Story, Trouble, Wait
from clients.python.parley_client._line import opened
from server.cli.demo import TEXT, read_clip
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate
from tests.support import socketio_line

ROOT = Path(__file__).resolve().parents[2]
_FAILOVER_S = 3.0
_HARMLESS = {
    "database_unavailable",  # of course, while PostgreSQL restarts
    "kit.errors.Failure",  # a node that could not start meanwhile
    "aiohttp.client_exceptions.ClientConnectionResetError",  # clients that left during the handshake
}


def main(argv: list[str]) -> int:
    options = _parse(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # so that everything is closed
    logging.getLogger("engineio.client").setLevel(logging.CRITICAL)  # it complains of every line that breaks
    with tempfile.TemporaryDirectory(prefix="parley-chaos-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        stack = EmbeddedStack(home / "data")
        try:
            endpoints = stack.start()
            return asyncio.run(_run(options, stack, home, endpoints))
        finally:
            stack.stop()
            if options.log and (home / "nodes.log").exists():
                shutil.copy(home / "nodes.log", options.log)


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("run.py chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--reading", type=int, default=2, help="how many of them the real recogniser hears")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--patient", action="store_true", help="do not judge how long learners waited")
    parser.add_argument("--log", metavar="FILE", help="keep here what the nodes logged")
    return parser.parse_args(argv)


async def _run(options: argparse.Namespace, stack: EmbeddedStack, home: Path, endpoints: Endpoints) -> int:
    chance = random.Random(options.seed)
    await migrate(endpoints.database_url)
    log = home / "nodes.log"
    nodes = Fleet(fleet.settings(home / "data", endpoints), log, fleet.free_ports(options.nodes))
    try:
        await nodes.open(chance)
        learners = await _learners(nodes, options, chance)
        until = asyncio.get_running_loop().time() + options.seconds
        trouble = Trouble(nodes, stack, home / "data", learners, chance)
        await asyncio.gather(trouble.make(until), *(learner.live(lambda: trouble.over) for learner in learners))
        left = await aftermath.left_behind(nodes, endpoints)
        if nodes.ended:
            print(f"nodes that could not start while PostgreSQL was away, and were started again: {nodes.ended}")
        report = Report(options.seed, learners, trouble.story, left, aftermath.logged(log))
        return report.told(patient=options.patient)
    finally:
        await nodes.close()


async def _learners(nodes: Fleet, options: argparse.Namespace, chance: random.Random) -> list[Learner]:
    pcm = read_clip(ROOT / "static" / "audio" / "jfk.flac")
    urls = [link.url for link in nodes.links]
    learners = []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{nodes.ports[0]}") as http:
        for number in range(options.learners):
            name, password = f"chaos{number}", secrets.token_urlsafe(18)
            body = {"email": f"{name}@example.com", "username": name, "password": password}
            async with http.post("/api/auth/register", json=body) as response:
                response.raise_for_status()
            async with http.post("/api/auth/login", data={"username": name, "password": password}) as response:
                token = (await response.json())["access_token"]
            text = TEXT if number < options.reading else None
            own = random.Random(chance.random())
            opener = opened if number % 2 else socketio_line.opened
            learners.append(Learner(name, urls, token, pcm, SILENCE_S, own, text, opener))
    return learners


@dataclass(frozen=True)
class Report:
    seed: int
    learners: list[Learner]
    story: Story
    left: dict[str, int]
    log: Counter[str]

    @property
    def done(self) -> list[Books]:
        return [books for learner in self.learners for books in learner.done]

    @property
    def unfinished(self) -> list[str]:
        return [line for learner in self.learners for line in learner.unfinished]

    def figures(self) -> dict[str, float]:
        """All of them should be 0."""
        done = self.done
        drifts = [books.drift_s((books.ended or {}).get("billed_seconds", 0)) for books in done]
        return {
            "events lost": sum(books.lost_events() for books in done),
            "events doubled": sum(books.doubled_events() for books in done),
            "transcripts with turns lost, doubled or wrong": sum(books.wrong_turns() > 0 for books in done),
            "sessions without an end": len(self.unfinished),
            "quota_drift_seconds": round(max(drifts, default=0.0), 2),
            **self.left,
            "errors that nodes logged": sum(count for name, count in self.log.items() if name not in _HARMLESS),
        }

    def told(self, *, patient: bool) -> int:
        """Prints everything; the exit code is 0 when nothing was lost and nobody waited too long."""
        done, story = self.done, self.story
        read = sum(books.words is not None for books in done)
        turns, events = sum(len(books.finals) for books in done), sum(len(books.seqs) for books in done)
        print(
            f"seed {self.seed}: {len(done)} sessions ({read} heard by Whisper), {turns} turns, {events} events, "
            f"{sum(books.snapshots for books in done)} snapshots"
        )
        asleep = sum(learner.asleep for learner in self.learners)
        print(
            f"troubles: {', '.join(f'{name} × {n}' for name, n in sorted(story.troubles.items()))}, suspend × {asleep}"
        )
        slow = not _waits("fail-over", story.failovers)
        _waits("move from a node that drains", story.moves)
        print(f"nodes that did not end within their time to drain: {story.stayed}")
        figures = self.figures()
        for name, value in figures.items():
            print(f"  {name}: {value}{'' if not value else '   ←'}")
        self._explained()
        return 0 if bool(done) and (patient or not slow) and not any(figures.values()) else 1

    def _explained(self) -> None:
        for line in self.unfinished[:10] + [f"logged: {name} × {count}" for name, count in self.log.most_common(10)]:
            print(f"  {line}")
        for books in self.done:
            drift = books.drift_s((books.ended or {}).get("billed_seconds", 0))
            if books.wrong_turns() or books.lost_events() or books.doubled_events() or drift:
                print(f"  {books.told()}")


def _waits(name: str, waits: list[Wait]) -> bool:
    """Whether 95 of 100 waited less than they may."""
    if not waits:
        return True
    ordered = sorted(seconds for seconds, _ in waits)
    p95 = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
    fine = p95 < _FAILOVER_S
    print(
        f"{name}: {len(ordered)} learners, median {statistics.median(ordered):.2f} s, p95 {p95:.2f} s, longest "
        f"{ordered[-1]:.2f} s{'' if fine else '   ←'}"
    )
    for _, who in sorted(waits)[-3:] if ordered[-1] > _FAILOVER_S else []:
        print(f"  {who}")
    return fine
