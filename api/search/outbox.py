"""Sends changes to an outside engine: in order, in batches, with retries until it confirms."""

from collections.abc import Sequence

from api.search import store
from api.search.models import Entry, Kind
from api.search.ports import OutsideEngine
from kit.database import Database

_BATCH = 200
_ROUNDS = 3
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
        """Send one batch; how many of its changes need not be sent again. Sending one twice does no harm."""
        async with self._database.connection() as cx:
            waiting = await store.outbox(cx, _BATCH)
        if not waiting:
            return 0
        unsettled = await self._bring(list(dict.fromkeys((kind, id_) for _, kind, id_, _ in waiting)))
        settled = [sequence for sequence, kind, id_, _ in waiting if (kind, id_) not in unsettled]
        async with self._database.connection() as cx:
            await store.sent(cx, settled)
        return len(settled)

    async def _bring(self, keys: Sequence[tuple[Kind, str]]) -> set[tuple[Kind, str]]:
        """Make the engine's entries those of the database. Another node may have sent a later change while this one
        sent, and its entry would be replaced by the older one: so look again, and send what has changed. Returns what
        changed in each round: it has to wait for the next batch, so that one busy text does not hold up the others."""
        there = await self._there(keys)
        changed = set(keys)
        for _ in range(_ROUNDS):
            if present := [there[key] for key in keys if key in changed and key in there]:
                await self._engine.put(present)
            await self._engine.remove([key for key in keys if key in changed and key not in there])
            before, there = there, await self._there(keys)
            changed = {key for key in keys if there.get(key) != before.get(key)}
            if not changed:
                break
        return changed

    async def _there(self, keys: Sequence[tuple[Kind, str]]) -> dict[tuple[Kind, str], Entry]:
        async with self._database.connection() as cx:
            return {(one.kind, one.id): one for one in await store.entries(cx, keys)}
