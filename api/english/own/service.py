"""Use cases of texts that teachers bring: look at what would be made of one, keep it, list, delete."""

import asyncio
from datetime import datetime

from api.english.own import making, store
from api.english.own.level import level_of
from api.english.own.making import Made
from api.english.own.shelf import PREFIX
from api.english.own.store import Listed, OwnRow
from api.english.ports import Documents, Schools
from api.english.schemas.own import (
    XELHardWord,
    XELOwnModule,
    XELTextPreview,
    XELTextRequest,
    XELWordLevels,
)
from api.english.tasks import key, present
from kit import errors, ids
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database

MOST = 500
_MOST_SHOWN = 100
# Above this share of hard words a text is work even with help (95 % known: Laufer 1989).
_MANY = 0.05
_NOT_THEIRS = frozenset({errors.Kind.NOT_FOUND, errors.Kind.FORBIDDEN})


class OwnTexts:
    """For those who teach in an organization; it owns what is made."""

    def __init__(self, database: Database, clock: Clock, schools: Schools, documents: Documents) -> None:
        self._database = database
        self._clock = clock
        self._schools = schools
        self._documents = documents

    async def preview(self, caller: Caller, body: XELTextRequest) -> XELTextPreview:
        """Failures `not_found` for an organization or document that the caller does not see, `forbidden` for who does
        not teach there, `invalid_request` for a text of which nothing can be made."""
        text, is_cut = await self._text(caller, body)
        made = await asyncio.to_thread(making.make, f"{PREFIX}preview", body.title, text, body.level)
        return await asyncio.to_thread(_preview, made, text, is_cut)

    async def keep(self, caller: Caller, body: XELTextRequest) -> XELOwnModule:
        """The same failures; `too_many_texts`."""
        text, _ = await self._text(caller, body)
        module_id = f"{PREFIX}{ids.new_id()}"
        made = await asyncio.to_thread(making.make, module_id, body.title, text, body.level)
        row = OwnRow(
            module_id,
            body.organization_id,
            caller.user_id,
            body.title,
            made.module.level,
            text,
            made.module.model_dump(mode="json"),
            self._clock.now(),
        )
        async with self._database.transaction() as tx:
            await self._schools.hold(tx, caller, body.organization_id)
            if await store.count(tx, body.organization_id) >= MOST:
                raise errors.conflict("too_many_texts", f"An organization keeps at most {MOST} texts.")
            await store.add(tx, row)
        return _view(_listed(row, made), caller)

    async def page(
        self, caller: Caller, organization_id: str, after: tuple[datetime, str] | None, limit: int
    ) -> list[XELOwnModule]:
        """Newest first. Failures `not_found`, `forbidden`."""
        async with self._database.connection() as cx:
            await self._schools.scope(cx, caller, organization_id)
            rows = await store.page(cx, organization_id, after, limit)
        return [_view(row, caller) for row in rows]

    async def one(self, caller: Caller, module_id: str) -> XELTextPreview:
        """Failure `not_found` also for who does not teach where it belongs."""
        async with self._database.connection() as cx:
            row = await self._found(cx, caller, module_id)
        made = await asyncio.to_thread(making.make, row.id, row.title, row.text, level_of(row.level))
        return await asyncio.to_thread(_preview, made, row.text, False)

    async def delete(self, caller: Caller, module_id: str) -> None:
        """Who made it, and those who teach the whole organization. Failures `not_found`, `forbidden`."""
        async with self._database.transaction() as tx:
            row = await self._found(tx, caller, module_id)
            team = await self._schools.hold(tx, caller, row.organization_id)
            if team is not None and row.owner_id != caller.user_id:
                raise errors.forbidden("Another teacher made this module.")
            await store.delete(tx, module_id)

    async def _found(self, cx: Connection, caller: Caller, module_id: str) -> OwnRow:
        row = await store.find(cx, module_id)
        if row is None or not await self._teaches(cx, caller, row.organization_id):
            raise errors.not_found("Module")
        return row

    async def _teaches(self, cx: Connection, caller: Caller, organization_id: str) -> bool:
        try:
            await self._schools.scope(cx, caller, organization_id)
        except errors.Failure as failure:
            if failure.kind not in _NOT_THEIRS:
                raise
            return False
        return True

    async def _text(self, caller: Caller, body: XELTextRequest) -> tuple[str, bool]:
        """The text, and whether it is only the beginning of a document."""
        async with self._database.connection() as cx:
            await self._schools.scope(cx, caller, body.organization_id)
            if body.document_id is None:
                return body.text or "", False
            caller.require("rag:read")
            read = await self._documents.text(cx, caller, body.document_id, making.MOST_CHARACTERS + 1)
        if read is None:
            raise errors.not_found("Document")
        return making.beginning(read)


def _preview(made: Made, text: str, is_cut: bool) -> XELTextPreview:
    module = made.module
    hard = sum(one.count for one in made.above)
    warning = None
    if hard > _MANY * made.words:
        warning = f"{round(100 * hard / made.words)} % of the words are above {module.level}. Teach them first."
    return XELTextPreview(
        title=module.title,
        cefr_level=module.level,
        text=text,
        is_cut=is_cut,
        words=made.words,
        by_level=XELWordLevels(**made.by_level),
        above=[XELHardWord(word=one.word, level=one.level, count=one.count) for one in made.above[:_MOST_SHOWN]],
        warning=warning,
        tasks=[present.shown(task, module.id, 1) for task in module.tasks],
        answers={task.id: key.perfect(task, module.id, 1) for task in module.tasks},
    )


def _listed(row: OwnRow, made: Made) -> Listed:
    tasks = len(made.module.tasks)
    return Listed(row.id, row.organization_id, row.owner_id, row.title, row.level, tasks, row.created_at)


def _view(row: Listed, caller: Caller) -> XELOwnModule:
    return XELOwnModule(
        id=row.id,
        organization_id=row.organization_id,
        title=row.title,
        cefr_level=level_of(row.level),
        tasks=row.tasks,
        is_mine=row.owner_id == caller.user_id,
        created_at=row.created_at,
    )
