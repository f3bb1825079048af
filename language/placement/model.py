"""Item response theory: what an answer says about a learner's level, and how sure the level is. Pure.

The scale counts CEFR levels: 0 is the beginning of A1, 1 of A2, and so on; C1 ends at 5.

- Response: the four-parameter logistic model, P(θ) = c + (d − c) / (1 + exp(−a (θ − b))), with the difficulty b, the
  chance c to guess, and 1 − d to slip (A. Birnbaum in F. Lord, M. Novick, "Statistical Theories of Mental Test Scores",
  1968; M. Barton, F. Lord, "An upper asymptote for the three-parameter logistic item-response model", ETS RR-81-20).
- Slope a: one level is about two logits wide on the scale on which the CEFR's descriptors were calibrated (B. North,
  "The Development of a Common Framework Scale of Language Proficiency", 2000: A2 begins at −3.23, B1 at −1.23, B2 at
  0.72, C1 at 2.80). Marks of writing and speech tell levels apart less well.
- Graded answers (writing, speech) enter with the share s of what was asked as w (s ln P + (1 − s) ln (1 − P)), the
  quasi-likelihood of L. Papke, J. Wooldridge, "Econometric methods for fractional response variables", Journal of
  Applied Econometrics 11 (1996); a text has several criteria and weighs two questions.
- Estimate: expected a posteriori with its standard deviation, on a grid (R. Bock, R. Mislevy, "Adaptive EAP estimation
  of ability in a microcomputer environment", Applied Psychological Measurement 6, 1982).
- Information of an item: P′² / (P (1 − P)).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log, sqrt

from language.placement.items import Item, Kind

LOWEST, HIGHEST = 0.0, 5.0
STEP = 0.1
GRID = tuple(round(-0.5 + STEP * at, 1) for at in range(61))
HALF_A_LEVEL = 0.5
PRIOR_MEAN, PRIOR_SPREAD = 2.2, 1.7
# How far the skills of one learner usually lie from their level.
SKILL_SPREAD = 0.5
_SLOPES: dict[Kind, float] = {"choice": 2.0, "gap": 2.0, "writing": 1.6, "reading_aloud": 1.4}
_WEIGHTS: dict[Kind, float] = {"choice": 1.0, "gap": 1.0, "writing": 2.0, "reading_aloud": 1.0}
_GUESS_A_GAP = 0.02
_SLIP = 0.03


@dataclass(frozen=True)
class Estimate:
    """`level` on the scale, its standard deviation, and the probability that the truth is within half a level."""

    level: float
    deviation: float
    confidence: float


def guess(item: Item) -> float:
    """The chance to be right without knowing."""
    if item.kind == "choice":
        return 1 / (1 + len(item.wrong))
    return _GUESS_A_GAP if item.kind == "gap" else 0.0


def slope(item: Item) -> float:
    """How sharply the item tells levels apart."""
    return _SLOPES[item.kind]


def probability(item: Item, level: float) -> float:
    """To be right, or the share expected of a graded answer."""
    low, high = guess(item), 1 - _SLIP
    return low + (high - low) / (1 + exp(-slope(item) * (level - item.difficulty)))


def information(item: Item, level: float) -> float:
    """What the answer of a learner of that level would say about it."""
    low, high = guess(item), 1 - _SLIP
    at = 1 / (1 + exp(-slope(item) * (level - item.difficulty)))
    chance = low + (high - low) * at
    steep = slope(item) * (high - low) * at * (1 - at)
    return steep * steep / (chance * (1 - chance))


def estimate(answers: Iterable[tuple[Item, float]], mean: float = PRIOR_MEAN, spread: float = PRIOR_SPREAD) -> Estimate:
    """From the shares (0 to 1) that were right, in any order, and a normal prior."""
    logs = [-((level - mean) ** 2) / (2 * spread * spread) for level in GRID]
    for item, share in answers:
        right, wrong = _curves(item)
        good, bad = _WEIGHTS[item.kind] * share, _WEIGHTS[item.kind] * (1 - share)
        logs = [old + good * yes + bad * no for old, yes, no in zip(logs, right, wrong, strict=True)]
    top = max(logs)
    weights = [exp(one - top) for one in logs]
    total = sum(weights)
    level = sum(weight * at for weight, at in zip(weights, GRID, strict=True)) / total
    variance = sum(weight * (at - level) ** 2 for weight, at in zip(weights, GRID, strict=True)) / total
    near = sum(weight for weight, at in zip(weights, GRID, strict=True) if abs(at - level) <= HALF_A_LEVEL)
    return Estimate(level, sqrt(variance), near / total)


@lru_cache(maxsize=1024)
def _curves(item: Item) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The logarithms of P and of 1 − P on the grid."""
    chances = [probability(item, level) for level in GRID]
    return tuple(log(one) for one in chances), tuple(log(1 - one) for one in chances)
