"""Sends changes to an outside engine: in order, in batches, with retries until it confirms."""

from api.search import store
from api.search.models import Kind
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
            latest: dict[tuple[Kind, str], bool] = {(kind, id_): gone for _, kind, id_, gone in waiting}
            entries = await store.entries(cx, [key for key, gone in latest.items() if not gone])
        if not waiting:
            return 0
        there = {(one.kind, one.id) for one in entries}
        if entries:
            await self._engine.put(entries)
        await self._engine.remove([key for key in latest if key not in there])
        async with self._database.connection() as cx:
            await store.sent(cx, [sequence for sequence, *_ in waiting])
        return len(waiting)
