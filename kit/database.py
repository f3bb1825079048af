"""PostgreSQL: one pool, transactions, and the types of our rows.

uuid columns are text in Python, json columns are Python values, times are aware UTC datetimes.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, cast

import asyncpg
import orjson
from asyncpg.pool import PoolConnectionProxy

from kit import errors, logs, outages, patience, queries

Connection: TypeAlias = PoolConnectionProxy
Record: TypeAlias = asyncpg.Record

_ACQUIRE_SECONDS = 5.0
_USE_SECONDS = 30.0  # of a connection for one block, outside of requests
_RELEASE_SECONDS = 2.0
_FRESH_SECONDS = 60.0
_NOTICED_SECONDS = 10.0
_log = logs.get(__name__)


async def set_codecs(connection: asyncpg.Connection) -> None:
    """UUIDs are text here, and JSON is parsed."""
    await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str, format="text")
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name,
            schema="pg_catalog",
            encoder=lambda value: orjson.dumps(value).decode(),
            decoder=orjson.loads,
            format="text",
        )


async def _set_up_traced(connection: asyncpg.Connection) -> None:
    await set_codecs(connection)
    connection.add_query_logger(queries.trace)


async def _nothing(_connection: asyncpg.Connection) -> None:
    """asyncpg would reset the session with a statement after each use. That is not needed: we change it only inside
    transactions."""


class Database:
    """A pool. A PostgreSQL that cannot be reached, hangs or cannot do its work is a 503 `unavailable`, not a trace.

    asyncpg's pool opens and closes connections. Between uses they are handed on here, because a way through asyncpg's
    pool takes longer than a small statement.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._releasing: set[asyncio.Future[Any]] = set()
        self._free: list[tuple[Connection, float]] = []
        self._waiting: deque[asyncio.Future[Connection | None]] = deque()
        self._out = 0  # of asyncpg's pool: in use or free
        self._generation = 0  # of connections; a fail-over begins the next one
        self._born: dict[Connection, int] = {}  # in which generation
        self._closing = False
        self._trouble: tuple[str, float] | None = None
        self._renewed_at = self._logged_at = float("-inf")

    @classmethod
    async def open(cls, dsn: str, *, min_size: int = 1, max_size: int = 10, traced: bool = False) -> "Database":
        """Connect to `dsn` (PostgreSQL 15 or newer). `unavailable` when it is not there, asyncpg errors else. `traced`:
        statements are steps of the trace that they are made in."""
        try:
            pool = await asyncpg.create_pool(
                dsn,
                min_size=min_size,
                max_size=max_size,
                init=_set_up_traced if traced else set_codecs,
                reset=_nothing,
                command_timeout=30,
                server_settings={"timezone": "UTC", "application_name": "parley"},
            )
        except (*outages.OUTAGES, *outages.REFUSALS) as error:
            raise outages.failure(error) from error
        return cls(pool)

    @property
    def trouble(self) -> str | None:
        """The name of PostgreSQL's last error within ten seconds, or None."""
        if self._trouble is None or time.monotonic() - self._trouble[1] > _NOTICED_SECONDS:
            return None
        return self._trouble[0]

    @property
    def load(self) -> tuple[int, int, int]:
        """Connections in use, connections at most, tasks that wait for one."""
        return self._out - len(self._free), self._pool.get_max_size(), len(self._waiting)

    async def close(self) -> None:
        """End all connections; those in use have 3 seconds to come back."""
        self._closing = True
        while self._free:
            await self._release(self._free.pop()[0])
        try:
            await asyncio.wait_for(self._pool.close(), timeout=3)
        except TimeoutError:
            _log.warning("database_pool_terminated")
            self._pool.terminate()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection for single statements."""
        if patience.used_up():  # a connection of which nothing is wrong would be cut
            raise _busy()
        began = time.monotonic()
        try:
            held = await self._take_free() or await self._acquire()
            watch = patience.Alarm(_USE_SECONDS, lambda: outages.cut(held))
            clean = cancelled = False
            try:
                yield held
                clean = True
            except asyncio.CancelledError:
                cancelled = True
                raise
            except Exception as error:
                if (failure := self._failure(held, error)) is None:
                    raise
                raise failure from error
            finally:
                watch.stop()
                if cancelled:  # a cancelled caller must not wait for the server
                    self._spawn_release(held)
                elif not (clean and self._keep(held)):
                    # A cancelled release would leave the connection checked out for ever.
                    await asyncio.shield(self._release(held))
        finally:
            patience.waited(began)

    def _failure(self, held: Connection, error: Exception) -> errors.Failure | None:
        """What an error in a block means, None when it is the block's own."""
        if isinstance(error, asyncpg.exceptions.ReadOnlySQLTransactionError):
            self._renew()
        if not isinstance(error, (*outages.OUTAGES, *outages.REFUSALS, TimeoutError)):
            # The driver trips over its own missing parts when a connection is cut between two steps of a statement.
            driver = isinstance(error, asyncpg.InterfaceError | asyncpg.InternalClientError | AttributeError)
            if not driver or not outages.gone(held, error):
                return None
        self._note(error)
        return outages.failure(error)

    def _note(self, error: Exception) -> None:
        """Keep the error for the health page and log it now and then: during an outage every request has the same
        one."""
        now = time.monotonic()
        self._trouble = type(error).__name__, now
        if now - self._logged_at >= 1.0:
            self._logged_at = now
            _log.error("database_unavailable", error=type(error).__name__)

    def _renew(self) -> None:
        """Another server is the primary now. New connections may reach it; the existing ones never will."""
        now = time.monotonic()
        if now - self._renewed_at < 1.0:
            return
        self._renewed_at = now
        self._generation += 1
        expiring = asyncio.ensure_future(self._pool.expire_connections())
        self._releasing.add(expiring)
        expiring.add_done_callback(self._releasing.discard)
        while self._free:
            self._spawn_release(self._free.pop()[0])

    async def _take_free(self) -> Connection | None:
        """A connection that was just released, or None."""
        while self._free:
            held, since = self._free.pop()
            if outages.lives(held) and time.monotonic() - since < _FRESH_SECONDS:
                return held
            await asyncio.shield(self._release(held))
        return None

    def _keep(self, held: Connection) -> bool:
        """Give it to the task that waits longest, or keep it for the next. False when it is not usable."""
        old = self._born.get(held) != self._generation
        if old or self._closing or not outages.lives(held) or held.is_in_transaction():
            return False
        if not self._wake(held):
            self._free.append((held, time.monotonic()))
        return True

    def _wake(self, held: Connection | None) -> bool:
        """Give the task that waits longest a connection, or the right to open one. False when none waits."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(held)
                return True
        return False

    async def _release(self, held: Connection) -> None:
        try:
            await self._pool.release(held, timeout=_RELEASE_SECONDS)
        except Exception as error:  # the pool has thrown the connection away; what was done with it stands
            _log.warning("database_connection_dropped", error=type(error).__name__)
        finally:
            self._born.pop(held, None)
            self._back()

    def _back(self) -> None:
        self._out -= 1
        self._wake(None)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction: committed at the end of the block, rolled back by any exception in it."""
        async with self.connection() as held:
            transaction = held.transaction()
            await transaction.start()
            try:
                yield held
            except asyncio.CancelledError:
                held.terminate()  # that rolls back, too; to ask for it could take as long as what was given up
                raise
            except BaseException:
                await transaction.rollback()
                raise
            await transaction.commit()

    async def _acquire(self) -> Connection:
        while self._out >= self._pool.get_max_size():
            if (handed := await self._wait()) is not None:
                return handed
        return await self._open()

    async def _wait(self) -> Connection | None:
        """Wait for what `_wake` gives. Failure `unavailable` when that takes too long."""
        waiter: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        alarm = patience.Alarm(_ACQUIRE_SECONDS, lambda: _give_up(waiter))
        try:
            return await waiter
        except asyncio.CancelledError:
            # It came in the very moment of the cancellation.
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self._pass_on(waiter.result())
            raise
        finally:
            alarm.stop()

    def _pass_on(self, held: Connection | None) -> None:
        if held is None:
            self._wake(None)
        elif not self._keep(held):
            self._spawn_release(held)

    async def _open(self) -> Connection:
        self._out += 1
        generation = self._generation
        # asyncpg loses a connection when an acquire is cancelled half way, so the acquire itself always ends.
        acquiring = asyncio.ensure_future(self._pool.acquire(timeout=_ACQUIRE_SECONDS))
        try:
            async with asyncio.timeout(patience.most(2 * _ACQUIRE_SECONDS)):
                held = cast(Connection, await asyncio.shield(acquiring))
                self._born[held] = generation
                return held
        except BaseException as error:
            acquiring.add_done_callback(self._give_back)
            if not isinstance(error, (*outages.OUTAGES, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)):
                raise
            self._note(error)
            raise outages.failure(error) from error

    def _give_back(self, acquired: "asyncio.Future[Any]") -> None:
        if acquired.cancelled() or acquired.exception() is not None:
            self._back()
        else:
            self._spawn_release(acquired.result())

    def _spawn_release(self, held: Connection) -> None:
        releasing = asyncio.ensure_future(self._release(held))
        self._releasing.add(releasing)
        releasing.add_done_callback(self._releasing.discard)


def _give_up(waiter: "asyncio.Future[Connection | None]") -> None:
    if not waiter.done():
        waiter.set_exception(_busy())


def _busy() -> errors.Failure:
    return errors.unavailable("unavailable", "The database is busy. Try again shortly.", 2)
