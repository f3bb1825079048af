"""Sends changes to an outside engine: in order, in batches, with retries until it confirms."""

from collections.abc import Sequence

from api.search import store
from api.search.models import Entry, Kind
from api.search.ports import OutsideEngine
from kit.database import Database

_BATCH = 200
PAUSE_SECONDS = 1.0


class Outbox:
    """Sends changes to an engine outside."""

    def __init__(self, database: Database, engine: OutsideEngine) -> None:
        self._database = database
        self._engine = engine

    async def run(self) -> None:
        """A round: send what waits."""
        await self._engine.prepare()
        while await self.send():
            pass

    async def send(self) -> int:
        """Send one batch; how many changes it held. Sending one twice does no harm."""
        async with self._database.connection() as cx:
            waiting = await store.outbox(cx, _BATCH)
        if waiting:
            await self._bring(list(dict.fromkeys((kind, id_) for _, kind, id_, _ in waiting)))
            async with self._database.connection() as cx:
                await store.sent(cx, [sequence for sequence, *_ in waiting])
        return len(waiting)

    async def _bring(self, keys: Sequence[tuple[Kind, str]]) -> None:
        """Make the engine's entries those of the database. Another node may have sent a later change while this one
        sent, and its entry would be replaced by the older one: so look again until nothing has changed."""
        sent: dict[tuple[Kind, str], Entry] | None = None
        while (there := await self._there(keys)) != sent:
            if there:
                await self._engine.put(list(there.values()))
            await self._engine.remove([key for key in keys if key not in there])
            sent = there

    async def _there(self, keys: Sequence[tuple[Kind, str]]) -> dict[tuple[Kind, str], Entry]:
        async with self._database.connection() as cx:
            return {(one.kind, one.id): one for one in await store.entries(cx, keys)}
