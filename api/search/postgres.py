"""The engine that is always there: PostgreSQL's full text search, and trigrams over the words it has seen."""

from collections import Counter
from collections.abc import Sequence

from api.search import query as queries
from api.search import store
from api.search.models import EngineStatus, Hit, Hits, Kind, Query
from kit.database import Connection, Database
from language import terms as words

_MEANT_WORTH = 0.5
_SOME_WORTH = 0.1


class PostgresEngine:
    """Search in PostgreSQL itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, owner_id: str, query: Query, kinds: Sequence[Kind], limit: int) -> Hits:
        """All words as typed; where that finds too little, words that may have been meant; then any of the words."""
        if not query.words:
            return Hits([])
        async with self._database.connection() as cx:
            found: dict[tuple[Kind, str], Hit] = {}
            enough = await self._add(cx, found, owner_id, query, kinds, queries.every(query), limit, 1.0)
            if enough:
                return Hits(_ranked(found))
            typed = queries.guessable(query)
            known = await store.resembling(cx, typed) if typed else {}
            meant = {word: near for word, near in ((one, words.near(one, known[one])) for one in typed) if near}
            if meant:
                wider = queries.every(query, meant)
                await self._add(cx, found, owner_id, query, kinds, wider, limit, _MEANT_WORTH)
            if not found and len(query.words) > 1:
                some = queries.some(query, meant)
                await self._add(cx, found, owner_id, query, kinds, some, limit, _SOME_WORTH)
        return Hits(_ranked(found), frozenset(word for near in meant.values() for word in near))

    async def _add(
        self,
        cx: Connection,
        found: dict[tuple[Kind, str], Hit],
        owner_id: str,
        query: Query,
        kinds: Sequence[Kind],
        tsquery: str,
        limit: int,
        worth: float,
    ) -> bool:
        """Add what `tsquery` finds and was not found before; whether any kind is full."""
        hits = await store.find(cx, owner_id, kinds, tsquery, query.text, limit)
        for hit in hits:
            found.setdefault((hit.kind, hit.id), Hit(hit.kind, hit.id, hit.score * worth))
        return any(count >= limit for count in Counter(hit.kind for hit in hits).values())

    async def status(self) -> EngineStatus:
        """Always healthy where the database is."""
        async with self._database.connection() as cx:
            documents, last = await store.counts(cx)
            pending = await store.rebuilding(cx)
        return EngineStatus("postgresql", True, documents, pending, last)


def _ranked(found: dict[tuple[Kind, str], Hit]) -> list[Hit]:
    return sorted(found.values(), key=lambda hit: -hit.score)
