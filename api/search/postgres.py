"""The engine that is always there: PostgreSQL's full text search, and trigrams over the words it has seen."""

from collections.abc import Sequence

from api.search import query as queries
from api.search import store
from api.search.models import EngineStatus, Hit, Hits, Kind, Query
from server.kit.database import Database

_MEANT_WORTH = 0.5
_SOME_WORTH = 0.1


class PostgresEngine:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, owner_id: str, query: Query, kinds: Sequence[Kind], limit: int) -> Hits:
        """All words as typed; where that finds too little, words that may have been meant; then any of the words."""
        if not query.words:
            return Hits([])
        async with self._database.transaction() as tx:
            found = {(hit.kind, hit.id): hit for hit in await store.find(
                tx, owner_id, kinds, queries.every(query), query.text, limit
            )}  # fmt: skip
            if len(found) >= limit * len(kinds):
                return Hits(_ranked(found))
            typed = queries.guessable(query)
            known = await store.resembling(tx, typed) if typed else {}
            meant = {word: near for word, near in ((one, queries.near(one, known[one])) for one in typed) if near}
            if meant:
                wider = await store.find(tx, owner_id, kinds, queries.every(query, meant), query.text, limit)
                _add(found, wider, _MEANT_WORTH)
            if not found and len(query.words) > 1:
                _add(found, await store.find(
                    tx, owner_id, kinds, queries.some(query, meant), query.text, limit
                ), _SOME_WORTH)  # fmt: skip
        return Hits(_ranked(found), frozenset(word for near in meant.values() for word in near))

    async def status(self) -> EngineStatus:
        async with self._database.connection() as cx:
            documents, last = await store.counts(cx)
            pending = await store.rebuilding(cx)
        return EngineStatus("postgresql", True, documents, pending, last)


def _add(found: dict[tuple[Kind, str], Hit], more: list[Hit], worth: float) -> None:
    for hit in more:
        found.setdefault((hit.kind, hit.id), Hit(hit.kind, hit.id, hit.score * worth))


def _ranked(found: dict[tuple[Kind, str], Hit]) -> list[Hit]:
    return sorted(found.values(), key=lambda hit: -hit.score)
