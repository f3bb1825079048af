"""What others may know of the work of learners: how far they are with modules, and how well they read a text aloud."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.english.catalog import load
from api.english.evaluation import store as submission_store
from api.english.modules import store as module_store
from api.english.own import store as own_store
from kit.database import Connection


@dataclass(frozen=True)
class Work:
    """When it was practised last; when it was completed; the score, 0 to 100, None before the first one."""

    practised_at: datetime | None
    completed_at: datetime | None
    score: int | None


class Coursework:
    """Modules and how far learners are with them, for other slices."""

    def __init__(self, catalog: load.Catalog) -> None:
        self._catalog = catalog

    def title(self, module_id: str) -> str | None:
        """None when there is no such module."""
        module = self._catalog.by_id.get(module_id)
        return module.title if module else None

    async def own_title(self, cx: Connection, module_id: str, organization_id: str) -> str | None:
        """Of a module that a teacher made in the organization; None for any other."""
        row = await own_store.find(cx, module_id)
        return row.title if row is not None and row.organization_id == organization_id else None

    async def modules(self, cx: Connection, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Work]:
        """By (user, module), of those that were begun. The score of a module that is not completed is the mean of the
        best scores of its tasks, open ones counting 0."""
        practised = await submission_store.last_of(cx, pairs)
        sizes = await own_store.sizes(cx, {id_ for _, id_ in pairs if id_ not in self._catalog.by_id})
        found = {}
        for user_id, module_id, begun, completed, score, best in await module_store.work(cx, pairs):
            at = practised.get((user_id, module_id), begun)
            found[user_id, module_id] = Work(at, completed, score if completed else self._mean(module_id, best, sizes))
        return found

    def _mean(self, module_id: str, best: dict[str, int], sizes: Mapping[str, int]) -> int | None:
        if module_id in sizes:
            return round(sum(best.values()) / sizes[module_id]) if best else None
        module = self._catalog.by_id.get(module_id)
        if module is None or not best:
            return None
        return round(sum(best.get(task.id, 0) for task in module.tasks) / len(module.tasks))
