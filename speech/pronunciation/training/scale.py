"""Fits the scale: how what the networks give becomes points.

The phones' curve and the weight of a phone in its word are set by hand (below, with their reasons). The sentence curves
are those that agree best with the experts, among the rising ones under which

- the accuracy of NEAR of the utterances is within 8 points of the mean of its words, so that the words explain it, and
- native readers get what they should (NATIVE).

`judged` are utterances of speakers whom neither the phone scorer nor the sentence model has heard.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation.scale import Curve, word

Floats = NDArray[np.float64]
PHONE = Curve((0, 1.1, 1.6, 1.75, 1.86, 1.93, 1.97, 2), (0, 60, 80, 87, 93, 97, 99.2, 100))
"""Straight in the experts' scores (0 to 2) as far as these can be told from the networks', except that the upper end
opens up: half of the sounds of native readers have 1.984 and more. 1.1 is from where a sound is called wrong."""
WORD = 2.0
"""The experts call a word of which a third is wrong "hard to understand"; without it (1.0) it would keep 67 points."""
KNOTS = (0.0, 3.0, 4.0, 5.0, 6.0, 7.0, 7.5, 8.0, 8.5, 9.0, 10.0)
FIRST = (0.0, 50.0, 60.0, 68.0, 78.0, 87.0, 91.0, 94.5, 98.0, 99.5, 100.0)
"""Experts' 4 of 10, "poor", is where a listener has to work; what native readers get begins at 8."""
NATIVE = ((5, 94.0), (50, 99.0))
"""Percentiles of native readers, and the points they have at least."""
NEAR, WITHIN = 0.93, 8.0
TRIES, STEP = 4000, 0.15
"""Least rise from knot to knot, so that ranks stay."""


@dataclass(frozen=True)
class Judged:
    """An utterance as the networks see it: phone scores (0 to 2), their words, sentence scores (0 to 10) by aspect; the
    experts' sentence scores, None for a native reader."""

    speaker: str
    score: Floats
    word: NDArray[np.int64]
    raw: dict[str, float]
    expert: dict[str, float] | None


def fit(learners: Sequence[Judged], natives: Sequence[Judged], seed: int = 0) -> dict[str, Curve]:
    """The curves `accuracy`, `fluency` and `prosody`."""
    mean = np.array([word_means(one).mean() for one in learners])
    curves = {}
    for name, aspect in (("accuracy", "accuracy"), ("fluency", "fluency"), ("prosody", "prosodic")):
        x = np.array([one.raw[aspect] for one in learners])
        y = np.array([float((one.expert or {})[aspect]) for one in learners])
        least = [(float(np.percentile([n.raw[aspect] for n in natives], p)), points) for p, points in NATIVE]
        curves[name] = _search(x, y, least, mean if name == "accuracy" else None, np.random.default_rng(seed))
    return curves


def word_means(one: Judged) -> Floats:
    """Points of its words."""
    points = np.array([PHONE(v) for v in one.score])
    return np.array([word(points[one.word == k].tolist(), WORD) for k in range(int(one.word[-1]) + 1)])


def _search(
    x: Floats, y: Floats, least: list[tuple[float, float]], near: Floats | None, rng: np.random.Generator
) -> Curve:
    """Small steps at random from FIRST, each kept when it is better."""
    best, found = -np.inf, np.array(FIRST)
    for _ in range(TRIES):
        moved = rng.normal(size=len(KNOTS)) * rng.choice([0.5, 1.5, 4.0]) * (rng.random(len(KNOTS)) < 0.4)
        tried = np.clip(found + moved, 0, 100)
        tried[0], tried[-1] = 0, 100
        if (np.diff(tried) < STEP).any():
            continue
        points = np.interp(x, KNOTS, tried)
        value = float(np.corrcoef(points, y)[0, 1])
        value -= sum(max(0.0, p - float(np.interp(at, KNOTS, tried))) for at, p in least)
        if near is not None:
            value -= 5 * max(0.0, NEAR - float((np.abs(points - near) <= WITHIN).mean()))
        if value > best:
            best, found = value, tried
    return Curve(KNOTS, tuple(round(float(v), 2) for v in found))


def write(path: Path, curves: dict[str, Curve]) -> None:
    """As scale.Scale.load reads it."""
    body = {"word": WORD} | {name: {"x": c.x, "y": c.y} for name, c in {"phone": PHONE, **curves}.items()}
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
