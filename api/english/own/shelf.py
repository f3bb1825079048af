"""Where a module comes from: the course, or what a teacher made of a text."""

import asyncio

from api.english.catalog import load, schema
from api.english.own import store
from api.english.own.store import OwnRow
from api.english.ports import GivenModules, Schools
from kit import errors
from kit.database import Connection

PREFIX = "own-"


class OwnModule(schema.Module):
    """A module of the usual shape, and who made it."""

    owner_id: str | None


class Shelf:
    """All modules that there are for a user."""

    def __init__(self, catalog: load.Catalog, given: GivenModules, schools: Schools) -> None:
        self.catalog = catalog
        self._given = given
        self._schools = schools

    async def module(self, cx: Connection, user_id: str, module_id: str) -> schema.Module:
        """Failure `not_found` for an unknown one, and for one of a teacher that was neither given to the learner nor
        made by them where they still teach."""
        module = self.catalog.by_id.get(module_id)
        if module is not None:
            return module
        row = await store.find(cx, module_id) if module_id.startswith(PREFIX) else None
        if row is None or not await self._is_open(cx, user_id, row):
            raise errors.not_found("Module")
        return of(row)

    async def _is_open(self, cx: Connection, user_id: str, row: OwnRow) -> bool:
        if row.owner_id == user_id and row.organization_id in await self._schools.taught(cx, user_id):
            return True
        return row.id in await self._given.modules(cx, user_id)

    async def task(
        self, cx: Connection, user_id: str, module_id: str, task_id: str
    ) -> tuple[schema.Module, schema.Task]:
        """Failure `not_found` for an unknown module or task."""
        module = await self.module(cx, user_id, module_id)
        task = module.task(task_id)
        if task is None:
            raise errors.not_found("Task")
        return module, task

    async def own(self, cx: Connection, user_id: str) -> list[schema.Module]:
        """The modules of teachers that are open to a user. They may be hundreds, so they are read in a thread."""
        given, taught = await self._given.modules(cx, user_id), await self._schools.taught(cx, user_id)
        found = await store.contents(cx, user_id, taught, given)
        return await asyncio.to_thread(lambda: [schema.Module.model_validate_json(content) for content in found])


def earns(module: schema.Module, user_id: str) -> bool:
    """Whether a learner gets points for it: not for what they made themselves."""
    return not (isinstance(module, OwnModule) and module.owner_id == user_id)


def of(row: OwnRow) -> OwnModule:
    """The module of a row."""
    return OwnModule.model_validate({**row.content, "owner_id": row.owner_id})
