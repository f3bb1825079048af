"""PostgreSQL: one pool, transactions, and the types of our rows.

uuid columns are text in Python, json columns are Python values, times are aware UTC datetimes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, cast

import asyncpg
import orjson
from asyncpg.pool import PoolConnectionProxy

from server.kit import errors, logs

Connection: TypeAlias = PoolConnectionProxy
Record: TypeAlias = asyncpg.Record

_ACQUIRE_SECONDS = 5.0
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


class Database:
    """A pool. Being unable to reach PostgreSQL is a 503 `unavailable`, not a trace."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._releasing: set[asyncio.Future[Any]] = set()

    @classmethod
    async def open(cls, dsn: str, *, min_size: int = 1, max_size: int = 10) -> "Database":
        """Connect to `dsn` (PostgreSQL 15 or newer). OSError or asyncpg errors when that fails."""
        pool = await asyncpg.create_pool(
            dsn,
            min_size=min_size,
            max_size=max_size,
            init=set_codecs,
            command_timeout=30,
            server_settings={"timezone": "UTC", "application_name": "parley"},
        )
        return cls(pool)

    async def close(self) -> None:
        try:
            await asyncio.wait_for(self._pool.close(), timeout=3)
        except TimeoutError:
            _log.warning("database_pool_terminated")
            self._pool.terminate()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection for single statements."""
        held = await self._acquire()
        try:
            yield held
        except (*_OUTAGES, TimeoutError) as error:
            raise _outage(error) from error
        except (asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
            if not _gone(held, error):
                raise
            raise _outage(error) from error
        finally:
            # A cancelled release would leave the connection checked out for ever.
            await asyncio.shield(self._release(held))

    async def _release(self, held: Connection) -> None:
        try:
            await self._pool.release(held)
        except Exception as error:  # the pool has thrown the connection away; what was done with it stands
            _log.warning("database_connection_dropped", error=type(error).__name__)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction: committed at the end of the block, rolled back by any exception in it."""
        async with self.connection() as held, held.transaction():
            yield held

    async def _acquire(self) -> Connection:
        # asyncpg loses a connection when an acquire is cancelled half way, so the acquire itself always ends.
        acquiring = asyncio.ensure_future(self._pool.acquire(timeout=_ACQUIRE_SECONDS))
        try:
            return cast(Connection, await asyncio.shield(acquiring))
        except asyncio.CancelledError:
            acquiring.add_done_callback(self._give_back)
            raise
        except TimeoutError as error:
            raise errors.unavailable("unavailable", "The database is busy. Try again shortly.", 2) from error
        except _OUTAGES as error:
            raise _outage(error) from error

    def _give_back(self, acquired: "asyncio.Future[Any]") -> None:
        if not acquired.cancelled() and acquired.exception() is None:
            releasing = asyncio.ensure_future(self._release(acquired.result()))
            self._releasing.add(releasing)
            releasing.add_done_callback(self._releasing.discard)


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
