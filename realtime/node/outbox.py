"""The ordered way out of a session: store, number, log, send.

Everything that the machine wants stored or sent goes through one queue, so a turn is in PostgreSQL before its final is
logged, and in the log before it is sent. While PostgreSQL is away the queue waits and retries. Rows that wait together
are written together, also those behind events that are not sent yet: what a session has to write after an outage, or at
its end, is a few exchanges with PostgreSQL, not a few for each row.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from kit import errors, logs, patience, tracing
from kit.errors import Failure, Kind
from realtime.node.client_slot import ClientSlot
from realtime.node.log import Entry, EventLog
from realtime.node.plainer import plainer
from realtime.node.recorder import Sound
from realtime.node.session_clock import SessionClock
from realtime.node.storage import Row
from realtime.session import commands as do

RETRY_SECONDS = (0.1, 0.1, 0.2, 0.4, 0.5)
_WRITE_SECONDS = 5.0  # of one try
_SLOW_SECONDS = 2.5  # after which one that fails is made smaller
_ROWS = 64  # of one transaction
_BLOCKED_SECONDS = 1.0
_log = logs.get(__name__)

Job = Callable[[], Awaitable[None]]
Store = Callable[[Sequence[Row]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Event:
    """An event, and the step from its queuing to its sending."""

    emit: do.Emit
    trace: tracing.Span


@dataclass(frozen=True, slots=True)
class _Tell:
    """A job that stores nothing: rows behind it may be stored before it is done."""

    job: Job


Item = _Event | Row | _Tell | Job


class Outbox:
    """`run` is the session's only task that writes or sends; it ends when the session is over or lost."""

    def __init__(
        self, log: EventLog, clients: ClientSlot, clock: SessionClock, store: Store, trace: tracing.Span
    ) -> None:
        """`store` stores rows, all or none. `trace` is the step of events that are part of no other."""
        self._trace = trace
        self._log = log
        self._clients = clients
        self._clock = clock
        self._store = store
        self._rows_at_once = _ROWS
        self._refused: Failure | None = None  # a row that PostgreSQL does not take
        self._items: deque[Item] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self._blocked = asyncio.Event()

    @property
    def blocked(self) -> asyncio.Event:
        """Set while the first in the queue has been refused for a second."""
        return self._blocked

    def emit(self, event: do.Emit) -> None:
        """Queue an event. It is numbered, logged and sent in this order."""
        step = (tracing.current() or self._trace).begin("event", {"event": event.name})
        self._items.append(_Event(event, step))
        self._wake.set()

    def store(self, row: Row) -> None:
        """A row that PostgreSQL refuses takes no other with it. A plainer one of it is stored, if there is one (see
        `plainer`); else those behind it are stored, then the session is let go."""
        self._items.append(row)
        self._wake.set()

    def put(self, job: Job) -> None:
        """Do `job` when all before it is done, and nothing behind it. What is UNAVAILABLE is tried again until it
        passes."""
        self._items.append(job)
        self._wake.set()

    def put_telling(self, job: Job) -> None:
        """As `put`, for a job that stores nothing: rows behind it may be stored before it."""
        self._items.append(_Tell(job))
        self._wake.set()

    def play(self, name: str, data: dict[str, object], sound: bytes | None) -> None:
        """Something for the client, in order with the events but neither numbered nor kept."""
        self.put_telling(lambda: self._play(name, data, sound))

    async def _play(self, name: str, data: dict[str, object], sound: bytes | None) -> None:
        envelope = {"at_ms": self._clock.at_ms(), **data, "session_id": self._log.session_id}
        await self._clients.tell(name, envelope, sound)

    async def told(self, seconds: float) -> bool:
        """Whether everything queued so far was done in that time: events are logged, and sent if a client is
        attached."""
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
        for item in self._items:
            if isinstance(item, _Event):
                item.trace.end("abandoned")
        self._items.clear()
        self.close()

    async def run(self) -> Failure | None:
        """To the end of the session; Failure when it was lost before."""
        while True:
            while self._items:
                item = self._items.popleft()
                try:
                    await self._do(item)
                except Failure as failure:
                    self.abandon()
                    return failure
                except Exception as error:
                    _log.exception("session_failed")
                    self.abandon()
                    return errors.of(error)
            if self._closing:
                return None
            if self._refused is not None:
                return self._refused
            self._wake.clear()
            await self._wake.wait()

    async def _do(self, item: Item) -> None:
        match item:
            case _Event():
                await self._send(self._batch(item))
            case do.StoreTurn() | do.StoreScore() | do.Cover() | Sound():
                await self._store_all(self._waiting(item))
            case _Tell(job):
                await self._persist(job)
            case job:
                await self._persist(job)

    def _waiting(self, first: Row) -> deque[Row]:
        """`first` and the rows behind it, up to the next job."""
        rows, others = deque([first]), deque[Item]()
        while self._items and not callable(item := self._items[0]):
            self._items.popleft()
            if isinstance(item, _Event | _Tell):
                others.append(item)
            else:
                rows.append(item)
        self._items.extendleft(reversed(others))
        return rows

    async def _store_all(self, rows: deque[Row]) -> None:
        refused = self._refused is not None
        while rows:
            try:
                await self._persist(partial(self._store_some, rows), tries=1 if refused else len(RETRY_SECONDS))
            except Failure as failure:
                if failure.kind is not Kind.INTERNAL:
                    raise
                refused = True
                self._refuse(rows, failure)

    def _refuse(self, rows: deque[Row], failure: Failure) -> None:
        """Put a plainer row in the place of the first one, or leave it out."""
        row = rows.popleft()
        less, kept = plainer(row)
        turn_id = row.turn.turn_id if isinstance(row, do.StoreTurn) else getattr(row, "turn_id", None)
        _log.error("session_row_refused", row=type(row).__name__, turn_id=turn_id, kept=kept)
        if less is None:
            self._refused = failure
        else:
            rows.appendleft(less)

    async def _store_some(self, rows: deque[Row]) -> None:
        """Store `rows` and take them out, many at a time. If this fails for one row only, that row is in front."""
        while rows:
            some = list(islice(rows, self._rows_at_once))
            began = asyncio.get_running_loop().time()
            try:
                with patience.within(_WRITE_SECONDS):
                    await self._store(some)
            except Exception as error:
                if errors.of(error).kind is Kind.INTERNAL and len(some) > 1:
                    self._rows_at_once = 1  # to find the one that is refused
                    continue
                if asyncio.get_running_loop().time() - began >= _SLOW_SECONDS:
                    self._rows_at_once = max(1, len(some) // 4)
                raise
            for _ in some:
                rows.popleft()
            if asyncio.get_running_loop().time() - began < _SLOW_SECONDS / 4:
                self._rows_at_once = min(_ROWS, self._rows_at_once * 4)

    def _batch(self, first: _Event) -> list[tuple[Entry, tracing.Span]]:
        """`first` and the events right behind it: they are logged in one exchange."""
        events = [first]
        while self._items and isinstance(self._items[0], _Event):
            events.append(self._items.popleft())  # type: ignore[arg-type]
        at_ms = self._clock.at_ms()
        return [(self._log.number(one.emit.name, one.emit.payload.model_dump(), at_ms), one.trace) for one in events]

    async def _send(self, entries: list[tuple[Entry, tracing.Span]]) -> None:
        try:
            await self._log.append([entry for entry, _ in entries])
            for entry, step in entries:  # the client may leave between two; the next one gets what it missed
                await self._clients.tell(entry.name, entry.data)
                step.note({"seq": entry.seq})
                step.end()
        except BaseException as error:
            for _, step in entries:
                step.end(type(error).__name__)
            raise

    async def _persist(self, job: Job, tries: int = len(RETRY_SECONDS)) -> None:
        attempt, began = 0, asyncio.get_running_loop().time()
        while True:
            try:
                with patience.within(_WRITE_SECONDS):
                    await job()
                self._blocked.clear()
                return
            except Exception as error:
                failure = errors.of(error)
                if not isinstance(error, Failure) and attempt == 0:
                    _log.exception("session_write_failed")
                last = isinstance(error, Failure) or attempt >= tries
                if last and failure.kind is not Kind.UNAVAILABLE:
                    raise failure from error
            if asyncio.get_running_loop().time() - began >= _BLOCKED_SECONDS:
                self._blocked.set()
            await asyncio.sleep(RETRY_SECONDS[min(attempt, len(RETRY_SECONDS) - 1)])
            attempt += 1
