"""What a learner should do next, by need. Pure.

First what is due by spaced repetition, then what a teacher gave, then a weak sound, then the weakest skill, then the
order of the course from the learner's level on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from api.english.catalog import lessons, load, schema, texts
from api.english.models import Progress
from api.english.modules import unlocking
from api.english.modules.reach import Reach
from api.english.tasks.result import PASS_MARK
from language import levels, tokens

Reason = Literal["review", "assigned", "sound", "skill", "next"]
Places = list[tuple[str, schema.Task]]


@dataclass(frozen=True)
class Suggestion:
    """`item` is the word, sound or kind of error that it is for."""

    module_id: str
    task: schema.Task
    reason: Reason
    item: str | None = None


@dataclass(frozen=True)
class Needs:
    """`due` are (kind, item) of what is due for repetition, the longest overdue first."""

    due: Sequence[tuple[str, str]] = ()
    weak_sound: str | None = None
    weakest_skill: str | None = None


class WordIndex:
    """Which tasks practise a word: those in whose texts it occurs, in teaching order."""

    def __init__(self, catalog: load.Catalog) -> None:
        self.catalog = catalog

    def tasks(self, word: str) -> Sequence[tuple[str, schema.Task]]:
        """Module id and task for each task that practises the word."""
        return self._tasks.get(word.lower(), ())

    def build(self) -> None:
        """Takes tenths of a second, so it is done in a thread after the start, or when a word is first looked up."""
        _ = self._tasks

    @cached_property
    def _tasks(self) -> Mapping[str, Places]:
        tasks: dict[str, Places] = {}
        for module in self.catalog.modules:
            for task in module.tasks:
                shown = (text for variant in task.variants for text in texts.of_variant(variant))
                for word in {word for text in shown for word in _words(text)}:
                    tasks.setdefault(word, []).append((module.id, task))
        return tasks


@cache
def course_index() -> WordIndex:
    """The index of the shipped modules, one for all nodes of a process."""
    return WordIndex(load.catalog())


def _words(text: str) -> set[str]:
    """“Well-known” whole and taken apart."""
    return {*tokens.words(text), *(token.lower for token in tokens.simple(text))}


def choose(
    catalog: load.Catalog,
    index: WordIndex,
    progress: Progress,
    reach: Reach,
    needs: Needs,
) -> Suggestion | None:
    """The next task, from modules that are open to the learner; None when every task is passed and nothing is due."""
    modules = {
        module.id: module
        for module in catalog.modules
        if unlocking.standing(module, progress, reach).status != "locked"
    }
    waiting = _waiting(modules.values(), progress, reach)
    for kind, item in needs.due:
        if (found := _repeated(modules, index, progress, waiting, kind, item)) is not None:
            return found
    if (given := _given(modules, progress, reach)) is not None:
        return given
    if needs.weak_sound is not None and (place := _first(waiting, "speaking")):
        return Suggestion(*place, "sound", needs.weak_sound)
    if needs.weakest_skill is not None and (place := _first(waiting, needs.weakest_skill)):
        return Suggestion(*place, "skill")
    return Suggestion(*waiting[0], "next") if waiting else None


def _repeated(
    modules: Mapping[str, schema.Module], index: WordIndex, progress: Progress, waiting: Places, kind: str, item: str
) -> Suggestion | None:
    """A word in a task that was done before, an error in the module that teaches it, a sound in what waits."""
    if kind == "word":
        places: Iterable[tuple[str, schema.Task]] = (
            place for place in index.tasks(item) if (place[0], place[1].id) in progress.tasks and place[0] in modules
        )
    elif kind == "error":
        module = modules.get(lessons.of_rule(item) or "")
        places = [(module.id, task) for task in module.tasks if task.skill == "writing"] if module else []
    else:
        places = [place] if (place := _first(waiting, "speaking")) else []
    found = next(iter(places), None)
    return Suggestion(*found, "review", item) if found else None


def _given(modules: Mapping[str, schema.Module], progress: Progress, reach: Reach) -> Suggestion | None:
    """What a teacher gave and is due first."""
    for module_id in sorted(reach.given, key=lambda one: (reach.given[one], one)):
        row = progress.modules.get(module_id)
        if module_id in modules and (row is None or row.completed_at is None):
            left = _left(modules[module_id], progress)
            if left:
                return Suggestion(*left[0], "assigned")
    return None


def _waiting(modules: Iterable[schema.Module], progress: Progress, reach: Reach) -> Places:
    """Tasks not passed yet of the modules begun, or of the next one when none is: the first at the learner's level,
    then those above it, then those below it."""
    listed = list(modules)
    begun = [m for m in listed if (row := progress.modules.get(m.id)) is not None and row.completed_at is None]
    fresh = [m for m in listed if m.id not in progress.modules]
    own = reach.begins_at
    if own is not None:
        at = levels.LEVELS.index(own)
        fresh.sort(key=lambda m: (levels.LEVELS.index(m.level) < at, abs(levels.LEVELS.index(m.level) - at)))
    return [place for module in begun + fresh[:1] for place in _left(module, progress)]


def _left(module: schema.Module, progress: Progress) -> Places:
    """Its tasks that are not passed yet."""
    return [
        (module.id, task)
        for task in module.tasks
        if (progress.tasks[module.id, task.id].best_score or 0 if (module.id, task.id) in progress.tasks else 0)
        < PASS_MARK
    ]


def _first(waiting: Places, skill: str) -> tuple[str, schema.Task] | None:
    """The first waiting task of the skill, in the module that comes first."""
    first = waiting[0][0] if waiting else None
    return next(((module_id, task) for module_id, task in waiting if task.skill == skill and module_id == first), None)
