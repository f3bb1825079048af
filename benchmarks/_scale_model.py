"""The model of `run.py bench scale`: learners who speak, passes that cost time of a core, workers that serve the most
urgent. Simulated by SimPy. The ladder, the crowd and the pace are those of `speech`, with their own figures.

Not modelled: networks, disks, a database that is slow, starts and failures.
"""

import math
import random
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

import simpy

from speech.pool.ladder import Ladder, Rung
from speech.pool.pool import COUNT_S, CROWD_S
from speech.pool.usage import Usage
from speech.transcription.policy import Policy

Process = Generator[Any, Any, None]
Window = Callable[[], float]

_POLICY = Policy()
_EARLY_S = 0.2  # of silence, after which the last pass begins
_WARM_S = 60.0
_FINAL, _STABLE, _PARTIAL = 0, 1, 2


@dataclass(frozen=True)
class Line:
    """Seconds of a core for a pass over a window: `base + each * seconds`, spread by `spread` of that."""

    base: float
    each: float
    spread: float = 0.25

    def cost(self, window_s: float, chance: random.Random) -> float:
        """Of one pass."""
        mean = self.base + self.each * window_s
        return max(mean / 4, chance.gauss(mean, self.spread * mean))


@dataclass(frozen=True)
class Costs:
    """Of one model on one machine; `score` None where pronunciation is not wanted."""

    partial: Line
    final: Line
    score: Line | None


@dataclass(frozen=True)
class Habit:
    """How learners speak: turns of a mean length, pauses (also listening) of a mean length, and the silence that ends
    a turn."""

    turn_s: float = 4.5
    turn_spread: float = 0.5  # of the logarithm
    pause_s: float = 8.0
    pause_fixed: bool = False
    patience_s: float = 0.5


@dataclass(frozen=True)
class Site:
    """Nodes that are alike. `cores` are shared by all workers; None: a core for each."""

    nodes: int = 1
    workers: int = 1
    cores: int | None = None


@dataclass
class Found:
    """What came of it, in seconds. `gaps` are between two partials of a turn."""

    finals: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    busy: float = 0.0  # share of the workers' time
    rung: int = 0  # the highest

    @property
    def final_p95(self) -> float:
        """inf without a final."""
        return percentile(self.finals, 95) if self.finals else math.inf


def percentile(values: list[float], percent: float) -> float:
    """The nearest rank; 0 without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


@dataclass(eq=False)
class _Wish:
    kind: int
    speaker: "_Speaker"
    since: float
    served: simpy.Event
    final_from: float  # from then on a last pass is a final

    def urgency(self, now: float) -> tuple[int, float, float]:
        """As in `WorkerPool`."""
        if now >= self.final_from:
            return _FINAL, 0.0, self.since
        return self.kind, self.speaker.used, self.since


class _Node:
    """Workers that take the most urgent wish when they become free."""

    def __init__(self, env: simpy.Environment, workers: int, cores: simpy.Resource) -> None:
        self.env = env
        self.workers = workers
        self.idle = workers
        self._cores = cores
        self._wishes: list[_Wish] = []
        self._usage = Usage()
        self._ladder = Ladder()
        self._crowd = (-math.inf, 1.0)
        self.speakers: list[_Speaker] = []
        self.busy_s = 0.0

    def work(self, kind: int, speaker: "_Speaker", window: Window, line: Line, final_from: float = math.inf) -> Process:
        """Wait for a worker and use it; `window()` is asked at that moment. The speaker's `cost_s` is the pass's."""
        wish = _Wish(kind, speaker, self.env.now, self.env.event(), final_from)
        self._wishes.append(wish)
        self._serve()
        yield wish.served
        began, waited = self.env.now, self.env.now - wish.since
        self._usage.began(wish, began, waited)
        speaker.served_at, speaker.waited_s = began, waited
        cost = line.cost(window(), speaker.chance)
        with self._cores.request() as core:
            yield core
            yield self.env.timeout(cost)
        spent = self._usage.ended(wish, self.env.now)
        speaker.used += spent
        speaker.cost_s = spent
        self.busy_s += spent
        self.idle += 1
        self._serve()

    def _serve(self) -> None:
        while self.idle and self._wishes:
            wish = min(self._wishes, key=lambda one: one.urgency(self.env.now))
            self._wishes.remove(wish)
            self.idle -= 1
            wish.served.succeed()

    def rung(self) -> Rung:
        return self._ladder.update(self.env.now, self._usage.waited_s(self.env.now))

    def crowd(self) -> float:
        """Speakers that were served lately for each worker, at least 1."""
        counted, crowd = self._crowd
        if self.env.now - counted >= COUNT_S:
            lately = self.env.now - CROWD_S
            crowd = max(1.0, sum(one.served_at >= lately for one in self.speakers) / self.workers)
            self._crowd = self.env.now, crowd
        return crowd


class _Speaker:
    def __init__(self, node: _Node, costs: Costs, habit: Habit, chance: random.Random, found: Found) -> None:
        self.node, self.costs, self.habit, self.chance, self._found = node, costs, habit, chance, found
        self.used = self.cost_s = self.waited_s = 0.0
        self.served_at = -math.inf
        self.counts = False

    def live(self) -> Process:
        """Turn after turn."""
        env, habit = self.node.env, self.habit
        yield env.timeout(self.chance.uniform(0, habit.turn_s + habit.pause_s))
        middle = math.log(habit.turn_s) - habit.turn_spread**2 / 2
        while True:
            yield from self._turn(min(60.0, max(0.6, self.chance.lognormvariate(middle, habit.turn_spread))))
            pause = habit.pause_s if habit.pause_fixed else self.chance.expovariate(1 / habit.pause_s)
            yield env.timeout(max(0.0, pause - habit.patience_s))

    def _turn(self, seconds: float) -> Process:
        env = self.node.env
        start, end = env.now, env.now + seconds
        yield from self._partials(start, end)
        yield env.timeout(max(0.0, end + _EARLY_S - env.now))
        over = end + self.habit.patience_s
        yield from self.node.work(_STABLE, self, lambda: _window(seconds), self.costs.final, over)
        self._note(self._found.waits, self.waited_s)
        yield env.timeout(max(0.0, over - env.now))
        self._note(self._found.finals, env.now - end)
        if self.costs.score is not None:
            env.process(self.node.work(_STABLE, self, lambda: seconds, self.costs.score))

    def _partials(self, start: float, end: float) -> Process:
        env, heard_to, shown_at, step = self.node.env, start, None, _POLICY.step_ms / 1000
        while True:
            rung = self.node.rung()
            self._found.rung = max(self._found.rung, 0 if rung.partials and rung.step_factor == 1 else 1)
            if shown_at is not None:
                step = max(_POLICY.step_ms / 1000, self.cost_s / self._share())
            due = max(start + _POLICY.first_ms / 1000, heard_to + step * rung.step_factor)
            if due >= end or not rung.partials:
                return
            yield env.timeout(max(0.0, due - env.now))
            if env.now >= end:
                return
            yield from self.node.work(_PARTIAL, self, lambda: _window(min(env.now, end) - start), self.costs.partial)
            heard_to = min(end, env.now - self.cost_s)
            if shown_at is not None:
                self._note(self._found.gaps, env.now - shown_at)
            shown_at = env.now

    def _share(self) -> float:
        crowd = self.node.crowd()
        return _POLICY.crowd_share / crowd if crowd > 1 else _POLICY.share

    def _note(self, where: list[float], value: float) -> None:
        if self.counts:
            where.append(value)


def _window(seconds: float) -> float:
    """What one pass hears of a turn of this length."""
    return min(seconds, _POLICY.trim_s)


def simulate(site: Site, learners: int, costs: Costs, habit: Habit, *, seconds: float = 180.0, seed: int = 1) -> Found:
    """`learners` are spread over the nodes evenly, as a proxy does that counts connections. The first minute does not
    count."""
    env, found = simpy.Environment(), Found()
    cores = simpy.Resource(env, site.cores or site.nodes * site.workers)
    nodes = [_Node(env, site.workers, cores) for _ in range(site.nodes)]
    for number, chance in zip(range(learners), _chances(seed), strict=False):
        node = nodes[number % site.nodes]
        node.speakers.append(speaker := _Speaker(node, costs, habit, chance, found))
        env.process(speaker.live())
    env.run(until=_WARM_S)
    before = sum(node.busy_s for node in nodes)
    for node in nodes:
        for speaker in node.speakers:
            speaker.counts = True
    env.run(until=_WARM_S + seconds)
    found.busy = (sum(node.busy_s for node in nodes) - before) / (seconds * site.nodes * site.workers)
    return found


def _chances(seed: int) -> Iterator[random.Random]:
    number = 0
    while True:
        yield random.Random(f"{seed} {number}")
        number += 1


def most_learners(workers: int, costs: Costs, habit: Habit, served_well: Callable[[Found], bool]) -> int:
    """How many one node serves well."""

    def carries(learners: int) -> bool:
        return served_well(simulate(Site(1, workers), learners, costs, habit))

    low, high = 0, 2 * workers
    while carries(high):
        low, high = high, 2 * high
    while high - low > max(1, low // 20):
        middle = (low + high) // 2
        low, high = (middle, high) if carries(middle) else (low, middle)
    return low
