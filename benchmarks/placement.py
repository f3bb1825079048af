"""How well the placement finds known levels: `run.py bench placement [--learners 2000] [--seed 1]`.

Simulated learners, spread evenly from the beginning of A1 to the end of C1, guess and slip. Each line tells how many
are placed within half a CEFR level, how many in their own band or a neighbour, the mean error, the bias, and the
questions it took. In other lines the truth differs from what the engine believes: difficulties are off by a normal
error, learners slip three times as often, items tell levels apart less well, or a learner's skills lie apart. An
uncalibrated bank is as good as the lines with noise, not as the first.
"""

import argparse
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from language.levels import LEVELS
from language.placement import adaptive, model
from language.placement.adaptive import Answer, Attempt, Found
from language.placement.items import SKILLS, Item, Skill, bank

LEARNERS = 2000
_SLIP = 0.03
# A graded answer is simulated as the mean of so many criteria, each met or not.
_CRITERIA = 2


@dataclass(frozen=True)
class World:
    """How the truth differs from what the engine believes. Noise and spread are in CEFR levels."""

    name: str
    noise: float = 0.0
    slip: float = _SLIP
    steepness: float = 1.0
    spread: float = 0.0
    without: tuple[Skill, ...] = ()


WORLDS = (
    World("as the engine believes"),
    World("difficulties off by 0.25", noise=0.25),
    World("difficulties off by 0.5", noise=0.5),
    World("slips three times as often", slip=3 * _SLIP),
    World("items a quarter less steep", steepness=0.75),
    World("skills apart by 0.4", spread=0.4),
    World("no microphone", without=("speaking",)),
    World("0.25 off, slips doubled, skills apart by 0.3", noise=0.25, slip=2 * _SLIP, spread=0.3),
)


@dataclass(frozen=True)
class Placed:
    truth: float
    found: Found
    answers: Sequence[Answer]

    @property
    def error(self) -> float:
        return self.found.overall.level - self.truth

    @property
    def is_near(self) -> bool:
        return abs(self.error) <= model.HALF_A_LEVEL

    @property
    def is_neighbour(self) -> bool:
        return abs(LEVELS.index(self.found.cefr) - LEVELS.index(adaptive.cefr(self.truth))) <= 1


def simulate(world: World, learners: int = LEARNERS, seed: int = 1) -> list[Placed]:
    dice = random.Random(f"{seed}/{world.name}")
    shifts = {id_: dice.gauss(0, world.noise) for id_ in bank()}
    return [_learner(world, dice, shifts, model.HIGHEST * (n + 0.5) / learners, n) for n in range(learners)]


def _learner(world: World, dice: random.Random, shifts: dict[str, float], truth: float, number: int) -> Placed:
    apart = {skill: dice.gauss(0, world.spread) for skill in SKILLS}
    attempt = Attempt(str(number), without=world.without)
    answers: list[Answer] = []
    while (item := adaptive.following(attempt, answers)) is not None:
        chance = _chance(world, item, truth + apart[item.skill] - shifts[item.id])
        tries = 1 if item.kind in ("choice", "gap") else _CRITERIA
        answers.append(Answer(item, sum(dice.random() < chance for _ in range(tries)) / tries))
    return Placed(truth, adaptive.found(answers), answers)


def _chance(world: World, item: Item, level: float) -> float:
    low = model.guess(item)
    steep = model.slope(item) * world.steepness
    return low + (1 - world.slip - low) / (1 + exp(-steep * (level - item.difficulty)))


def within(placed: Sequence[Placed]) -> float:
    """The share placed within half a level."""
    return sum(one.is_near for one in placed) / len(placed)


def main(rest: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench placement", description=__doc__)
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(rest)
    print(f"{asked.learners} learners from A1 to C1, {len(bank())} items")
    print(f"{'':46}{'±½ level':>9}{'±1 band':>9}{'error':>7}{'bias':>7}{'items: mean':>13}{'most':>6}")
    for world in WORLDS:
        placed = simulate(world, asked.learners, asked.seed)
        counts = [len(one.answers) for one in placed]
        errors = [one.error for one in placed]
        neighbours = sum(one.is_neighbour for one in placed) / len(placed)
        mean = statistics.fmean(abs(one) for one in errors)
        print(
            f"{world.name:46}{within(placed):>9.1%}{neighbours:>9.1%}{mean:>7.2f}{statistics.fmean(errors):>+7.2f}"
            f"{statistics.fmean(counts):>13.1f}{max(counts):>6}"
        )
    return 0
