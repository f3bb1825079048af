"""Numbered SQL files, applied in order under an advisory lock, one transaction each."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x7061726C6579  # "parley": one migrator at a time, whichever node it runs on
_REACH_SECONDS = 5
_OLDEST = 15


class MigrationError(Exception):
    """The database and the files do not fit; the message says how."""


@dataclass(frozen=True)
class Migration:
    """One file of `server/migrations`."""

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the SQL: a file that was applied may not change."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def load(folder: Path = FOLDER) -> list[Migration]:
    """The migrations of a folder, in order."""
    return [Migration(path.stem, path.read_text()) for path in sorted(folder.glob("[0-9]*.sql"))]


async def prepare(dsn: str, on_applied: Callable[[str], None] | None = None) -> list[str]:
    """Reach the database and bring it up to date; MigrationError with one sentence when that fails."""
    await reach(dsn)
    try:
        return await migrate(dsn, on_applied=on_applied)
    except asyncpg.PostgresError as error:
        raise MigrationError(f"The database could not be brought up to date: {error}") from error


async def reach(dsn: str) -> None:
    """Check that PostgreSQL answers and is new enough; MigrationError with one sentence otherwise."""
    try:
        async with asyncio.timeout(_REACH_SECONDS):
            connection = await asyncpg.connect(dsn)
            version = connection.get_server_version()
            await connection.close()
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        said = str(error) or f"no answer in {_REACH_SECONDS} s"
        raise MigrationError(f"PostgreSQL ({_address(dsn)}) cannot be reached: {said}") from error
    if version.major < _OLDEST:
        raise MigrationError(f"Parley needs PostgreSQL {_OLDEST} or newer; {_address(dsn)} is {version.major}.")


def _address(dsn: str) -> str:
    """The host and database of a DSN, never its password."""
    parts = urlsplit(dsn)
    if not parts.scheme:
        return "DATABASE_URL"
    return f"{(parts.netloc.rpartition('@')[2]) or 'local'}{parts.path}"


async def migrate(
    dsn: str, migrations: list[Migration] | None = None, on_applied: Callable[[str], None] | None = None
) -> list[str]:
    """Bring the database at `dsn` up to date; the names of what was applied.

    MigrationError when the database is ahead of the files or a file was edited after it ran; asyncpg errors for broken
    SQL, which is rolled back.
    """
    files = load() if migrations is None else migrations
    connection = await asyncpg.connect(dsn, server_settings={"application_name": "parley migrate"})
    try:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        await connection.execute(
            "create table if not exists migrations (name text primary key, checksum text not null, "
            "applied_at timestamptz not null default now())"
        )
        done = {row["name"]: row["checksum"] for row in await connection.fetch("select name, checksum from migrations")}
        _check(files, done)
        applied = []
        for file in files:
            if file.name in done:
                continue
            async with connection.transaction():
                await connection.execute(file.sql)
                await connection.execute(
                    "insert into migrations (name, checksum) values ($1, $2)", file.name, file.checksum
                )
            applied.append(file.name)
            if on_applied is not None:
                on_applied(file.name)
        return applied
    finally:
        await connection.close()


def _check(files: list[Migration], done: dict[str, str]) -> None:
    known = {file.name: file.checksum for file in files}
    if missing := sorted(set(done) - set(known)):
        raise MigrationError(f"The database is ahead of this version: it has {', '.join(missing)}.")
    for name, checksum in done.items():
        if known[name] != checksum:
            raise MigrationError(f"The migration {name} was changed after it ran.")
