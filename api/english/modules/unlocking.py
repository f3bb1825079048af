"""Which modules are open to a learner, and how far each one is. Pure.

A module opens when those that it requires are completed, when the learner is at its level already (placed there, or
shown by scored work: a learner who begins at B1 need not go through A1), or when a teacher gave it.
"""

from dataclasses import dataclass

from api.english.catalog import load, schema
from api.english.models import Progress
from api.english.modules.reach import Reach
from api.english.tasks.result import PASS_MARK


@dataclass(frozen=True)
class Standing:
    """`best_score` is the mean of the tasks' best scores, open tasks counting 0; None before the first attempt."""

    status: str
    passed: int
    best_score: int | None


def standing(module: schema.Module, progress: Progress, reach: Reach) -> Standing:
    """Whether a module is locked, open, started or complete, and its score."""
    rows = [progress.tasks.get((module.id, task.id)) for task in module.tasks]
    scores = [row.best_score or 0 if row else 0 for row in rows]
    tried = any(row and row.best_score is not None for row in rows)
    return Standing(
        _status(module, progress, reach),
        sum(score >= PASS_MARK for score in scores),
        round(sum(scores) / len(scores)) if tried else None,
    )


def _status(module: schema.Module, progress: Progress, reach: Reach) -> str:
    row = progress.modules.get(module.id)
    if row is not None:
        return "completed" if row.completed_at else "in_progress"
    if not missing(module, progress) or reach.covers(module.id, module.level):
        return "available"
    return "locked"


def missing(module: schema.Module, progress: Progress) -> list[str]:
    """Required modules that are not completed yet."""
    done = {id_ for id_, row in progress.modules.items() if row.completed_at}
    return [needed for needed in module.requires if needed not in done]


def unfinished(module: schema.Module, progress: Progress) -> list[str]:
    """Tasks that stand between the learner and completion: those never tried; if there are none and the mean of the
    best scores is below the pass mark, those that were not passed."""
    scores = {
        task.id: row.best_score if (row := progress.tasks.get((module.id, task.id))) else None for task in module.tasks
    }
    untried = [id_ for id_, score in scores.items() if score is None]
    if untried:
        return untried
    known = [score or 0 for score in scores.values()]
    if sum(known) / len(known) >= PASS_MARK:
        return []
    return [id_ for id_, score in scores.items() if (score or 0) < PASS_MARK]


def following(catalog: load.Catalog, module_id: str, progress: Progress, reach: Reach) -> str | None:
    """The first open module after this one that is not completed, or else the first before it."""
    modules = list(catalog.modules)
    # Behind a module that is not of the course, the course begins.
    place = next((number for number, module in enumerate(modules) if module.id == module_id), -1)
    for module in modules[place + 1 :] + modules[: max(place, 0)]:
        if standing(module, progress, reach).status in {"available", "in_progress"}:
            return module.id
    return None
