"""`python3 run.py` as a person starts it: a real process, its servers and its words."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from tests.support import disks

_END_SECONDS = 20.0  # a part that does not end in order is waited for longer
ROOT = Path(__file__).resolve().parents[2]


class Started:
    """A run.py of the test's own, in the environment that runs the tests."""

    def __init__(self, data_dir: Path, *line: str, **variables: str) -> None:
        self.data_dir = data_dir
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "run.py"), *line, "--data", str(data_dir)],
            env={**clean_environment(), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def url(self) -> str:
        """Waits for the line that says where Parley is."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("Parley is ready: "):
                return line.removeprefix("Parley is ready: ").strip()
        raise AssertionError(f"ended before it was ready: {self.process.communicate()[1]}")

    def children(self) -> list[int]:
        """Every process below run.py: the servers, their own processes, the speech workers."""
        return [child.pid for child in psutil.Process(self.process.pid).children(recursive=True)]

    def settle(self) -> None:
        """Waits until the start has no work left that a busy machine would stretch over the end: a worker loads."""
        deadline = time.monotonic() + 60
        while not any("speech.engines.worker" in " ".join(line) for line in self._lines()):
            assert time.monotonic() < deadline, "no worker for recognition was started"
            time.sleep(0.1)

    def _lines(self) -> Iterator[list[str]]:
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                yield child.cmdline()

    def end(self, number: signal.Signals) -> float:
        """The seconds it took to end."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.communicate(timeout=60)
        return time.monotonic() - began


def clean_environment() -> dict[str, str]:
    theirs = ("PARLEY_", "DATABASE_URL", "REDIS_URL", "OPENAI_")
    return {name: value for name, value in os.environ.items() if not name.startswith(theirs)}


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    started = Started(tmp_path / "my data", "--no-browser", "--port", "0")
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.communicate()


def get(url: str) -> dict[str, str]:
    with urllib.request.urlopen(url, timeout=60) as response:
        found: dict[str, str] = json.load(response)
    return found


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def wait_gone(pids: list[int], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while any(alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def failed(tmp_path: Path, *line: str, **variables: str) -> str:
    """What a start that cannot work says; it must be one sentence and the exit code 2."""
    started = Started(tmp_path / "data", *line, **variables)
    _, said = started.process.communicate(timeout=60)
    assert started.process.returncode == 2, said
    assert said.count("\n") == 1 and said.startswith("parley: ") and "Traceback" not in said
    return said


def test_serves_and_ends_in_order_on_ctrl_c(started: Started) -> None:
    url = started.url()
    assert get(f"{url}/api/health")["status"] == "ok"
    started.settle()
    children = started.children()
    assert len(children) > 2
    assert started.end(signal.SIGINT) < _END_SECONDS
    assert started.process.returncode == 0
    assert not any(alive(pid) for pid in children)
    assert not (started.data_dir / "embedded.json").exists()


def test_sigterm_ends_it_too(started: Started) -> None:
    started.url()
    children = started.children()
    assert started.end(signal.SIGTERM) < _END_SECONDS
    assert started.process.returncode == 0 and not any(alive(pid) for pid in children)


@pytest.mark.skipif(sys.platform != "linux", reason="children are tied to their parent on Linux only")
def test_after_a_kill_no_child_stays_and_the_next_start_recovers(started: Started) -> None:
    started.url()
    children = started.children()
    started.process.kill()
    started.process.communicate()
    assert wait_gone(children, 60)

    again = Started(started.data_dir, "--no-browser", "--port", "0")
    try:
        assert get(f"{again.url()}/api/health")["status"] == "ok"
    finally:
        again.end(signal.SIGINT)


async def test_a_killed_postgresql_comes_back_while_we_serve(started: Started) -> None:
    url = started.url()
    os.kill(json.loads((started.data_dir / "embedded.json").read_text())["pids"]["postgres"], signal.SIGKILL)
    deadline = time.monotonic() + 60
    while True:
        record = json.loads((started.data_dir / "embedded.json").read_text())
        try:
            connection = await asyncpg.connect(f"postgresql://parley@/parley?host={record['runtime']}")
            assert await connection.fetchval("select count(*) from migrations") > 0
            await connection.close()
            break
        except (OSError, asyncpg.PostgresError):
            assert time.monotonic() < deadline
            time.sleep(0.2)  # noqa: ASYNC251 - nothing else runs in this test
    assert get(f"{url}/api/health")["status"] == "ok"


def test_admin_works_beside_a_running_server(started: Started) -> None:
    url = started.url()
    account = {"email": "ann@example.com", "username": "ann", "password": "correct horse battery"}
    body = json.dumps(account).encode()
    request = urllib.request.Request(f"{url}/api/auth/register", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        assert response.status == 201

    granted = Started(started.data_dir, "admin", "grant", "Ann@example.com")
    out, error = granted.process.communicate(timeout=60)
    assert granted.process.returncode == 0 and "admin" in out, error
    unknown = Started(started.data_dir, "admin", "grant", "bob@example.com")
    assert "Nobody is registered" in unknown.process.communicate(timeout=60)[1]
    assert unknown.process.returncode == 2


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        said = failed(tmp_path, "--no-browser", "--port", str(number))
    assert f"Port {number} is in use" in said
    assert not (tmp_path / "data").exists()


def test_a_broken_setting_is_one_sentence(tmp_path: Path) -> None:
    assert "PARLEY_LOG_LEVEL" in failed(tmp_path, "--no-browser", PARLEY_LOG_LEVEL="loud")


def test_an_unreachable_database_is_one_sentence_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://someone:hunter2@127.0.0.1:1/parley"
    said = failed(tmp_path, "--no-browser", "--port", "0", DATABASE_URL=url)
    assert "cannot be reached" in said and "hunter2" not in said


def test_an_unreachable_redis_is_one_sentence(tmp_path: Path) -> None:
    said = failed(tmp_path, "--no-browser", "--port", "0", REDIS_URL="redis://127.0.0.1:1/0")
    assert "REDIS_URL" in said


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert "--data" in failed(tmp_path, "--no-browser", "--port", "0")


def test_a_note_that_is_damaged_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "embedded.json").write_text("{")
    assert "embedded.json" in failed(tmp_path, "--no-browser", "--port", "0")


def test_a_key_that_is_none_is_one_sentence_before_anything_is_started(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    key = tmp_path / "data" / "secret.key"
    for content in (b"12345", b"\xff\0" * 30):
        key.write_bytes(content)
        key.chmod(0o600)
        for line in (("--port", "0"), ("--port", "0", "--workers", "2")):
            assert "secret.key" in failed(tmp_path, "--no-browser", *line)
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["secret.key"]


@pytest.mark.parametrize(
    ("name", "value"), [("PARLEY_PUBLIC_URL", "nonsense"), ("PARLEY_CORS_ORIGINS", "foo"), ("DATABASE_URL", "nonsense")]
)
def test_an_address_that_is_none_is_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    assert name in failed(tmp_path, "--no-browser", "--port", "0", **{name: value})


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with disks.disk(tmp_path / "data", "1m") as disk:
        disks.fill(disk)
        assert "space" in failed(tmp_path, "--no-browser", "--port", "0")
        (disk / "filler").unlink()  # room for the key, not for a database
        assert "space" in failed(tmp_path, "--no-browser", "--port", "0")
        assert not (disk / "postgres").exists()


def test_a_disk_that_became_full_is_one_sentence_and_nothing_is_lost(tmp_path: Path) -> None:
    with disks.disk(tmp_path / "data", "160m") as disk:
        first = Started(disk, "--no-browser", "--port", "0")
        first.url()
        first.end(signal.SIGINT)
        disks.fill(disk)
        assert "full" in failed(tmp_path, "--no-browser", "--port", "0")
        (disk / "filler").unlink()
        again = Started(disk, "--no-browser", "--port", "0")
        try:
            assert get(f"{again.url()}/api/health")["status"] == "ok"
        finally:
            again.end(signal.SIGINT)


def test_a_data_folder_that_can_only_be_read_is_one_sentence(tmp_path: Path) -> None:
    with disks.disk(tmp_path / "data", "1m") as disk:
        disks.close(disk)
        assert "Read-only" in failed(tmp_path, "--no-browser", "--port", "0")
        for command in ("migrate", "admin"):
            rest = ["grant", "ann@example.com"] if command == "admin" else []
            assert "--data" in failed(tmp_path, command, *rest)


def test_an_unknown_benchmark_is_one_sentence() -> None:
    ended = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "bench", "no-such"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2 and "no benchmark" in ended.stderr
