"""What a search engine must do to replace PostgreSQL's."""

from collections.abc import Sequence
from typing import Protocol

from api.search.models import EngineStatus, Entry, Hits, Kind, Query


class Engine(Protocol):
    """A search engine."""

    async def search(self, owner_id: str, query: Query, kinds: Sequence[Kind], limit: int) -> Hits:
        """The best `limit` hits of each kind among the owner's. Failure `unavailable` when the engine is down."""
        ...

    async def status(self) -> EngineStatus: ...


class OutsideEngine(Engine, Protocol):
    """An engine that gets changes after they were committed."""

    async def prepare(self) -> None:
        """Create what the engine needs, if it is missing."""
        ...

    async def put(self, entries: Sequence[Entry]) -> None: ...

    async def remove(self, keys: Sequence[tuple[Kind, str]]) -> None:
        """Delete entries; unknown ones are not an error."""
        ...
