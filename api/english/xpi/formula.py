"""XPI, the proficiency index (0–1000): what a learner can do in English, estimated from scored work.

Formula `xpi-2`
- Every piece of evidence is a score s on work of a CEFR level whose band begins at b: 1 for all of it, 0 for nothing
  and for what chance gives on average, less for what is below chance. The score expected of ability θ is linear,
  E = clamp(1/2 + (θ − b)/300, 0, 1): half of it right at the lower edge of the band, all of it right one band higher.
- The ability in a skill moves by θ += 300 · (w / W) · (s − E), where w is the weight of the evidence and W the weight
  of all evidence so far, this included. Work that is far too easy or far too hard therefore moves nothing when it ends
  as expected.
- W fades with a half-life of 60 days and is never more than 12, so that new work always counts; it begins at 2, the
  weight of the starting point (θ = 100, the lower edge of A1).
- A placement says where the learner stands: its evidence takes the place of the starting point. The ability becomes
  the mean of what it found and of the evidence before, each with its weight, the placement's at most 6, so that a
  learner who was placed wrongly soon moves.
- XPI is the mean of the skills that have evidence, each as heavy as n / (n + 4) for its n samples.
- Confidence is the mean over the four skills of W' / (W' + 6), W' being the evidence still fresh at that moment.

A guess among k options earns c = 1/k on average, however hard the work is. As in the three-parameter model of item
response the share expected right is c + (1 − c)·E with that floor; (share − c)/(1 − c), the correction for guessing, is
then E on average, so it is what the evidence counts, question by question (`Graded.known`). Guessing in work that is
far too hard moves nothing on average, as leaving it out does.

Source: the Elo rating with a linear expectation (K. Harkness, Official Chess Handbook, 1967), with the step shrinking
as evidence grows as in R. Pelánek, "Applications of the Elo rating system in adaptive educational systems", Computers &
Education 98 (2016); the floor from A. Birnbaum in Lord and Novick, Statistical Theories of Mental Test Scores (1968).

The same evidence in the same order gives the same bits on every machine: only + − × ÷ of IEEE doubles are used, and the
decay is a product of constants over whole hours, since the power function differs between C libraries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

VERSION = "xpi-2"
SKILLS = ("reading", "writing", "listening", "speaking")
BANDS = {"A1": 100.0, "A2": 250.0, "B1": 400.0, "B2": 550.0, "C1": 700.0, "C2": 850.0}
START = 100.0
SPAN = 300.0
BAND = 150.0
PRIOR_WEIGHT = 2.0
MAX_WEIGHT = 12.0
HOUR_DECAY = 0.9995187636226662  # 2 to the power of -1/(60·24)
HALF_CONFIDENT = 6.0
HALF_HEARD = 4.0


@dataclass(frozen=True)
class Evidence:
    """One scored piece of work at a CEFR level; weight 1 is a usual task. Its score is −100 to 100, without what
    guessing earns.

    When `placed`, the score says where in the level's band a placement found the learner: 0 its beginning, 100 its end.
    """

    skill: str
    level: str
    score: float
    at: datetime
    weight: float = 1.0
    placed: bool = False


@dataclass(frozen=True)
class SkillState:
    """Ability (0–1000), faded weight of everything behind it, faded weight of the evidence alone."""

    ability: float = START
    weight: float = PRIOR_WEIGHT
    fresh: float = 0.0
    samples: int = 0
    last_at: datetime | None = None


State = Mapping[str, SkillState]


@dataclass(frozen=True)
class Standing:
    """The index, its skills (0 to 1000), and how sure it is (0 to 1)."""

    xpi: int
    cefr_level: str
    skills: dict[str, int]
    samples: int
    confidence: float
    formula_version: str = VERSION


def update(state: State, evidence: Evidence) -> dict[str, SkillState]:
    """The state after one more piece of evidence. ValueError for an unknown skill or level, or a weight that is not
    above 0."""
    if evidence.skill not in SKILLS or evidence.level not in BANDS or not evidence.weight > 0:
        raise ValueError(f"no such evidence: {evidence.skill}, {evidence.level}, weight {evidence.weight}")
    old = state.get(evidence.skill, SkillState())
    kept = _decay(old.last_at, evidence.at)
    if evidence.placed:
        return {**state, evidence.skill: _placed(old, kept, evidence)}
    weight = min(MAX_WEIGHT, old.weight * kept + evidence.weight)
    score = _clamp(evidence.score / 100.0, -1.0, 1.0)
    surprise = score - expected(old.ability, evidence.level)
    new = SkillState(
        ability=_clamp(old.ability + SPAN * min(1.0, evidence.weight / weight) * surprise, 0.0, 1000.0),
        weight=weight,
        fresh=old.fresh * kept + evidence.weight,
        samples=old.samples + 1,
        last_at=evidence.at if old.last_at is None else max(old.last_at, evidence.at),
    )
    return {**state, evidence.skill: new}


def _placed(old: SkillState, kept: float, evidence: Evidence) -> SkillState:
    known = min(old.weight, old.fresh) * kept
    own = min(evidence.weight, HALF_CONFIDENT)
    found = BANDS[evidence.level] + BAND * _clamp(evidence.score / 100.0, 0.0, 1.0)
    return SkillState(
        ability=(known * old.ability + own * found) / (known + own),
        weight=min(MAX_WEIGHT, known + own),
        fresh=old.fresh * kept + evidence.weight,
        samples=old.samples + 1,
        last_at=evidence.at if old.last_at is None else max(old.last_at, evidence.at),
    )


def replay(ledger: Iterable[Evidence]) -> dict[str, SkillState]:
    """The state that the whole ledger, in its order, leads to."""
    state: dict[str, SkillState] = {}
    for evidence in ledger:
        state = update(state, evidence)
    return state


def expected(ability: float, level: str) -> float:
    """The share of work of that level which a learner of that ability gets right."""
    return _clamp(0.5 + (ability - BANDS[level]) / SPAN, 0.0, 1.0)


def overall(state: State) -> int:
    """The index; the starting point while there is no evidence."""
    heard = [(one.ability, one.samples / (one.samples + HALF_HEARD)) for one in _ordered(state) if one.samples]
    total = sum(weight for _, weight in heard)
    return round_half_up(sum(ability * weight for ability, weight in heard) / total) if heard else int(START)


def standing(state: State, at: datetime) -> Standing:
    """Everything that the learner is shown, at that moment."""
    skills = {name: round_half_up(state.get(name, SkillState()).ability) for name in SKILLS}
    shares = [_confidence(state.get(name, SkillState()), at) for name in SKILLS]
    xpi = overall(state)
    samples = sum(one.samples for one in _ordered(state))
    return Standing(xpi, cefr_level(xpi), skills, samples, round(sum(shares) / len(SKILLS), 3))


def cefr_level(xpi: float) -> str:
    """The band a value lies in; below A1 is A1 too, the lowest there is."""
    return max((level for level in BANDS if BANDS[level] <= xpi), default="A1")


def weakest(state: State) -> list[str]:
    """The skills with evidence that lag behind, the one furthest behind first.

    A skill lags when another one with evidence is shown as higher, and no skill without evidence as lower: those are
    shown at the starting point. So with one skill known, or all alike, none does.
    """
    known = sorted((state[name].ability, name) for name in SKILLS if name in state and state[name].samples)
    shown = {name: round_half_up(ability) for ability, name in known}
    highest = max(shown.values(), default=0)
    limit = highest if len(known) == len(SKILLS) else min(highest, int(START) + 1)
    return [name for name, value in shown.items() if value < limit]


def round_half_up(value: float) -> int:
    """Round as people do: 0.5 goes up."""
    return int(value + 0.5)


def _confidence(one: SkillState, at: datetime) -> float:
    fresh = one.fresh * _decay(one.last_at, at)
    return fresh / (fresh + HALF_CONFIDENT)


def _decay(since: datetime | None, at: datetime) -> float:
    if since is None or at <= since:
        return 1.0
    hours = int((at - since).total_seconds()) // 3600
    result, square = 1.0, HOUR_DECAY
    while hours:
        if hours & 1:
            result *= square
        square *= square
        hours >>= 1
    return result


def _ordered(state: State) -> list[SkillState]:
    return [state[name] for name in SKILLS if name in state]


def _clamp(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
