"""Teachers who watch the sessions of others, written from the documents alone; and the schools that allow it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import socketio

from kit import ids
from kit.database import Database
from tests.support.talks import Data, Learner, Place, Seen

_NAMESPACE = "/speaking"
Person = tuple[str, str, str | None]
"""(user, role, team)"""


class Watcher(Seen):
    """An observer over Socket.IO."""

    def __init__(self) -> None:
        super().__init__()
        self.socket = socketio.AsyncClient(reconnection=False)
        self.gone = asyncio.Event()

    async def connect(self, place: Place, token: str) -> None:
        async def note(name: str, *data: Any) -> None:
            self.note(name, data[0])

        async def left() -> None:
            self.gone.set()

        self.socket.on("*", note, namespace=_NAMESPACE)
        self.socket.on("disconnect", left, namespace=_NAMESPACE)
        auth = {"token": token}
        await self.socket.connect(
            place.url, transports=["websocket"], namespaces=[_NAMESPACE], auth=auth, wait_timeout=60
        )

    async def asks(self, name: str, *data: Any) -> Data:
        """The acknowledgement of an event."""
        answer: Data = await self.socket.call(name, data[0] if len(data) == 1 else data, _NAMESPACE)
        return answer

    async def watches(self, learner: Learner | str, **more: Any) -> Data:
        """The answer to the wish to watch a session."""
        session_id = learner if isinstance(learner, str) else learner.id
        return await self.asks("session.join", {"session_id": session_id, "observe": True, **more})

    async def leaves(self) -> None:
        await self.socket.disconnect()


@asynccontextmanager
async def watcher(place: Place, token: str) -> AsyncIterator[Watcher]:
    """Connected; it watches nobody yet."""
    made = Watcher()
    await made.connect(place, token)
    try:
        yield made
    finally:
        await made.leaves()


async def school(database: Database, *people: Person) -> str:
    """An organization of these people."""
    organization = ids.new_id()
    async with database.connection() as cx:
        await cx.execute(
            "insert into organizations (id, name, slug, created_at, updated_at) values ($1, '', $2, now(), now())",
            organization,
            organization,
        )
        for user, role, team in people:
            await cx.execute(
                "insert into organization_members values ($1, $2, $3, $4, now())", organization, user, role, team
            )
    return organization


async def audited(database: Database, target_id: str) -> list[str]:
    """What the audit trail says of a session, in order."""
    async with database.connection() as cx:
        rows = await cx.fetch("select action from audit_events where target_id = $1 order by id", target_id)
    return [row["action"] for row in rows]
