"""`run.py chaos`: nodes, databases and networks die at random while learners talk; nothing may be lost or doubled.

Nodes are processes that share PostgreSQL and Valkey and nothing else. Learners stream real recordings over relays that
delay and break. Recognition is replaced by a checksum of each second of audio, so that every turn can be checked to the
byte; everything else is the server as it ships.
"""

import argparse
import asyncio
import multiprocessing
import multiprocessing.process
import os
import random
import secrets
import signal
import socket
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.chaos import node
from benchmarks.chaos.books import Books
from benchmarks.chaos.learner import Learner
from benchmarks.chaos.links import Link
from server.cli.demo import read_clip
from server.embedded import runtime
from server.embedded.stack import EmbeddedStack, Endpoints
from server.kit.database import Database
from server.kit.redis import connect
from server.migrate import migrate

ROOT = Path(__file__).resolve().parents[2]
SILENCE_S, GRACE_S = 4.0, 40.0
_TROUBLES = ("kill node", "kill node", "kill valkey", "restart postgresql", "cut", "cut", "cut", "cut")


@dataclass
class Fleet:
    """The nodes, and the links before them."""

    values: dict[str, Any]
    ports: list[int]
    links: list[Link] = field(default_factory=list)
    nodes: dict[int, multiprocessing.process.BaseProcess] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # A server that has imported everything forks the nodes: one that was killed is back in a moment.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["benchmarks.chaos.node"])

    def start(self, number: int) -> None:
        own = {"port": self.ports[number], "node": f"chaos-{number}-{secrets.token_hex(3)}"}
        process = self._context.Process(target=node.main, args=(self.values | own,), daemon=True)
        process.start()
        self.nodes[number] = process

    def kill(self, number: int) -> None:
        self.nodes[number].kill()
        self.nodes[number].join()

    def stop(self) -> None:
        for process in self.nodes.values():
            process.terminate()
        for process in self.nodes.values():
            process.join(5)
            if process.exitcode is None:
                process.kill()


@dataclass
class Story:
    """What was done, and how long learners of a killed node waited for the next event."""

    troubles: dict[str, int] = field(default_factory=dict)
    failovers: list[float] = field(default_factory=list)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser("run.py chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--nodes", type=int, default=3)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="parley-chaos-", ignore_cleanup_errors=True) as folder:
        stack = EmbeddedStack(Path(folder) / "data")
        try:
            endpoints = stack.start()
            return asyncio.run(_run(options, stack, Path(folder) / "data", endpoints))
        finally:
            stack.stop()


async def _run(options: argparse.Namespace, stack: EmbeddedStack, data: Path, endpoints: Endpoints) -> int:
    chance = random.Random(options.seed)
    await migrate(endpoints.database_url)
    fleet = Fleet(_values(data, endpoints), _free_ports(options.nodes))
    try:
        for number, port in enumerate(fleet.ports):
            fleet.start(number)
            link = Link(port, chance)
            await link.start()
            fleet.links.append(link)
        await _all_ready(fleet)
        learners = await _learners(fleet, options.learners, chance)
        until = asyncio.get_running_loop().time() + options.seconds
        story = Story()
        trouble = asyncio.ensure_future(_trouble(fleet, stack, data, learners, story, chance, until))
        await asyncio.gather(*(learner.live(until) for learner in learners))
        await trouble
        left = await _left_behind(fleet, endpoints)
        return report(options.seed, learners, story, left)
    finally:
        for link in fleet.links:
            await link.stop()
        fleet.stop()


def _values(data: Path, endpoints: Endpoints) -> dict[str, Any]:
    return {
        "database_url": endpoints.database_url,
        "redis_url": endpoints.redis_url,
        "data_dir": data,
        "secret_key": secrets.token_hex(32),
        "log_level": os.environ.get("PARLEY_LOG_LEVEL", "error"),
        "speech_at_start": False,
        "live_silence_seconds": SILENCE_S,
        "live_grace_seconds": GRACE_S,
        "plan_free_seconds": 100_000,
        "limit_login": 100_000,
        "limit_public": 100_000,
    }


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


async def _all_ready(fleet: Fleet) -> None:
    async with aiohttp.ClientSession() as http:
        for port in fleet.ports:
            for _ in range(1200):
                try:
                    async with http.get(f"http://127.0.0.1:{port}/api/health") as response:
                        if response.status == 200:
                            break
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.1)
            else:
                raise RuntimeError("a node did not start")


async def _learners(fleet: Fleet, count: int, chance: random.Random) -> list[Learner]:
    pcm = read_clip(ROOT / "static" / "audio" / "jfk.flac")
    urls = [link.url for link in fleet.links]
    learners = []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{fleet.ports[0]}") as http:
        for number in range(count):
            name, password = f"chaos{number}", secrets.token_urlsafe(18)
            body = {"email": f"{name}@example.com", "username": name, "password": password}
            async with http.post("/api/auth/register", json=body) as response:
                response.raise_for_status()
            async with http.post("/api/auth/login", data={"username": name, "password": password}) as response:
                token = (await response.json())["access_token"]
            learners.append(Learner(name, urls, token, pcm, SILENCE_S, random.Random(chance.random())))
    return learners


async def _trouble(
    fleet: Fleet, stack: EmbeddedStack, data: Path, learners: list[Learner], story: Story, chance: random.Random,
    until: float,
) -> None:  # fmt: skip
    loop = asyncio.get_running_loop()
    await asyncio.sleep(5)
    while loop.time() < until - 5:
        what = chance.choice(_TROUBLES)
        story.troubles[what] = story.troubles.get(what, 0) + 1
        match what:
            case "kill node":
                await _kill_node(fleet, chance.randrange(len(fleet.ports)), learners, story, chance)
            case "kill valkey" | "restart postgresql":
                name = "valkey" if "valkey" in what else "postgresql"
                record = runtime.load(data)
                if record is not None:
                    how = signal.SIGKILL if name == "valkey" else signal.SIGINT
                    os.kill(_pid(record.pids, name), how)
                await asyncio.sleep(chance.uniform(0.5, 2.0))
                for _ in range(50):
                    if stack.revive():
                        break
                    await asyncio.sleep(0.1)
            case _:
                for _ in range(chance.randint(1, 5)):
                    chance.choice(fleet.links).break_one()
        await asyncio.sleep(chance.uniform(1.0, 4.0))


def _pid(pids: dict[str, int], name: str) -> int:
    return next(pid for server, pid in pids.items() if name[:4] in server)


async def _kill_node(fleet: Fleet, number: int, learners: list[Learner], story: Story, chance: random.Random) -> None:
    loop = asyncio.get_running_loop()
    hit = [one for one in learners if one.talking and one.url() == fleet.links[number].url]
    fleet.kill(number)
    killed = loop.time()
    await asyncio.sleep(chance.uniform(1.0, 3.0))
    fleet.start(number)
    await asyncio.sleep(3.0)
    for learner in hit:
        later = [moment for moment in learner.seen if moment > killed + 0.05]
        if later:
            story.failovers.append(min(later) - killed)


async def _left_behind(fleet: Fleet, endpoints: Endpoints) -> dict[str, int]:
    """What should not be there when everybody has gone."""
    await _all_ready(fleet)
    await asyncio.sleep(SILENCE_S)
    database = await Database.open(endpoints.database_url, max_size=2)
    redis = connect(endpoints.redis_url)
    async with database.connection() as cx:
        running = await cx.fetchval("select count(*) from live_sessions where ended_at is null")
        locks = await cx.fetchval("select count(*) from pg_stat_activity where state like 'idle in transaction%'")
        wrong = await cx.fetchval(
            """
            select count(*) from live_sessions s where billed_seconds <> (
              select coalesce(ceil(sum(extract(epoch from upper(r) - lower(r)))), 0) from (
                select unnest(range_agg(tstzrange(started_at, ended_at))) as r
                from live_intervals where session_id = s.id) as stretches)
            """
        )
        double = await cx.fetchval(
            """
            select count(*) from live_sessions s where billed_seconds <>
              (select coalesce(sum(seconds), 0) from live_usage where session_id = s.id)
            """
        )
    owners = len([key async for key in redis.scan_iter("parley:live:*:owner")])
    await database.close()
    await redis.aclose()
    held = 0
    async with aiohttp.ClientSession() as http:
        for port in fleet.ports:
            async with http.get(f"http://127.0.0.1:{port}/metrics") as response:
                lines = (await response.text()).splitlines()
            held += sum(int(float(line.split()[-1])) for line in lines if line.startswith("parley_live_sessions "))
    return {
        "sessions still running": running, "sessions held by nodes": held, "leases": owners,
        "transactions left open": locks, "bills unlike the union": wrong, "bills unlike the usage": double,
    }  # fmt: skip


def report(seed: int, learners: list[Learner], story: Story, left: dict[str, int]) -> int:
    done: list[Books] = [books for learner in learners for books in learner.done]
    unfinished = [line for learner in learners for line in learner.unfinished]
    drift = max((books.drift_s((books.ended or {}).get("billed_seconds", 0)) for books in done), default=0.0)
    figures = {
        "events lost": sum(books.lost_events() for books in done),
        "events doubled": sum(books.doubled_events() for books in done),
        "transcripts wrong": sum(books.wrong_turns() > 0 for books in done),
        "sessions without an end": len(unfinished),
        "quota_drift_seconds": round(drift, 2),
        **left,
    }
    print(f"seed {seed}: {len(done)} sessions, {sum(len(b.expected) for b in done)} turns, "
          f"{sum(len(b.seqs) for b in done)} events, {sum(b.snapshots for b in done)} snapshots")  # fmt: skip
    print("troubles: " + ", ".join(f"{name} × {count}" for name, count in sorted(story.troubles.items())))
    if story.failovers:
        ordered = sorted(story.failovers)
        p95 = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
        print(f"fail-over: {len(ordered)} learners, median {statistics.median(ordered):.2f} s, p95 {p95:.2f} s")
    for name, value in figures.items():
        print(f"  {name}: {value}{'' if not value else '   ←'}")
    for line in unfinished[:10]:
        print(f"  {line}")
    return 0 if not any(figures.values()) else 1
