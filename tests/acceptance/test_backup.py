"""`run.py backup` while somebody speaks, and `run.py restore` elsewhere: every row is there, or nothing is changed."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from clients.python.parley_client import Session
from server.embedded import postgres, privileges, process, stack
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate
from tests.acceptance.test_run import ROOT, Started, clean_environment
from tests.acceptance.test_workers import account
from tests.support.servers import named

_LEDGERS = ("users", "live_usage", "audit_events", "live_sessions", "migrations")


def parley(*line: object, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run.py"), *map(str, line)]
    return subprocess.run(
        command, env=clean_environment() | variables, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def speaking(tmp_path: Path) -> Iterator[Started]:
    variables = {"PARLEY_SPEECH_ENGINE": "sphinx", "PARLEY_LOG_LEVEL": "warning"}
    started = Started(tmp_path / "its data", "--no-browser", "--port", "0", **variables)
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.communicate()


async def backed_up_while_speaking(url: str, data: Path, file: Path) -> subprocess.CompletedProcess[str]:
    session = Session(url, "/speaking", token=await account(url))
    try:
        await session.start_speaking()
        streaming = asyncio.ensure_future(session.stream(bytes(32_000 * 60)))
        made = await asyncio.to_thread(parley, "backup", file, "--data", data)
        assert session.reconnects == 0, "the session was disturbed"
        streaming.cancel()
        await session.end()
        return made
    finally:
        await session.close()


async def rows(url: str, table: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return sorted((tuple(row) for row in await connection.fetch(f"select * from {table}")), key=repr)  # noqa: S608
    finally:
        await connection.close()


def held(url: str) -> dict[str, list[tuple[Any, ...]]]:
    return {table: asyncio.run(rows(url, table)) for table in _LEDGERS}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[EmbeddedStack]:
    """The servers of another data folder, not started yet."""
    servers = EmbeddedStack(tmp_path / "elsewhere", redis=False, durable=False)
    yield servers
    servers.stop()


def test_a_backup_under_a_session_is_restored_elsewhere_row_by_row(
    speaking: Started, elsewhere: EmbeddedStack, tmp_path: Path
) -> None:
    file, data = tmp_path / "parley.zip", tmp_path / "elsewhere"
    made = asyncio.run(backed_up_while_speaking(speaking.url(), speaking.data_dir, file))
    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    assert not [name for name in zipfile.ZipFile(file).namelist() if "models" in name]

    busy = parley("restore", file, "--data", speaking.data_dir)
    assert busy.returncode == 2 and "already uses the data folder" in busy.stderr
    restored = parley("restore", file, "--data", data)
    assert restored.returncode == 0, restored.stderr
    assert (data / "secret.key").read_text() == (speaking.data_dir / "secret.key").read_text()
    assert (data / "secret.key").stat().st_mode & 0o777 == 0o600
    running = stack.running(speaking.data_dir)
    assert running is not None
    before, after = held(running.database_url), held(elsewhere.start().database_url)
    assert after["migrations"] == before["migrations"]
    assert [row[0] for row in after["users"]] == [row[0] for row in before["users"]]
    assert [row[0] for row in after["live_sessions"]] == [row[0] for row in before["live_sessions"]]
    assert set(after["live_usage"]) <= set(before["live_usage"]), "a ledger row was changed"
    assert set(after["audit_events"]) <= set(before["audit_events"])
    counts = json.loads(zipfile.ZipFile(file).read("manifest.json"))["rows"]
    assert {table: len(found) for table, found in after.items()} == {table: counts[table] for table in _LEDGERS}


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


KEY = "a key of the test that is long enough to sign and to seal"


@pytest.fixture
def empty_url(endpoints: Endpoints) -> Iterator[str]:
    """An empty database, as a PostgreSQL of one's own offers it."""

    name = f"restored_{os.urandom(6).hex()}"
    asyncio.run(execute(endpoints.database_url, f'create database "{name}"'))
    yield named(endpoints.database_url, name)
    asyncio.run(execute(endpoints.database_url, f'drop database "{name}" with (force)'))


@pytest.fixture
def file(tmp_path: Path, empty_url: str) -> Path:
    """A backup of a migrated database with one account in it; the database is empty again."""
    asyncio.run(migrate(empty_url))
    account = (
        "insert into users (id, email, username, password_hash, created_at, updated_at) "
        "values (gen_random_uuid(), 'ann@example.com', 'ann', 'none', now(), now())"
    )
    asyncio.run(execute(empty_url, account))
    path = tmp_path / "made.zip"
    made = parley("backup", path, "--data", tmp_path / "none", DATABASE_URL=empty_url, PARLEY_SECRET_KEY=KEY)
    assert made.returncode == 0, made.stderr
    asyncio.run(execute(empty_url, "drop schema public cascade; create schema public"))
    return path


def restore(file: Path, url: str, data: Path, key: str = KEY) -> subprocess.CompletedProcess[str]:
    return parley("restore", file, "--data", data, DATABASE_URL=url, PARLEY_SECRET_KEY=key)


def test_a_database_of_ones_own_is_saved_and_restored(file: Path, empty_url: str, tmp_path: Path) -> None:
    data = tmp_path / "none"
    assert "secret.key" not in zipfile.ZipFile(file).namelist()
    wrong = restore(file, empty_url, data, key=KEY[::-1])
    assert wrong.returncode == 2 and "not the key of the backup" in wrong.stderr
    done = restore(file, empty_url, data)
    assert done.returncode == 0, done.stderr
    assert [row[1] for row in asyncio.run(rows(empty_url, "users"))] == ["ann@example.com"]
    again = restore(file, empty_url, data)
    assert again.returncode == 2 and "not empty" in again.stderr
    over = parley("backup", file, "--data", data, DATABASE_URL=empty_url, PARLEY_SECRET_KEY=KEY)
    assert over.returncode == 2 and "is there already" in over.stderr
    assert not data.exists()


def rewritten(file: Path, path: Path, **changes: object) -> Path:
    """The backup with another manifest, or another content of the file of that name."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | changes).encode()
            elif changes.get("script") is not None and name == "database.sql":
                content = content.replace(b"ann@example.com", b"eve@example.com")
            target.writestr(name, content)
    return path


def test_what_is_no_backup_of_this_version_changes_nothing(file: Path, empty_url: str, tmp_path: Path) -> None:
    migrations = json.loads(zipfile.ZipFile(file).read("manifest.json"))["migrations"]
    torn = tmp_path / "torn.zip"
    torn.write_bytes(file.read_bytes()[:-100])
    bad = {
        "other version": rewritten(file, tmp_path / "1.zip", migrations={**migrations, "9999_later": "0" * 64}),
        "has format 2": rewritten(file, tmp_path / "2.zip", format=2),
        "the sum of database.sql": rewritten(file, tmp_path / "3.zip", script="other"),
        "no backup, or it is damaged": torn,
        "cannot be read": tmp_path / "missing.zip",
    }
    for sentence, path in bad.items():
        refused = restore(path, empty_url, tmp_path / "none")
        assert refused.returncode == 2 and "Traceback" not in refused.stderr, refused.stderr
        assert sentence in refused.stderr.replace("another version", "other version"), refused.stderr
    with pytest.raises(asyncpg.UndefinedTableError):
        asyncio.run(rows(empty_url, "users"))


_OTHERS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


@pytest.fixture
def older(tmp_path: Path) -> Iterator[str]:
    """An empty database of the system's own PostgreSQL, the oldest that is here."""
    account = privileges.account_to_use()
    who: dict[str, Any] = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    with tempfile.TemporaryDirectory(prefix="parley-tests-", ignore_cleanup_errors=True) as name:
        folder = privileges.private_folder(Path(name), account)
        options: dict[str, Any] = {"cwd": folder, "env": process.environment(), **who}
        made: list[str | Path] = ["-D", folder / "c", "-U", "parley", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([_OTHERS[0].with_name("initdb"), *made], check=True, stdout=subprocess.DEVNULL, **options)
        with (tmp_path / "older.log").open("wb") as log:
            line: list[str | Path] = [_OTHERS[0], "-D", folder / "c", "-k", folder, "-h", "", "-F"]
            server = subprocess.Popen(line, stdout=log, stderr=log, **options)
        try:
            assert process.wait_until(lambda: "ready" in _text(folder / "c" / "postmaster.pid"), 30)
            yield named(postgres.url_in(folder), "postgres")
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


@pytest.mark.skipif(not _OTHERS, reason="no other PostgreSQL is installed")
def test_a_backup_goes_into_an_older_postgresql(file: Path, older: str, tmp_path: Path) -> None:
    done = restore(file, older, tmp_path / "none")
    assert done.returncode == 0, done.stderr
    assert [row[1] for row in asyncio.run(rows(older, "users"))] == ["ann@example.com"]
    again = tmp_path / "again.zip"
    made = parley("backup", again, "--data", tmp_path / "none", DATABASE_URL=older, PARLEY_SECRET_KEY=KEY)
    assert made.returncode == 0, made.stderr
