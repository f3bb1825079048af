"""The day's quests: three small aims, chosen from what the learner is weak at.

The choice depends on nothing but the learner, the date and the weak points at that moment; the first look of the day
stores it, so that a quest does not change during the day.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

T = TypeVar("T")

GOOD_PHONEME = 70.0
XP_LOW, XP_HIGH = 30, 150
SKILLS = ("reading", "writing", "listening", "speaking")
TALK_KINDS = ("conversation", "live")


@dataclass(frozen=True)
class WeakPhoneme:
    """A sound that a quest can be about."""

    phoneme: str
    ipa: str
    mean: float


@dataclass(frozen=True)
class WeakPoints:
    """What to practise: phonemes and skills, weakest first, and the XP of a usual active day."""

    phonemes: Sequence[WeakPhoneme] = ()
    skills: Sequence[str] = ()
    usual_xp: int = 0


@dataclass(frozen=True)
class Quest:
    """`metric` says what is counted: xp, minutes, talk, tasks, tasks.<skill> or phoneme.<ARPAbet>."""

    id: str
    metric: str
    title: str
    description: str
    target: int
    xp_reward: int


@dataclass(frozen=True)
class Counters:
    """What was done on the day, quest rewards left out."""

    xp: int = 0
    seconds: Mapping[str, int] = field(default_factory=dict)
    grants: Mapping[str, int] = field(default_factory=dict)
    phonemes: Mapping[str, int] = field(default_factory=dict)


def choose(learner: str, day: date, weak: WeakPoints) -> tuple[Quest, ...]:
    """Three quests: an effort, a sound (or time, without any scored speech) and a skill."""
    draw = _Draw(f"{learner}:{day.isoformat()}")
    effort = _effort(draw, weak)
    return effort, _sound(draw, weak, effort), _skill(draw, weak)


def progress(quest: Quest, done: Counters) -> int:
    """How much of the quest is done, no more than its target."""
    return min(quest.target, _count(quest.metric, done))


def _count(metric: str, done: Counters) -> int:
    name, _, detail = metric.partition(".")
    if name == "xp":
        return done.xp
    if name == "minutes":
        return sum(done.seconds.values()) // 60
    if name == "talk":
        return sum(done.seconds.get(kind, 0) for kind in TALK_KINDS) // 60
    if name == "phoneme":
        return done.phonemes.get(detail, 0)
    wanted = f"task.{detail}" if detail else "task"
    return sum(count for kind, count in done.grants.items() if kind == wanted or kind.startswith(wanted + "."))


def _effort(draw: "_Draw", weak: WeakPoints) -> Quest:
    kind = draw.pick(("xp", "minutes", "talk"))
    if kind == "xp":
        target = max(XP_LOW, min(XP_HIGH, weak.usual_xp // 10 * 10))
        return Quest(
            "effort:xp", "xp", f"Earn {target} XP", "Anything you learn today counts.", target, max(10, target // 5)
        )
    if kind == "minutes":
        target = draw.pick((10, 15, 20))
        return _minutes(target)
    target = draw.pick((3, 5, 8))
    return Quest(
        "effort:talk",
        "talk",
        f"Talk for {target} minutes",
        "Conversations, by voice or in writing, and live sessions count, reading aloud in one too; lessons do not.",
        target,
        10 + target,
    )


def _minutes(target: int) -> Quest:
    return Quest(
        "effort:minutes",
        "minutes",
        f"Learn for {target} minutes",
        "Lessons, conversations and live sessions all count.",
        target,
        target,
    )


def _sound(draw: "_Draw", weak: WeakPoints, effort: Quest) -> Quest:
    if not weak.phonemes:
        other = _minutes(5)
        if effort.id != other.id:
            return other
        return Quest("effort:tasks", "tasks", "Pass 3 tasks", "Tasks of any module and skill count.", 3, 15)
    weakest = draw.pick(tuple(weak.phonemes[:3]))
    target = 10
    return Quest(
        f"sound:{weakest.phoneme}",
        f"phoneme.{weakest.phoneme}",
        f"Say /{weakest.ipa}/ well {target} times",
        f"Your recent average for this sound is {round(weakest.mean)} of 100; {round(GOOD_PHONEME)} or more counts.",
        target,
        20,
    )


def _skill(draw: "_Draw", weak: WeakPoints) -> Quest:
    skill = weak.skills[0] if weak.skills else draw.pick(SKILLS)
    return Quest(
        f"skill:{skill}",
        f"tasks.{skill}",
        f"Pass 2 {skill} tasks",
        f"Practise {skill}, the skill that needs it most." if weak.skills else f"Practise {skill} today.",
        2,
        20,
    )


class _Draw:
    """A chain of choices that the same seed always makes alike, on every machine and Python."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._drawn = 0

    def pick(self, options: Sequence[T]) -> T:
        digest = hashlib.sha256(f"{self._seed}:{self._drawn}".encode()).digest()
        self._drawn += 1
        return options[int.from_bytes(digest[:8], "big") % len(options)]
