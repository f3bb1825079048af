"""The ordered way out of a session: write down, number, log, send.

Whatever the machine wants done to the books or told to the client goes through one queue, so a turn is in PostgreSQL
before its final is logged, and in the log before it is sent. While PostgreSQL is away the queue waits and tries again.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from kit import errors, logs, patience
from kit.errors import Failure, Kind
from realtime.node.log import Entry, EventLog
from realtime.session import commands as do

RETRY_SECONDS = (0.1, 0.1, 0.2, 0.4, 0.5)
_WRITE_SECONDS = 5.0  # of one try
_BLOCKED_SECONDS = 1.0
_log = logs.get(__name__)

Job = Callable[[], Awaitable[None]]
Item = do.Emit | Job


class Client(Protocol):
    """An attached client connection."""

    @property
    def alive(self) -> bool: ...

    async def send(self, name: str, data: dict[str, object], sound: bytes | None = None) -> None: ...

    async def drop(self, failure: Failure) -> None:
        """Tell the client why it is no longer attached."""
        ...


@dataclass(frozen=True, slots=True)
class JoinReply:
    """What a client that joins is told. `missed` follow, or a snapshot."""

    seq: int
    missed: int
    snapshot: bool


class Outbox:
    """`run` is the session's only task that writes or sends; it ends when the session is over or lost."""

    def __init__(self, log: EventLog, clock_ms: Callable[[], int], on_lost: Callable[[Failure], None]) -> None:
        self.log = log
        self.client: Client | None = None
        self._clock_ms = clock_ms
        self._on_lost = on_lost
        self._items: deque[Item] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self.blocked = asyncio.Event()  # set while the first in the queue has been refused for a second

    def emit(self, event: do.Emit) -> None:
        self._items.append(event)
        self._wake.set()

    def put(self, job: Job) -> None:
        """Do `job` when all before it is done. What is UNAVAILABLE is tried again until it passes."""
        self._items.append(job)
        self._wake.set()

    async def told(self, seconds: float) -> bool:
        """Whether all that was put so far was done in that time: events are logged, and sent to whoever is there."""
        done = asyncio.Event()

        async def note() -> None:
            done.set()

        self.put(note)
        try:
            async with asyncio.timeout(seconds):
                return await done.wait()
        except TimeoutError:
            return False

    def close(self) -> None:
        """End after what is in the queue."""
        self._closing = True
        self._wake.set()

    def abandon(self) -> None:
        """End without doing what is in the queue."""
        self._items.clear()
        self.close()

    async def run(self) -> None:
        while True:
            while self._items:
                item = self._items.popleft()
                try:
                    if isinstance(item, do.Emit):
                        await self._send(self._batch(item))
                    else:
                        await self._persist(item)
                except Failure as failure:
                    self.abandon()
                    self._on_lost(failure)
                    return
                except Exception as error:
                    _log.exception("session_failed")
                    self.abandon()
                    self._on_lost(errors.of(error))
                    return
            if self._closing:
                return
            self._wake.clear()
            await self._wake.wait()

    def _batch(self, first: do.Emit) -> list[Entry]:
        """`first` and the events right behind it: they are logged in one exchange."""
        events = [first]
        while self._items and isinstance(self._items[0], do.Emit):
            events.append(self._items.popleft())  # type: ignore[arg-type]
        at_ms = self._clock_ms()
        return [self.log.number(event.name, event.payload.model_dump(), at_ms) for event in events]

    async def _send(self, entries: list[Entry]) -> None:
        await self.log.append(entries)
        for entry in entries:  # the client may leave between two; the next one gets what it missed
            await self.tell(entry.name, entry.data)

    async def tell(self, name: str, data: dict[str, object], sound: bytes | None = None) -> None:
        """Send to the client, if there is one. The session goes on without one whose line fails."""
        if (client := self.client) is None:
            return
        try:
            await client.send(name, data, sound)
        except Exception:
            _log.exception("client_not_told", event_name=name)
            if self.client is client:
                self.client = None

    async def drop_client(self, why: Failure) -> None:
        client, self.client = self.client, None
        try:
            if client is not None:
                await client.drop(why)
        except Exception:  # it is let go all the same
            _log.exception("client_not_dropped")

    async def _persist(self, job: Job) -> None:
        attempt, began = 0, asyncio.get_running_loop().time()
        while True:
            try:
                with patience.within(_WRITE_SECONDS):
                    await job()
                self.blocked.clear()
                return
            except Exception as error:
                failure = errors.of(error)
                if not isinstance(error, Failure):
                    _log.exception("session_write_failed")
                last = isinstance(error, Failure) or attempt >= len(RETRY_SECONDS)
                if last and failure.kind is not Kind.UNAVAILABLE:
                    raise failure from error
            if asyncio.get_running_loop().time() - began >= _BLOCKED_SECONDS:
                self.blocked.set()
            await asyncio.sleep(RETRY_SECONDS[min(attempt, len(RETRY_SECONDS) - 1)])
            attempt += 1
