"""PostgreSQL and Valkey for tests: the embedded ones, or those named by DATABASE_URL and REDIS_URL."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from kit import ids
from kit.database import Database
from kit.redis import Redis, connect
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate

_TEMPLATE = "parley_template"

# A database for each test is 700 files: on some disks 0.2 s of the system's time, in memory 0.02 s.
_MEMORY = Path("/dev/shm")
_ENOUGH = 4 * 2**30  # bytes; a worker's servers need a tenth of it


@pytest.fixture(scope="session")
def endpoints() -> Iterator[Endpoints]:
    with tempfile.TemporaryDirectory(prefix="parley-tests-", dir=_place(), ignore_cleanup_errors=True) as folder:
        stack = EmbeddedStack(Path(folder) / "data", durable=False)
        try:
            yield stack.start()
        finally:
            stack.stop()


@pytest.fixture(scope="session")
def template(endpoints: Endpoints) -> str:
    """The name of a migrated database that tests clone."""

    async def prepare() -> None:
        connection = await asyncpg.connect(endpoints.database_url)
        await connection.execute(f'create database "{_TEMPLATE}"')
        await connection.close()
        await migrate(named(endpoints.database_url, _TEMPLATE))

    asyncio.run(prepare())
    return _TEMPLATE


@pytest.fixture
async def database_url(endpoints: Endpoints, template: str) -> AsyncIterator[str]:
    """A database of the test's own, with all tables and no rows."""
    name = f"test_{ids.new_id().replace('-', '')}"
    connection = await asyncpg.connect(endpoints.database_url)
    # Half the work of the other strategy, which writes each page into the log, too.
    await connection.execute(f'create database "{name}" template "{template}" strategy file_copy')
    try:
        yield named(endpoints.database_url, name)
    finally:
        await connection.execute(f'drop database "{name}" with (force)')
        await connection.close()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def redis_url(endpoints: Endpoints) -> AsyncIterator[str]:
    """An empty Valkey."""
    client = connect(endpoints.redis_url)
    await client.flushall()
    await client.aclose()
    yield endpoints.redis_url


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = connect(redis_url)
    yield client
    await client.aclose()


def _place() -> Path | None:
    """Where the servers' files are: in memory where there is enough of it, else where temporary files are."""
    has_room = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ENOUGH
    return _MEMORY if has_room else None


def named(url: str, database: str) -> str:
    """`url` with another database."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{database}"))
