"""PostgreSQL: one pool, transactions, and the types of our rows.

uuid columns are text in Python, json columns are Python values, times are aware UTC datetimes.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, cast

import asyncpg
import orjson
from asyncpg.pool import PoolConnectionProxy

from kit import errors, logs

Connection: TypeAlias = PoolConnectionProxy
Record: TypeAlias = asyncpg.Record

_ACQUIRE_SECONDS = 5.0
_FRESH_SECONDS = 60.0
_OUTAGES = (OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError, asyncpg.AdminShutdownError)
_log = logs.get(__name__)


async def set_codecs(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str, format="text")
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name,
            schema="pg_catalog",
            encoder=lambda value: orjson.dumps(value).decode(),
            decoder=orjson.loads,
            format="text",
        )


async def _nothing(_connection: asyncpg.Connection) -> None:
    """asyncpg would reset the session with a statement after each use. We change it inside transactions only."""


class Database:
    """A pool. Being unable to reach PostgreSQL is a 503 `unavailable`, not a trace.

    asyncpg's pool makes and closes connections; from hand to hand they go here, because its way back and forth takes
    longer than a small statement.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._releasing: set[asyncio.Future[Any]] = set()
        self._free: list[tuple[Connection, float]] = []
        self._waiting: deque[asyncio.Future[Connection | None]] = deque()
        self._out = 0  # of asyncpg's pool: in use or free

    @classmethod
    async def open(cls, dsn: str, *, min_size: int = 1, max_size: int = 10) -> "Database":
        """Connect to `dsn` (PostgreSQL 15 or newer). `unavailable` when it is not there, asyncpg errors else."""
        try:
            pool = await asyncpg.create_pool(
                dsn,
                min_size=min_size,
                max_size=max_size,
                init=set_codecs,
                reset=_nothing,
                command_timeout=30,
                server_settings={"timezone": "UTC", "application_name": "parley"},
            )
        except _OUTAGES as error:
            raise _outage(error) from error
        return cls(pool)

    async def close(self) -> None:
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
        held = await self._take_free() or await self._acquire()
        clean = False
        try:
            yield held
            clean = True
        except (*_OUTAGES, TimeoutError) as error:
            raise _outage(error) from error
        except (asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
            if not _gone(held, error):
                raise
            raise _outage(error) from error
        finally:
            if not (clean and self._keep(held)):
                # A cancelled release would leave the connection checked out for ever.
                await asyncio.shield(self._release(held))

    async def _take_free(self) -> Connection | None:
        """A connection that was used a moment ago."""
        while self._free:
            held, since = self._free.pop()
            if _lives(held) and asyncio.get_running_loop().time() - since < _FRESH_SECONDS:
                return held
            await asyncio.shield(self._release(held))
        return None

    def _keep(self, held: Connection) -> bool:
        """Hand it to whoever waits longest, or keep it for the next one. False when it is no good."""
        if not _lives(held) or held.is_in_transaction():
            return False
        if not self._wake(held):
            self._free.append((held, asyncio.get_running_loop().time()))
        return True

    def _wake(self, held: Connection | None) -> bool:
        """Give the longest waiting one a connection, or the right to open one. False when nobody waits."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(held)
                return True
        return False

    async def _release(self, held: Connection) -> None:
        try:
            await self._pool.release(held)
        except Exception as error:  # the pool has thrown the connection away; what was done with it stands
            _log.warning("database_connection_dropped", error=type(error).__name__)
        finally:
            self._back()

    def _back(self) -> None:
        self._out -= 1
        self._wake(None)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction: committed at the end of the block, rolled back by any exception in it."""
        async with self.connection() as held, held.transaction():
            yield held

    async def _acquire(self) -> Connection:
        while self._out >= self._pool.get_max_size():
            if (handed := await self._wait()) is not None:
                return handed
        return await self._open()

    async def _wait(self) -> Connection | None:
        """What `_wake` gives. Failure `unavailable` when that takes too long."""
        waiter: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            async with asyncio.timeout(_ACQUIRE_SECONDS):
                return await waiter
        except BaseException as error:
            if waiter.done() and not waiter.cancelled():  # it came in the very moment of giving up
                self._pass_on(waiter.result())
            if isinstance(error, TimeoutError):
                raise errors.unavailable("unavailable", "The database is busy. Try again shortly.", 2) from error
            raise

    def _pass_on(self, held: Connection | None) -> None:
        if held is None:
            self._wake(None)
        elif not self._keep(held):
            self._spawn_release(held)

    async def _open(self) -> Connection:
        self._out += 1
        # asyncpg loses a connection when an acquire is cancelled half way, so the acquire itself always ends.
        acquiring = asyncio.ensure_future(self._pool.acquire(timeout=_ACQUIRE_SECONDS))
        try:
            return cast(Connection, await asyncio.shield(acquiring))
        except asyncio.CancelledError:
            acquiring.add_done_callback(self._give_back)
            raise
        except TimeoutError as error:
            self._back()
            raise errors.unavailable("unavailable", "The database is busy. Try again shortly.", 2) from error
        except BaseException as error:
            self._back()
            if isinstance(error, _OUTAGES):
                raise _outage(error) from error
            raise

    def _give_back(self, acquired: "asyncio.Future[Any]") -> None:
        if acquired.cancelled() or acquired.exception() is not None:
            self._back()
        else:
            self._spawn_release(acquired.result())

    def _spawn_release(self, held: Connection) -> None:
        releasing = asyncio.ensure_future(self._release(held))
        self._releasing.add(releasing)
        releasing.add_done_callback(self._releasing.discard)


def _lives(held: Connection) -> bool:
    try:
        return not held.is_closed()
    except asyncpg.InterfaceError:  # it was lost meanwhile, and asyncpg has taken it back
        return False


def _gone(held: Connection, error: Exception) -> bool:
    """Whether the server ended the connection meanwhile. The pool may have taken it back already; and a rollback behind
    the server's farewell ("terminating connection") hides that one behind an error of the driver's own."""
    try:
        return bool(held.is_closed()) or isinstance(error.__context__, _OUTAGES)
    except asyncpg.InterfaceError:
        return True


def _outage(error: Exception) -> errors.Failure:
    _log.error("database_unreachable", error=type(error).__name__)
    return errors.unavailable("unavailable", "The database cannot be reached. Try again shortly.", 5)
