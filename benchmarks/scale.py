"""How many cores for how many learners, by simulation: `python3 run.py bench scale [--learners 50 500 5000]`.

The model (benchmarks/_scale_model.py) needs the cost of a pass. Its own are of Whisper base on one core of the machine
that docs/scale.md names; `--calibrate --model FOLDER` measures those of this machine and prints the table with them.
The rest of the table follows from figures in this file, which docs/scale.md explains.

`--check` runs real nodes with real recognition on this machine (`--nodes 3 --workers 1 --talkers 3 6 9 12 --model
FOLDER`), simulates the same, and prints both; the exit code is 0 when the p95 of finals is within 15 % for every number
of talkers. It needs an idle machine with a core for each worker and two more for servers and talkers.
"""

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from benchmarks import _scale_model as model
from benchmarks import _scale_real as real
from benchmarks._scale_model import Costs, Found, Habit, Line, Site, percentile
from benchmarks.chaos import fleet

BASE = Costs(Line(0.024, 0.0081, 0.33), Line(0.043, 0.0095, 0.81), Line(0.0034, 0.0039, 0.23))
"""Whisper base, int8, one thread."""

NODE_WORKERS = 7  # recognition processes of one machine with eight cores
_FINAL_S = 1.2  # p95 of finals, at most
_GAP_S = 1.0  # between two partials, the median at most
_BUSY = 0.5  # at most, of an event loop
_TOLERANCE = 0.15


@dataclass(frozen=True)
class Burden:
    """What one learner with an open microphone is to the rest of a node, per second, and what processes need."""

    frame_us: float  # of an event loop, for a frame of 40 ms
    listen_us: float  # of an event loop, for 32 ms of sound: voice activity
    turn_statements: float
    turn_events: float
    up_kbit: float
    down_kbit: float
    server_mb: float
    session_mb: float
    worker_mb: float

    @property
    def loop_share(self) -> float:
        """Of one event loop."""
        return 25 * self.frame_us / 1e6 + 31.25 * self.listen_us / 1e6


BURDEN = Burden(
    frame_us=155.0,
    listen_us=100.0,
    turn_statements=32.0,
    turn_events=25.0,
    up_kbit=290.0,
    down_kbit=130.0,
    server_mb=230.0,
    session_mb=1.0,
    worker_mb=490.0,
)


@dataclass(frozen=True)
class Row:
    """What so many learners at once need."""

    learners: int
    workers: int
    servers: int
    found: Found
    habit: Habit
    burden: Burden

    @property
    def cores(self) -> int:
        return self.workers + self.servers

    @property
    def memory_gb(self) -> float:
        b = self.burden
        whole = self.workers * b.worker_mb + self.servers * b.server_mb + self.learners * b.session_mb
        return whole / 1024

    @property
    def turns(self) -> float:
        """Per second."""
        return self.learners / (self.habit.turn_s + self.habit.pause_s)

    def cells(self) -> list[str]:
        b, found = self.burden, self.found
        return [
            f"{self.learners:,}",
            str(self.workers),
            str(self.servers),
            str(self.cores),
            f"{self.memory_gb:.1f} GB",
            f"{self.learners * b.up_kbit / 1000:,.0f} / {self.learners * b.down_kbit / 1000:,.0f}",
            f"{self.turns * b.turn_statements:,.0f}",
            f"{self.turns * b.turn_events:,.0f}",
            f"{percentile(found.finals, 50):.2f} / {found.final_p95:.2f} s",
            f"{percentile(found.gaps, 50):.2f} s",
            f"{found.busy:.0%}",
        ]


HEADS = (
    "learners at once",
    "workers",
    "servers",
    "cores",
    "memory",
    "Mbit/s in / out",
    "statements/s",
    "events/s",
    "final p50 / p95",
    "between partials",
    "workers busy",
)

GROWTH_HEADS = ("learners on one worker", "busy", "wait p95", "between partials", "final p50 / p95")


def served_well(found: Found) -> bool:
    """Whether captions are as they should be."""
    return found.final_p95 <= _FINAL_S and percentile(found.gaps, 50) <= _GAP_S


def row(learners: int, costs: Costs, habit: Habit, burden: Burden) -> Row:
    """The fewest workers that serve them well, on one machine or on machines that are alike."""
    most = model.most_learners(NODE_WORKERS, costs, habit, served_well)
    nodes = ceil(learners / most)
    workers = NODE_WORKERS if nodes > 1 else _fewest(learners, costs, habit)
    each = ceil(learners / nodes)  # nodes do not share workers, so one of them stands for all
    found = model.simulate(Site(1, workers), each, costs, habit)
    servers = nodes * max(1, ceil(each * burden.loop_share / _BUSY))
    return Row(learners, nodes * workers, servers, found, habit, burden)


def _fewest(learners: int, costs: Costs, habit: Habit) -> int:
    for workers in range(1, NODE_WORKERS):
        if served_well(model.simulate(Site(1, workers), learners, costs, habit)):
            return workers
    return NODE_WORKERS


def table(rows: list[list[str]], heads: tuple[str, ...]) -> str:
    """In Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def growth(costs: Costs, habit: Habit, workers: int, steps: list[int]) -> list[list[str]]:
    """What happens to one node as more and more come."""
    found = [(count, model.simulate(Site(1, workers), count, costs, habit)) for count in steps]
    return [
        [
            str(count),
            f"{one.busy:.0%}",
            f"{percentile(one.waits, 95):.2f} s",
            f"{percentile(one.gaps, 50):.2f} s",
            f"{percentile(one.finals, 50):.2f} / {one.final_p95:.2f} s",
        ]
        for count, one in found
    ]


def check(options: argparse.Namespace, say: Callable[[str], None] = print) -> int:
    """A real run beside the same simulated. 0 when they agree."""
    folder = Path(options.model)
    costs = real.calibrate(folder, options.seconds)
    say(f"costs of a pass here: {costs}")
    place = Site(options.nodes, options.workers, max(1, min(options.nodes * options.workers, os.cpu_count() or 1)))
    measured = real.run(place, folder, options.talkers, options.seconds)
    apart = []
    for count, seen in measured.items():
        told = model.simulate(place, count, costs, real.habit())
        gaps = [one for one in told.gaps if one < real.LONGEST_GAP_S]
        apart.append(told.final_p95 / seen.final_p95 - 1 if seen.finals else float("inf"))
        say(
            f"{count:4} talkers: final p50 / p95 {percentile(seen.finals, 50):.2f} / {seen.final_p95:.2f} s measured, "
            f"{percentile(told.finals, 50):.2f} / {told.final_p95:.2f} s simulated ({apart[-1]:+.0%}); between "
            f"partials {percentile(seen.gaps, 50):.2f} and {percentile(gaps, 50):.2f} s; {len(seen.finals)} finals"
        )
    return 0 if all(abs(one) <= _TOLERANCE for one in apart) else 1


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench scale", description=__doc__)
    parser.add_argument("--learners", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--calibrate", action="store_true", help="measure the costs of --model here first")
    parser.add_argument("--check", action="store_true", help="compare with a real run")
    parser.add_argument("--model", default=str(fleet.MODEL), help="a folder with a Whisper model")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--workers", type=int, default=1, help="recognition processes of each node")
    parser.add_argument("--talkers", type=int, nargs="+", default=[3, 6, 9, 12])
    parser.add_argument("--seconds", type=float, default=30.0, help="how long each talks")
    options = parser.parse_args(argv)
    if options.check:
        return check(options)
    costs = real.calibrate(Path(options.model), options.seconds) if options.calibrate else BASE
    habit = Habit()
    print(f"{costs}\n{habit}\n")
    print(table([row(count, costs, habit, BURDEN).cells() for count in options.learners], HEADS))
    print("\n" + table(growth(costs, habit, 1, [1, 2, 4, 8, 12, 16, 24, 32, 48]), GROWTH_HEADS))
    return 0
