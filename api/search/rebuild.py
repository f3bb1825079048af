"""Rebuilds the index from the rows, in small transactions, as a job that reports its progress."""

from collections.abc import Awaitable, Callable
from typing import Any

from api.search import store
from api.search.models import Kind, Scope
from kit import ids
from kit.clock import Clock
from kit.database import Connection, Database, Record
from kit.jobs import Jobs

_KIND = "search.rebuild"
_BATCH = 200
_FIRST = "00000000-0000-0000-0000-000000000000"

Enter = Callable[[Connection, str, int], Awaitable[Record]]


class Rebuild:
    """Writes all entries again, in the background."""

    def __init__(self, database: Database, clock: Clock, jobs: Jobs) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        jobs.register(_KIND, self._run, self._give_up)

    async def queue(self, scope: Scope) -> str:
        """The id of the rebuild that will run."""
        rebuild_id = ids.new_id()
        async with self._database.transaction() as tx:
            await store.queue_rebuild(tx, id=rebuild_id, scope=scope, at=self._clock.now())
            await self._jobs.enqueue(tx, _KIND, {"rebuild_id": rebuild_id}, key=rebuild_id)
        return rebuild_id

    async def _run(self, payload: dict[str, Any]) -> None:
        rebuild_id = payload["rebuild_id"]
        async with self._database.transaction() as tx:
            scope = await store.begin_rebuild(tx, rebuild_id)
            if scope is None:
                return
            if scope == "all":
                await store.forget_words(tx)
        parts: list[tuple[Scope, Kind, Enter]] = [
            ("conversations", "conversation", store.enter_conversations),
            ("messages", "message", store.enter_messages),
            ("notes", "note", store.enter_notes),
        ]
        for name, kind, enter in parts:
            if scope in ("all", name):
                await self._enter_all(rebuild_id, kind, enter)
        async with self._database.transaction() as tx:
            await store.finish_rebuild(tx, rebuild_id, "done", self._clock.now())

    async def _give_up(self, payload: dict[str, Any]) -> None:
        async with self._database.transaction() as tx:
            await store.finish_rebuild(tx, payload["rebuild_id"], "failed", self._clock.now())

    async def _enter_all(self, rebuild_id: str, kind: Kind, enter: Enter) -> None:
        async with self._database.transaction() as tx:
            await store.drop_strays(tx, kind)
        after = _FIRST
        while True:
            async with self._database.transaction() as tx:
                row = await enter(tx, after, _BATCH)
                await store.advance_rebuild(tx, rebuild_id, row["rows"])
            if row["rows"] < _BATCH:
                return
            after = row["last"]
