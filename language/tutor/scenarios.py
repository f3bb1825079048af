"""Role plays as data (`scenes/*.toml`): the tutor has a part, the learner has goals, and answers choose branches.

A scene has steps. A step has a line for each of three levels (A: up to A2, B: B1, C: from B2), what the learner should
do (`goal`, an imperative), a pattern that a fitting answer matches (`expects`), a hint, and branches: an answer that
matches `when` makes the tutor say `say` and go on to the step `to` (the next one if it names none, no other line if it
names the step itself). A step with `told` is left out when anything the learner said matches it. A scene's `answers`
are for questions that may come at any time, `heard` are words for what was said. The first of its `variants` whose
`when` something that the learner says matches goes on with its own steps after the first one. `{place}`, `{the_place}`
and `{in_place}` are filled from the learner's wish.
"""

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from language import frequency, tokens

BANDS = {"A1": "A", "A2": "A", "B1": "B", "B2": "C", "C1": "C", "C2": "C"}
_FOLDER = Path(__file__).parent / "scenes"


class _BranchRow(TypedDict):
    when: str
    say: str
    to: NotRequired[str]


class _StepRow(TypedDict):
    id: str
    goal: str
    A: str
    B: str
    C: str
    expects: str
    hint: str
    branches: NotRequired[list[_BranchRow]]
    told: NotRequired[str]


class _VariantRow(TypedDict):
    when: str
    advice: str
    steps: list[_StepRow]
    answers: NotRequired[list[_BranchRow]]


class _SceneRow(TypedDict):
    id: str
    title: str
    at: str
    words: str
    place: str
    setting: str
    closing: str
    advice: str
    steps: list[_StepRow]
    answers: NotRequired[list[_BranchRow]]
    heard: NotRequired[list[str]]
    variants: NotRequired[list[_VariantRow]]


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a play goes when the learner says something."""

    when: re.Pattern[str]
    say: str
    to: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a play: what is said, what is expected."""

    id: str
    goal: str
    lines: dict[str, str]
    expects: re.Pattern[str]
    hint: str
    branches: tuple[Branch, ...]
    told: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A play in steps."""

    id: str
    title: str
    at: str
    words: frozenset[str]
    place: str
    setting: str
    closing: str
    advice: str
    steps: tuple[Step, ...] = field(repr=False)
    answers: tuple[Branch, ...] = field(repr=False, default=())
    heard: tuple[str, ...] = ()
    variants: tuple[tuple[re.Pattern[str], "Scenario"], ...] = field(repr=False, default=())

    def position(self, step_id: str) -> int:
        """Which step it is, from 0."""
        return next(index for index, one in enumerate(self.steps) if one.id == step_id)


@cache
def all_scenes() -> tuple[Scenario, ...]:
    """All plays of the folder."""
    return tuple(_scene(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(_FOLDER.glob("*.toml")))  # type: ignore[arg-type]


def _scene(row: _SceneRow) -> Scenario:
    scene = Scenario(
        row["id"], row["title"], row["at"], frozenset(row["words"].split()), row["place"], row["setting"],
        row["closing"], row["advice"], tuple(map(_step, row["steps"])), _branches(row.get("answers", [])),
        tuple(row.get("heard", [])),
    )  # fmt: skip
    return replace(scene, variants=tuple(_variant(scene, one) for one in row.get("variants", [])))


def _variant(scene: Scenario, row: _VariantRow) -> tuple[re.Pattern[str], Scenario]:
    steps = (replace(scene.steps[0], branches=()), *map(_step, row["steps"]))
    answers = (*_branches(row.get("answers", [])), *scene.answers)
    return re.compile(row["when"], re.I), replace(scene, steps=steps, answers=answers, advice=row["advice"])


def _step(row: _StepRow) -> Step:
    branches = _branches(row.get("branches", []))
    lines = {"A": row["A"], "B": row["B"], "C": row["C"]}
    told = re.compile(row["told"], re.I) if "told" in row else None
    return Step(row["id"], row["goal"], lines, re.compile(row["expects"], re.I), row["hint"], branches, told)


def _branches(rows: list[_BranchRow]) -> tuple[Branch, ...]:
    return tuple(Branch(re.compile(one["when"], re.I), one["say"], one.get("to", "")) for one in rows)


def named(text: str | None) -> Scenario | None:
    """The scene whose id or title is `text`, or that most of its words belong to."""
    if not text or not text.strip():
        return None
    wanted = text.strip().lower().replace("-", "_").replace(" ", "_")
    for one in all_scenes():
        if wanted in (one.id, one.title.lower().replace(" ", "_")):
            return one
    words = {*tokens.words(text[:400]), *tokens.letters(text[:400])}
    words |= {frequency.meant(word) or word for word in words if len(word) > 4 and not frequency.known(word)}
    if any(word.startswith("interview") for word in words):
        return next(one for one in all_scenes() if one.id == "job_interview")
    if words & {"bring", "return", "exchange", "refund", "complain"} and words & {"shop", "store", "supermarket"}:
        return next(one for one in all_scenes() if one.id == "shopping")
    if {"small", "talk"} <= words:
        return next(one for one in all_scenes() if one.id == "small_talk")
    best = max(all_scenes(), key=lambda one: (len(words & (one.words - _WEAK)), len(words & one.words)))
    return best if words & best.words - {"small", "talk"} else None


# Words that show a scene only when no other does: “a job interview at a hotel”, “a phone call to the school”.
_WEAK = frozenset(
    """
    hotel restaurant cafe bar pub shop store bakery supermarket school university college hospital clinic doctor airport
    bookshop pharmacy market teacher talk small trip travel train class room way people new party street station buy
    """.split()  # noqa: SIM905
)
