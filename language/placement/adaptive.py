"""The way through a placement: which question comes next, when it ends, and what it found. Pure.

The same answers to the same attempt give the same questions and the same result on every node.

- Next: the skill that lags furthest behind its share, then the item that says most at the present estimate
  (G. Kingsbury, A. Zara, "Procedures for selecting items for computerized adaptive tests", Applied Measurement in
  Education 2, 1989).
  One of the best three is taken by the number of the attempt, so that another attempt has other questions.
- End: when the estimate is sure enough and every skill was asked, at the latest after 25 questions.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from language.levels import LEVELS
from language.placement import model
from language.placement.items import SKILLS, Item, Skill, bank
from language.placement.model import Estimate

MOST_ITEMS = 25
FEWEST_ITEMS = 14
SURE_ENOUGH = 0.28
_SHARES: Mapping[Skill, float] = {"use": 0.40, "reading": 0.22, "listening": 0.22, "writing": 0.08, "speaking": 0.08}
_MOST: Mapping[Skill, int] = {"writing": 2, "speaking": 2}
_FEWEST: Mapping[Skill, int] = {"use": 3, "reading": 2, "listening": 2, "writing": 1, "speaking": 1}
_AMONG = 3
_GOOD_ENOUGH = 0.75
# Writing and speech come when the level is roughly known: one text of the right level says more than two of others.
_LATE: Mapping[Skill, int] = {"speaking": 6, "writing": 8}


@dataclass(frozen=True)
class Answer:
    """`share` is what was right of it, 0 to 1."""

    item: Item
    share: float


@dataclass(frozen=True)
class Attempt:
    """`key` makes attempts differ; `seen` are ids of items of earlier attempts; `without` are skills left out."""

    key: str
    seen: Collection[str] = ()
    without: Collection[Skill] = ()


@dataclass(frozen=True)
class Found:
    """What a placement found. `skills` has those that were asked; `cefr` is A1 to C1."""

    cefr: str
    overall: Estimate
    skills: Mapping[Skill, Estimate]
    asked: Mapping[Skill, int]


def following(attempt: Attempt, answers: Sequence[Answer]) -> Item | None:
    """The next question; None at the end."""
    standing = overall(answers)
    if len(answers) >= MOST_ITEMS or (_enough(attempt, answers) and standing.deviation <= SURE_ENOUGH):
        return None
    asked = {one.item.id for one in answers}
    for skill in _by_need(attempt, answers):
        left = [item for item in bank().values() if item.skill == skill and item.id not in asked]
        if left:
            return _pick(attempt, left, standing.level, len(answers))
    return None


def overall(answers: Sequence[Answer]) -> Estimate:
    """The learner's level from all answers."""
    return model.estimate([(one.item, one.share) for one in answers])


def found(answers: Sequence[Answer]) -> Found:
    """A skill's own answers move it away from the learner's level, as far as they are enough for that."""
    whole = overall(answers)
    skills: dict[Skill, Estimate] = {}
    for skill in SKILLS:
        own = [(one.item, one.share) for one in answers if one.item.skill == skill]
        if own:
            skills[skill] = model.estimate(own, whole.level, model.SKILL_SPREAD)
    asked = {skill: sum(one.item.skill == skill for one in answers) for skill in skills}
    return Found(cefr(whole.level), whole, skills, asked)


def cefr(level: float) -> str:
    """The CEFR level of a place on the scale, A1 to C1."""
    return LEVELS[max(0, min(4, int(max(level, 0.0))))]


def _enough(attempt: Attempt, answers: Sequence[Answer]) -> bool:
    counts = _counts(answers)
    return len(answers) >= FEWEST_ITEMS and all(
        counts[skill] >= least for skill, least in _FEWEST.items() if skill not in attempt.without
    )


def _by_need(attempt: Attempt, answers: Sequence[Answer]) -> list[Skill]:
    """Skills that may be asked now, the one that lags furthest behind its share first."""
    counts, place = _counts(answers), len(answers)
    usable = [
        skill
        for skill in SKILLS
        if skill not in attempt.without
        and counts[skill] < _MOST.get(skill, MOST_ITEMS)
        and place >= _LATE.get(skill, 0)
    ]
    return sorted(usable, key=lambda skill: counts[skill] - _SHARES[skill] * (place + 1))


def _counts(answers: Sequence[Answer]) -> dict[Skill, int]:
    return {skill: sum(one.item.skill == skill for one in answers) for skill in SKILLS}


def _pick(attempt: Attempt, items: Sequence[Item], level: float, place: int) -> Item:
    """Items of earlier attempts come after all others that say at least half as much."""
    worth = {
        one.id: round(model.information(one, level) * (0.5 if one.id in attempt.seen else 1.0), 6) for one in items
    }
    ranked = sorted(items, key=lambda one: (-worth[one.id], one.id))[:_AMONG]
    best = [one for one in ranked if worth[one.id] >= _GOOD_ENOUGH * worth[ranked[0].id]]
    turn = hashlib.sha256(f"{attempt.key}/{place}".encode()).digest()[0]
    return best[turn % len(best)]
