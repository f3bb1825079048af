"""The embedded servers as real processes: life, death and recovery."""

import asyncio
import json
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
import redis

from server.embedded import process
from server.embedded.errors import EmbeddedProblem
from server.embedded.stack import EmbeddedStack, Endpoints
from server.embedded.valkey import Valkey

ROOT = Path(__file__).resolve().parents[3]
OWNER = Path(__file__).with_name("owner.py")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "a folder with spaces" / ("deep" * 20) / "data"


@pytest.fixture
def stack(data_dir: Path) -> Iterator[EmbeddedStack]:
    stack = EmbeddedStack(data_dir, durable=False)
    yield stack
    stack.stop()


def query(url: str, *statements: str) -> object:
    """Run the statements and return the first value of the last."""

    async def run() -> object:
        connection = await asyncpg.connect(url)
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            return await connection.fetchval(statements[-1])
        finally:
            await connection.close()

    return asyncio.run(run())


def ping(endpoints: Endpoints) -> bool:
    with redis.Redis.from_url(endpoints.redis_url) as client:
        return bool(client.ping())


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def gone_within(pids: list[int], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def group_of(postmaster: int) -> list[int]:
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    return [postmaster, *(int(child) for child in children)]


def test_answers_on_private_sockets_with_the_extensions_it_promises(stack: EmbeddedStack) -> None:
    endpoints = stack.start()
    extensions = "create extension vector; create extension pg_trgm; create extension unaccent"
    version = query(endpoints.database_url, extensions, "select current_setting('server_version_num')::int")
    assert isinstance(version, int) and version >= 180000
    assert query(endpoints.database_url, "select current_setting('listen_addresses')") == ""
    assert ping(endpoints)
    folder = Path(endpoints.redis_url.removeprefix("unix://")).parent
    assert folder.stat().st_mode & 0o777 == 0o700
    assert len(str(folder / ".s.PGSQL.5432")) < 100


def test_creates_the_database_while_its_caller_works(stack: EmbeddedStack, data_dir: Path) -> None:
    there: list[bool] = []

    def work() -> None:
        there.append((data_dir / "postgres").exists())

    assert query(stack.start(while_waiting=work).database_url, "select 1") == 1
    stack.stop()
    assert query(stack.start(while_waiting=work).database_url, "select 1") == 1
    assert there == [False, True]


def test_keeps_rows_over_an_ordered_restart_and_leaves_nothing_behind(stack: EmbeddedStack, data_dir: Path) -> None:
    steps: list[str] = []
    endpoints = stack.start(steps.append)
    assert steps == ["Creating the database", "Starting PostgreSQL"]
    query(endpoints.database_url, "create table kept (n int)", "insert into kept values (7) returning n")
    pids = json.loads((data_dir / "embedded.json").read_text())["pids"].values()
    runtime = Path(endpoints.redis_url.removeprefix("unix://")).parent
    stack.stop()
    assert not any(alive(pid) for pid in pids) and not runtime.exists()

    steps.clear()
    assert query(stack.start(steps.append).database_url, "select n from kept") == 7
    assert steps == ["Starting PostgreSQL"]


def test_a_server_that_cannot_be_started_now_does_not_keep_the_other_from_it(
    stack: EmbeddedStack, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoints = stack.start()
    with monkeypatch.context() as short:
        short.setattr(Valkey, "_begin", no_memory)
        for server in stack._servers:
            assert server.kept.child is not None
            server.kept.child.kill()
            server.kept.child.wait()
        assert stack.revive() == ["postgres"]
    assert process.wait_until(lambda: "valkey" in stack.revive(), 60)

    def answers() -> bool:
        try:
            return ping(endpoints)
        except redis.ConnectionError:
            return False

    assert process.wait_until(answers, 60)


def no_memory(_: object) -> None:
    raise OSError(12, "Cannot allocate memory")


def test_revives_a_killed_server(stack: EmbeddedStack, data_dir: Path) -> None:
    endpoints = stack.start()
    assert stack.revive() == []
    pids = json.loads((data_dir / "embedded.json").read_text())["pids"]
    for pid in pids.values():
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while True:  # the first new PostgreSQL may still find the old one's shared memory in use
        stack.revive()
        try:
            assert query(endpoints.database_url, "select 1") == 1 and ping(endpoints)
            break
        except (OSError, asyncpg.PostgresError, redis.ConnectionError):
            assert time.monotonic() < deadline
            time.sleep(0.2)


@pytest.mark.skipif(sys.platform != "linux", reason="children are tied to their parent on Linux only")
def test_no_child_outlives_a_killed_owner_and_committed_rows_stay(data_dir: Path) -> None:
    owner = subprocess.Popen([sys.executable, OWNER, data_dir], cwd=ROOT, stdout=subprocess.PIPE, env=python_path())
    try:
        assert owner.stdout is not None
        told = json.loads(owner.stdout.readline())
        query(told["database_url"], "create table kept (n int)", "insert into kept values (7) returning n")
        children = [*group_of(told["pids"]["postgres"]), told["pids"]["valkey"]]
        assert len(children) > 3
    finally:
        owner.kill()
        owner.wait()
        if owner.stdout is not None:
            owner.stdout.close()
    assert gone_within(children, 5)

    again = EmbeddedStack(data_dir)
    try:
        assert query(again.start().database_url, "select n from kept") == 7
    finally:
        again.stop()
    assert not Path(told["runtime"]).exists()


def test_ends_the_servers_of_an_earlier_start_that_still_run(stack: EmbeddedStack, data_dir: Path) -> None:
    """What happens where children are not tied to their parent: the owner is gone, its servers are not."""
    stack.start()
    record = (data_dir / "embedded.json").read_text()
    children = [server.kept.child for server in stack._servers if server.kept.child]
    pids = [child.pid for child in children]
    stack._servers, stack._record = [], None
    stack.stop()  # gives the folder up, as the death of the owner would
    assert (data_dir / "embedded.json").read_text() == record and all(alive(pid) for pid in pids)

    assert query(stack.start().database_url, "select 1") == 1
    assert not any(alive(pid) for pid in pids)
    assert not Path(json.loads(record)["runtime"]).exists()
    for child in children:
        child.wait()


def test_a_second_owner_is_told_who_holds_the_folder(stack: EmbeddedStack, data_dir: Path) -> None:
    stack.start()
    with pytest.raises(EmbeddedProblem, match=rf"Another Parley \(process {os.getpid()}\)"):
        EmbeddedStack(data_dir).start()
    assert stack.revive() == []


def test_runs_only_what_is_wanted(data_dir: Path) -> None:
    stack = EmbeddedStack(data_dir, database=False)
    try:
        endpoints = stack.start()
        assert endpoints.database_url == "" and ping(endpoints)
        assert not (data_dir / "postgres").exists()
    finally:
        stack.stop()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedProblem, match=r"cannot be written .*--data\.$"):
        EmbeddedStack(tmp_path / "file" / "data").start()


def test_postgres_variables_of_the_caller_do_not_reach_the_server(
    stack: EmbeddedStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGDATA", "/nonexistent")
    monkeypatch.setenv("PGOPTIONS", "-c nonsense=1")
    endpoints = stack.start()
    path = Path(endpoints.redis_url.removeprefix("unix://")).with_name(".s.PGSQL.5432")
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(str(path))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops its rights")
def test_root_runs_the_servers_as_nobody_even_in_a_closed_folder(data_dir: Path) -> None:
    closed = data_dir.parent
    closed.mkdir(parents=True, mode=0o700)
    stack = EmbeddedStack(data_dir, durable=False)
    try:
        endpoints = stack.start()
        assert query(endpoints.database_url, "create table t (n int)", "select count(*) from t") == 0
        nobody = pwd.getpwnam("nobody").pw_uid
        for pid in json.loads((data_dir / "embedded.json").read_text())["pids"].values():
            assert Path(f"/proc/{pid}").stat().st_uid == nobody
        assert closed.stat().st_mode & 0o777 == 0o700 and closed.stat().st_uid == 0
        assert (data_dir / "postgres").stat().st_mode & 0o777 == 0o700
    finally:
        stack.stop()


def python_path() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_what_the_servers_log_is_bounded_while_they_run(
    stack: EmbeddedStack, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_LOG_LIMIT_BYTES", 4096)
    url = stack.start().database_url
    log, kept = data_dir / "logs" / "postgres.log", data_dir / "logs" / "postgres.log.1"
    said = "do $$ begin raise log '%', repeat('x', 6000); end $$"
    for _ in range(3):
        query(url, said, "select 1")
        assert process.wait_until(lambda: b"xxx" in log.read_bytes(), 60)
        stack.trim_logs()
        assert log.stat().st_size <= 4096 and kept.stat().st_size == 4096
        assert b"xxx" in kept.read_bytes()
    query(url, "do $$ begin raise log 'still here'; end $$", "select 1")
    assert process.wait_until(lambda: b"still here" in log.read_bytes(), 60), "the server lost its log"
    assert log.read_bytes()[:1] != b"\0", "it went on behind a hole"
    stack.trim_logs()
    assert b"still here" in log.read_bytes(), "a short one was touched"
