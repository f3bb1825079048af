"""What a database contains, as a backup records it and a restoration compares it."""

import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from server.backup.archive import BackupProblem

_MIGRATIONS = "select name, checksum from migrations"
_COUNTS = """
select tablename, format('select count(*) from public.%I', tablename) as count
from pg_tables where schemaname = 'public' order by tablename
"""
_OBJECTS = """
select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
"""  # objects of an extension do not count


@dataclass(frozen=True, slots=True)
class Moment:
    """A state of the database that other connections can read by the name of its snapshot."""

    snapshot: str
    at: datetime
    server: int
    migrations: dict[str, str]
    rows: dict[str, int]


@asynccontextmanager
async def held(url: str) -> AsyncIterator[Moment]:
    """The current state, kept for the length of the block; writers are not blocked."""
    connection = await asyncpg.connect(url, server_settings={"application_name": "parley backup"})
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            if await connection.fetchval("select to_regclass('public.migrations')") is None:
                raise BackupProblem("The database holds nothing of Parley yet: there is nothing to back up.")
            yield Moment(
                snapshot=await connection.fetchval("select pg_export_snapshot()"),
                at=await connection.fetchval("select now()"),
                server=connection.get_server_version().major,
                migrations={name: checksum for name, checksum in await connection.fetch(_MIGRATIONS)},
                rows=await _counted(connection),
            )
    finally:
        await connection.close()


async def counted(url: str) -> dict[str, int]:
    """The number of rows of each table."""
    connection = await asyncpg.connect(url)
    try:
        return await _counted(connection)
    finally:
        await connection.close()


async def add_optional(url: str) -> None:
    """Create the extension that retrieval uses, where the server has it. No backup contains it, because not every
    server does."""
    connection = await asyncpg.connect(url)
    try:
        with contextlib.suppress(asyncpg.PostgresError):  # retrieval works without it
            await connection.execute("create extension if not exists vector")
    finally:
        await connection.close()


async def is_empty(url: str) -> bool:
    """Whether there are no tables or similar objects."""
    connection = await asyncpg.connect(url)
    try:
        return not await connection.fetchval(_OBJECTS)
    finally:
        await connection.close()


async def _counted(connection: asyncpg.Connection) -> dict[str, int]:
    tables = await connection.fetch(_COUNTS)
    return {table["tablename"]: await connection.fetchval(table["count"]) for table in tables}
