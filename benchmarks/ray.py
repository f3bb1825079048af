"""Recognition by actors of Ray beside the local pool, and a Ray node killed: `python3 run.py bench ray --model FOLDER`.

A Ray cluster of two nodes is started here (the extra `ray` is installed for it), and a server process' `Listening` with
two actors beside one with two worker processes. Each clip is spoken in real time to one and then to the other, in turn,
so that both meet the same load of the machine. Then two whole Parley nodes, as processes with real PostgreSQL and
Valkey, are each spoken to by a learner, and in mid-sentence one Ray node is killed (SIGKILL, with all its processes).
Printed: delays and their ratio; words wrong with the kill, and how long nothing new was heard after it.
"""

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np

from benchmarks._scores import Screen, errors, percentile
from benchmarks._side_by_side import now, spoken
from benchmarks.chaos import fleet
from benchmarks.failover import Nodes, _begun, _learner
from benchmarks.transcription import LEAD_S, Clip, clips, noisy
from clients.python.parley_client import Session
from kit.clock import SystemClock
from kit.tasks import Tasks
from server.bootstrap import environment
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate
from speech.audio import pcm
from speech.engines.cluster.messages import Cluster
from speech.engines.settings import ListeningSettings
from speech.listening import ListenerOptions, Listening
from tests.support import ray_cluster
from tests.support.ray_cluster import RayNode
from tests.support.waiting import until

MOST = 1.15
"""Captions through Ray may take so many times as long as by the local pool."""

_DELAYS = ("settled", "appeared", "latencies")


async def _hear(listening: Listening, clip: Clip) -> dict[str, Any]:
    screen, began = Screen(), now()
    listener = listening.listener(
        ListenerOptions(clip[0]["id"]), lambda event: screen.seen.append((now() - began, event))
    )

    async def feed(piece: pcm.Samples) -> bool:
        listener.feed(pcm.to_bytes(piece))
        return True

    await spoken(noisy(clip[1]), feed, began)
    await listener.finish()
    await listener.close()
    return screen.measure(clip[0], LEAD_S)


def _row(name: str, rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    total = sum(row["words"] for row in rows)
    delays = {key: [delay for row in rows for delay in row[key]] for key in _DELAYS}
    told = "; ".join(f"{key} {percentile(each, 50):.3f} / {percentile(each, 95):.3f} s" for key, each in delays.items())
    print(f"{name}: {sum(row['errors'] for row in rows)} of {total} words wrong; {told}", flush=True)
    return {key: float(np.mean(each)) for key, each in delays.items()}


async def _side_by_side(settings: Callable[..., ListeningSettings], rounds: int, chosen: list[Clip]) -> float:
    """How many times as long as by the local pool the worst of the mean delays is."""
    tasks, rows = Tasks(), {"local": list[dict[str, Any]](), "ray": list[dict[str, Any]]()}
    both = {name: Listening(settings(engine), tasks, SystemClock()) for name, engine in _ENGINES.items()}
    try:
        for one in both.values():
            await one.start()
        await until(lambda: len(both["local"].status()["workers"]) == 2, _START_S)
        await until(lambda: both["ray"].status()["cluster"]["actors"] == 2, _START_S)
        for one in both.values():  # what is loaded with the first words
            await _hear(one, chosen[0])
        for number in range(rounds):
            for at, clip in enumerate(chosen):
                for name in sorted(both, reverse=bool((number + at) % 2)):
                    rows[name].append(await _hear(both[name], clip))
    finally:
        for one in both.values():
            await one.close()
        await tasks.close()
    local, through = (_row(name, rows[name]) for name in _ENGINES)
    ratios = {key: through[key] / local[key] for key in _DELAYS}
    print("mean delay through Ray: " + ", ".join(f"{key} × {ratio:.3f}" for key, ratio in ratios.items()), flush=True)
    return max(ratios.values())


_ENGINES = {"local": "whisper", "ray": "ray"}


@dataclass
class _Seen:
    """What one learner saw, and when."""

    events: list[tuple[float, str, dict[str, Any]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(data["text"] for _, name, data in self.events if name == "transcript.final")

    def silent_s(self, at: float) -> float:
        """From then until the next caption."""
        captions = (when for when, name, _ in self.events if name in ("transcript.partial", "transcript.final"))
        return next((when - at for when in captions if when > at), float("nan"))


async def _speak(session: Session, sound: bytes) -> _Seen:
    seen = _Seen()

    async def watch() -> None:
        async for event in session.events():
            seen.events.append((time.monotonic(), event.name, event.data))

    watching = asyncio.ensure_future(watch())
    await session.stream(sound)
    await session.end()
    await watching
    await session.close()
    return seen


async def _killed(values: dict[str, Any], home: Path, chance: random.Random, running: list[RayNode]) -> int:
    """Words lost or wrong."""
    nodes = Nodes(values, home / "nodes.log", fleet.free_ports(2))
    try:
        for number in (0, 1):
            nodes.start(number)
        await asyncio.gather(*(_ready(nodes, number) for number in (0, 1)))
        names = [await _learner(nodes.url(0), name) for name in ("one", "two")]
        await until(lambda: sum(node.actors() for node in running) == 4, _START_S)
        said = chance.sample(clips(), 6)
        parts = said[:3], said[3:]
        sounds = [pcm.to_bytes(np.concatenate([noisy(sound, 0.5, 0.6) for _, sound in part])) for part in parts]
        sessions = [await _begun(token, nodes.url(number)) for number, token in enumerate(names)]
        speaking = asyncio.gather(*(_speak(*each) for each in zip(sessions, sounds, strict=True)))
        await asyncio.sleep(min(map(len, sounds)) / 32_000 / 2)
        await asyncio.to_thread(running[1].kill)
        at, wrong = time.monotonic(), 0
        for number, (part, seen) in enumerate(zip(parts, await speaking, strict=True)):
            lost, words = errors(" ".join(clip["text"] for clip, _ in part), seen.text)
            wrong += lost
            if lost:
                print(f"   said:  {' '.join(clip['text'] for clip, _ in part)}\n   heard: {seen.text}")
            print(
                f"Parley node {number}, a Ray node killed: {lost} of {words} words wrong; the next caption came "
                f"{seen.silent_s(at):.2f} s later",
                flush=True,
            )
        return wrong
    except TimeoutError:
        print(nodes.log.read_text()[-3000:])
        raise
    finally:
        for process in nodes.processes.values():
            process.kill()


_START_S = 300.0


async def _ready(nodes: Nodes, number: int) -> None:
    """A node answers when its first actor is there; a busy machine takes its time."""
    async with asyncio.timeout(_START_S), aiohttp.ClientSession(nodes.url(number)) as http:
        while True:
            with suppress(aiohttp.ClientError):
                async with http.get("/api/health") as answer:
                    if answer.ok:
                        return
            await asyncio.sleep(0.5)


@contextmanager
def _stack(home: Path) -> Iterator[Endpoints]:
    stack = EmbeddedStack(home / "data", durable=False)
    try:
        yield stack.start()
    finally:
        stack.stop()


async def _with_nodes(options: argparse.Namespace, address: str, running: list[RayNode]) -> int:
    with tempfile.TemporaryDirectory(prefix="parley-ray-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        with _stack(home) as endpoints:
            await migrate(endpoints.database_url)
            own = {"speech_engine": "ray", "ray_address": address, "ray_cpus": 0.5, "ray_actors_max": 2}
            values = fleet.settings(home / "data", endpoints) | {"whisper_model": str(options.model)} | own
            return await _killed(values, home, random.Random(options.seed), running)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench ray", description=__doc__)
    parser.add_argument("--model", type=lambda given: Path(given).resolve(), required=True, help="a folder")
    parser.add_argument("--rounds", type=int, default=1, help="of all clips, for the delays; 0 leaves them out")
    parser.add_argument("--clips", nargs="*", default=(), help="only these")
    parser.add_argument("--kills", type=int, default=1, help="of a Ray node, 0 or 1", choices=(0, 1))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    environment.add_ray()

    with ray_cluster.cluster(2) as (address, running):
        here = Cluster(address, cpus=0.5, least=2, most=2)

        def settings(engine: Any) -> ListeningSettings:
            data = Path(os.devnull).parent
            return ListeningSettings(data, engine, str(options.model), workers=2, download=False, cluster=here)

        chosen = [clip for clip in clips() if not options.clips or clip[0]["id"] in options.clips]
        ratio = asyncio.run(_side_by_side(settings, options.rounds, chosen)) if options.rounds else 0.0
        if options.kills:
            asyncio.run(_with_nodes(options, address, running))
    return int(ratio > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
