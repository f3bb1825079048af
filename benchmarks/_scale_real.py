"""What the model of `run.py bench scale` is compared with: costs measured on this machine, and a real run of nodes."""

import asyncio
import tempfile
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks import _virtual as virtual
from benchmarks._node import sign_up
from benchmarks._scale_model import Costs, Found, Habit, Line, Site
from benchmarks._soak import slope
from benchmarks.chaos import fleet
from benchmarks.sessions import PAUSE_S, talk
from benchmarks.transcription import Studio, clips
from clients.python.parley_client import Session
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate
from speech.audio import pcm
from speech.pool import jobs
from speech.transcription.policy import Policy

LONGEST_GAP_S = 4.0
"""Between two partials of one turn: a longer one may be a pause, and is not counted."""
_SHORTEST_CLIP_S = 2.0  # as `talk` chooses


def habit() -> Habit:
    """Of the talkers in `benchmarks.sessions`, who say clips with pauses that patience learns."""
    lengths = [clip["seconds"] for clip, _ in clips() if clip["seconds"] > _SHORTEST_CLIP_S]
    return Habit(sum(lengths) / len(lengths), 0.5, PAUSE_S, pause_fixed=True, patience_s=PAUSE_S)


def calibrate(model: Path, seconds: float) -> Costs:
    """The cost of passes by the length of their sound, in CPU time, so that a busy machine does not count."""

    async def measure() -> list[tuple[str, float, float]]:
        studio = Studio(jobs.EngineSpec("whisper", model), Policy())
        for seed in range(2):
            await studio.play(f"talker{seed}", talk(seconds, seed)[0], scored=True)
        return [cost for lane in studio.lanes for cost in lane.costs]

    costs: list[tuple[str, float, float]] = virtual.run(measure())
    return Costs(_line(costs, "partial"), _line(costs, "stable", "final"), _line(costs, "assess"))


def _line(costs: list[tuple[str, float, float]], *kinds: str) -> Line:
    """The nearest straight line, and how far passes are from it."""
    points = [(window, spent) for kind, window, spent in costs if kind in kinds]
    if not points:
        raise RuntimeError(f"no pass of the kind {kinds[0]} was measured: let it talk longer")
    each = max(0.0, slope(points))
    mean = sum(spent for _, spent in points) / len(points)
    base = max(0.0, mean - each * sum(window for window, _ in points) / len(points))
    off = sum((spent - base - each * window) ** 2 for window, spent in points) / len(points)
    return Line(base, each, off**0.5 / mean)


@dataclass
class _Talker:
    """One who talks to a node, and what came back when."""

    url: str
    token: str
    seed: int
    found: Found = field(default_factory=Found)

    async def talk(self, seconds: float) -> None:
        session = Session(self.url, "/speaking", token=self.token)
        sound = pcm.to_bytes(talk(seconds, self.seed)[0])
        listening = asyncio.ensure_future(self._listen(session))
        try:
            await session.start_speaking(wait_seconds=60)
            await session.stream(sound, frame_ms=40)
            await session.end()
            await listening
        finally:
            listening.cancel()
            await session.close()

    async def _listen(self, session: Session) -> None:
        loop, partials = asyncio.get_running_loop(), list[float]()
        async for event in session.events():
            if event.name == "transcript.partial":
                partials.append(loop.time())
            elif event.name == "transcript.final" and event.data["text"] and event.data.get("latency_ms"):
                self.found.finals.append(event.data["latency_ms"]["total"] / 1000)
                self.found.waits.append(event.data["latency_ms"]["queue"] / 1000)
        self.found.gaps += [b - a for a, b in pairwise(partials) if b - a < LONGEST_GAP_S]


async def _run(place: Site, model: Path, talkers: list[int], seconds: float, home: Path) -> dict[int, Found]:
    stack = EmbeddedStack(home / "data", durable=False)
    endpoints = await asyncio.to_thread(stack.start)
    values = fleet.settings(home / "data", endpoints)
    values |= {"whisper_model": str(model), "speech_workers": place.workers, "live_sessions": 1000}
    nodes = fleet.Fleet(values, home / "nodes.log", fleet.free_ports(place.nodes), real=True)
    results = {}
    try:
        await migrate(endpoints.database_url)
        for number in range(place.nodes):
            nodes.start(number)
        await nodes.all_ready()
        urls = [f"http://127.0.0.1:{port}" for port in nodes.ports]
        tokens = [await sign_up(urls[0], f"talker{number}") for number in range(max(talkers))]
        for count in talkers:
            here = [_Talker(urls[n % len(urls)], token, n) for n, token in enumerate(tokens[:count])]
            await asyncio.gather(*(one.talk(seconds) for one in here))
            results[count] = Found(
                finals=[value for one in here for value in one.found.finals],
                gaps=[value for one in here for value in one.found.gaps],
                waits=[value for one in here for value in one.found.waits],
            )
    finally:
        await nodes.close()
        await asyncio.to_thread(stack.stop)
    return results


def run(place: Site, model: Path, talkers: list[int], seconds: float) -> dict[int, Found]:
    """For each number of talkers, what real nodes with real recognition on this machine gave them."""
    with tempfile.TemporaryDirectory(prefix="parley-scale-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o711)
        return asyncio.run(_run(place, model, talkers, seconds, home))
