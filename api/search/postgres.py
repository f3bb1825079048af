"""The engine that is always there: PostgreSQL's full text search, and trigrams over the words it has seen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

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
            looked = _Lookup(cx, owner_id, query.text, kinds, limit)
            if await looked.add(queries.every(query), 1.0):
                return Hits(looked.ranked())
            typed = queries.guessable(query)
            known = await store.resembling(cx, typed) if typed else {}
            meant = {word: near for word, near in ((one, words.near(one, known[one])) for one in typed) if near}
            if meant:
                await looked.add(queries.every(query, meant), _MEANT_WORTH)
            if not looked.found and len(query.words) > 1:
                await looked.add(queries.some(query, meant), _SOME_WORTH)
        return Hits(looked.ranked(), frozenset(word for near in meant.values() for word in near))

    async def status(self) -> EngineStatus:
        """Always healthy where the database is."""
        async with self._database.connection() as cx:
            documents, last = await store.counts(cx)
            pending = await store.rebuilding(cx)
        return EngineStatus("postgresql", True, documents, pending, last)


@dataclass
class _Lookup:
    """What one search has found so far, in at most `limit` of each kind."""

    cx: Connection
    owner_id: str
    typed: str
    kinds: Sequence[Kind]
    limit: int
    found: dict[tuple[Kind, str], Hit] = field(default_factory=dict)

    async def add(self, tsquery: str, worth: float) -> bool:
        """Add what `tsquery` finds and was not found before; whether any kind is full."""
        hits = await store.find(self.cx, self.owner_id, self.kinds, tsquery, self.typed, self.limit)
        for hit in hits:
            self.found.setdefault((hit.kind, hit.id), Hit(hit.kind, hit.id, hit.score * worth))
        return any(count >= self.limit for count in Counter(hit.kind for hit in hits).values())

    def ranked(self) -> list[Hit]:
        return sorted(self.found.values(), key=lambda hit: -hit.score)
