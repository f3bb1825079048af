"""What a learner should do next, by need. Pure.

First what is due by spaced repetition, then a weak sound, then the weakest skill, then the order of the course.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from api.english.catalog import load, schema, texts
from api.english.models import Progress
from api.english.modules import unlocking
from api.english.tasks.result import PASS_MARK
from language import tokens

Reason = Literal["review", "sound", "skill", "next"]


@dataclass(frozen=True)
class Suggestion:
    module_id: str
    task: schema.Task
    reason: Reason
    item: str | None = None


class WordIndex:
    """Which tasks practise a word: those in whose texts it occurs, in teaching order."""

    def __init__(self, catalog: load.Catalog) -> None:
        self._tasks: dict[str, list[tuple[str, schema.Task]]] = {}
        for module in catalog.modules:
            for task in module.tasks:
                found = {
                    word
                    for shown in task.variants
                    for text in texts.of_variant(shown)
                    for word in {*tokens.words(text), *(token.lower for token in tokens.simple(text))}
                }
                for word in found:
                    self._tasks.setdefault(word, []).append((module.id, task))

    def tasks(self, word: str) -> Sequence[tuple[str, schema.Task]]:
        return self._tasks.get(word.lower(), ())


def choose(
    catalog: load.Catalog,
    index: WordIndex,
    progress: Progress,
    *,
    due_words: Iterable[str],
    weak_sound: str | None,
    weakest_skill: str | None,
    level: str,
    confidence: float,
) -> Suggestion | None:
    """The next task, from modules that are open to the learner; None when every task is passed and nothing is due."""
    modules = {
        module.id: module
        for module in catalog.modules
        if unlocking.standing(module, progress, level=level, confidence=confidence).status != "locked"
    }
    for word in due_words:
        for module_id, task in index.tasks(word):
            if (module_id, task.id) in progress.tasks and module_id in modules:
                return Suggestion(module_id, task, "review", word)
    waiting = _waiting(modules.values(), progress)
    if weak_sound is not None and (found := _first(waiting, "speaking")):
        return Suggestion(*found, "sound", weak_sound)
    if weakest_skill is not None and (found := _first(waiting, weakest_skill)):
        return Suggestion(*found, "skill")
    return Suggestion(*waiting[0], "next") if waiting else None


def _waiting(modules: Iterable[schema.Module], progress: Progress) -> list[tuple[str, schema.Task]]:
    """Tasks not passed yet of the modules begun, or of the next one when none is."""
    listed = list(modules)
    begun = [m for m in listed if (row := progress.modules.get(m.id)) is not None and row.completed_at is None]
    fresh = [m for m in listed if m.id not in progress.modules]
    return [
        (module.id, task)
        for module in begun + fresh[:1]
        for task in module.tasks
        if (progress.tasks[module.id, task.id].best_score or 0 if (module.id, task.id) in progress.tasks else 0)
        < PASS_MARK
    ]


def _first(waiting: list[tuple[str, schema.Task]], skill: str) -> tuple[str, schema.Task] | None:
    """The first waiting task of the skill, in the module that comes first."""
    first = waiting[0][0] if waiting else None
    return next(((module_id, task) for module_id, task in waiting if task.skill == skill and module_id == first), None)
