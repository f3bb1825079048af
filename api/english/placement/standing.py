"""What a finished placement means: reasons for the learner, and the start of the proficiency index. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.english.catalog.frame import LEVELS, Level
from api.english.xpi import formula as xpi
from language.placement import adaptive
from language.placement.adaptive import Answer, Found
from language.placement.items import Skill

_WELL = 0.5
_APART = 0.35
# A skill that was not asked is taken to be at the learner's level, with little weight.
_UNASKED_CONFIDENCE = 0.25
_MOST_CONFIDENCE = 0.9


@dataclass(frozen=True)
class Reason:
    """Of one skill. `difference` is to the learner's level, in levels."""

    skill: Skill
    level: Level
    confidence: float
    questions: int
    right: int
    hardest: Level | None
    difference: float

    def sentence(self) -> str:
        """The reason, for the learner."""
        hardest = f", the hardest at {self.hardest}" if self.hardest else ""
        if self.difference <= -_APART:
            beside = " This is weaker than the rest."
        elif self.difference >= _APART:
            beside = " This is stronger than the rest."
        else:
            beside = ""
        return f"{self.right} of {self.questions} answered well{hardest}.{beside}"


def reasons(found: Found, answers: Sequence[Answer]) -> list[Reason]:
    """Why a skill got its level: what was right and what was too hard."""
    made = []
    for skill, estimate in found.skills.items():
        own = [one for one in answers if one.item.skill == skill]
        well = [one.item.difficulty for one in own if one.share >= _WELL]
        made.append(
            Reason(
                skill,
                level(estimate.level),
                round(estimate.confidence, 3),
                len(own),
                len(well),
                level(max(well)) if well else None,
                estimate.level - found.overall.level,
            )
        )
    return made


def sentence(found: Found, answers: Sequence[Answer]) -> str:
    """Why this level: the share answered well up to it, and above it."""
    limit = LEVELS.index(level(found.overall.level)) + 1
    parts = []
    for name, group in (
        (f"up to {found.cefr}", [one for one in answers if one.item.difficulty < limit]),
        (f"above {found.cefr}", [one for one in answers if one.item.difficulty >= limit]),
    ):
        if group:
            parts.append(f"{sum(one.share >= _WELL for one in group)} of {len(group)} questions {name}")
    return f"You answered {' and '.join(parts)} well."


def evidence(found: Found) -> list[tuple[str, Level, float, float]]:
    """(skill, level, place in it from 0 to 100, weight) for each skill of the index.

    The mean over the skills is the learner's level, and the weights give the confidence of each: the index has
    c = w / (w + 6).
    """
    spots = {name: found.skills.get(name) for name in ("reading", "writing", "listening", "speaking")}
    shown = {name: one.level if one else found.overall.level for name, one in spots.items()}
    shift = found.overall.level - sum(shown.values()) / len(shown)
    made = []
    for name, estimate in spots.items():
        place = max(0.0, min(4.99, shown[name] + shift))
        confidence = min(_MOST_CONFIDENCE, estimate.confidence) if estimate else _UNASKED_CONFIDENCE
        weight = xpi.HALF_CONFIDENT * confidence / (1 - confidence)
        made.append((name, level(place), round(100 * (place - int(place)), 3), round(weight, 3)))
    return made


def level(place: float) -> Level:
    """The CEFR level of a place on the scale."""
    return next(one for one in LEVELS if one == adaptive.cefr(place))
