"""What a learner should repeat today, each item with an open task that practises it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.english.catalog import lessons, load, schema
from api.english.models import Progress
from api.english.modules import store as module_store
from api.english.modules import unlocking
from api.english.modules.next_task import WordIndex
from api.english.modules.reach import Reach, Reaches
from api.english.review import ledger as review_ledger
from api.english.review.ledger import Due
from kit.clock import Clock
from kit.database import Database

Place = tuple[str, schema.Task]
_SKILL_FOR = {"phoneme": "speaking", "error": "writing"}


@dataclass(frozen=True)
class Repeat:
    """A due item; `place` is (module id, task), None when no open task practises it."""

    due: Due
    place: Place | None


class ReviewPlan:
    """What a learner should repeat today."""

    def __init__(
        self, database: Database, clock: Clock, catalog: load.Catalog, index: WordIndex, reaches: Reaches
    ) -> None:
        self._database = database
        self._clock = clock
        self._catalog = catalog
        self._index = index
        self._reaches = reaches

    async def today(self, user_id: str, limit: int) -> list[Repeat]:
        """The longest overdue first."""
        now = self._clock.now()
        async with self._database.connection() as cx:
            due = await review_ledger.due(cx, user_id, now, limit)
            progress = await module_store.progress(cx, user_id)
            reach = await self._reaches.of(cx, user_id)
        places = open_places(self._catalog, progress, reach)
        return [Repeat(one, self._place(one, places)) for one in due]

    def _place(self, due: Due, places: Sequence[Place]) -> Place | None:
        """For a word the first open task that holds it, for a kind of error a task of the module that teaches it.

        For a sound, or where that module is not open, the last open task of the skill.
        """
        if due.kind == "word":
            wanted = {(module_id, task.id) for module_id, task in self._index.tasks(due.item)}
            return next((place for place in places if (place[0], place[1].id) in wanted), None)
        lesson = lessons.of_rule(due.item) if due.kind == "error" else None
        taught = [place for place in places if place[0] == lesson]
        if taught:
            return next((place for place in taught if place[1].skill == "writing"), taught[0])
        return next((place for place in reversed(places) if place[1].skill == _SKILL_FOR[due.kind]), None)


def open_places(catalog: load.Catalog, progress: Progress, reach: Reach) -> list[Place]:
    """The tasks of all modules that are open to the learner, those that were tried in front of the others."""
    places = [
        (module.id, task)
        for module in catalog.modules
        if unlocking.standing(module, progress, reach).status != "locked"
        for task in module.tasks
    ]
    return sorted(places, key=lambda place: (place[0], place[1].id) not in progress.tasks)
