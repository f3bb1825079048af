"""Search with a second engine for when the first is away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.search import query as queries
from api.search import snippets, store
from api.search.models import EngineStatus, Hit, Hits, Kind, Query, Text
from api.search.ports import Engine
from kit import errors, logs
from kit.database import Database

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """A row with the snippet that shows why it was found."""

    text: Text
    snippet: str
    score: float


class Search:
    """Asks the engine; PostgreSQL answers when an outside engine cannot."""

    def __init__(self, database: Database, engine: Engine, fallback: Engine) -> None:
        self._database = database
        self._engine = engine
        self._fallback = fallback

    async def search(self, owner_id: str, text: str, kinds: Sequence[Kind], limit: int) -> list[Found]:
        """The owner's rows that fit, best first within each kind. No words, no rows."""
        query = queries.read(text)
        hits = await self._hits(owner_id, query, kinds, limit)
        async with self._database.connection() as cx:
            texts = await store.texts(cx, owner_id, hits.items)
        found, seen = [], dict.fromkeys(kinds, 0)
        for hit in hits.items:
            one = texts.get((hit.kind, hit.id))
            if one is not None and seen[hit.kind] < limit:
                seen[hit.kind] += 1
                found.append(_shown(hit, one, query, hits.meant))
        return found

    async def status(self) -> EngineStatus:
        """How both engines are."""
        status = await self._engine.status()
        if self._engine is self._fallback:
            return status
        ours = await self._fallback.status()
        async with self._database.connection() as cx:
            waiting = await store.outbox_length(cx)
        return replace(status, pending=ours.pending + waiting, last_indexed_at=ours.last_indexed_at)

    async def _hits(self, owner_id: str, query: Query, kinds: Sequence[Kind], limit: int) -> Hits:
        try:
            return await self._engine.search(owner_id, query, kinds, limit)
        except errors.Failure as failure:
            if self._engine is self._fallback:
                raise
            _log.warning("search_engine_down", reason=failure.message)
            return await self._fallback.search(owner_id, query, kinds, limit)


def _shown(hit: Hit, text: Text, query: Query, meant: frozenset[str]) -> Found:
    shown = text.body or text.title
    return Found(text, snippets.snippet(shown, query, meant), round(hit.score, 6))
