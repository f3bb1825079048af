"""The note of an earlier start is not believed: what it names is deleted or ended only when it is provably ours.

Everything named here lies in the test's own folder, and every process is the test's own.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from kit import removal
from server.embedded import runtime, stack
from server.embedded.errors import EmbeddedProblem
from server.embedded.stack import EmbeddedStack


@pytest.fixture(autouse=True)
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A temporary folder of the test's own, with a path that is short enough for sockets, open to other accounts."""
    tmp_path_factory.getbasetemp()  # pytest's own folders stay where they are
    with tempfile.TemporaryDirectory(prefix="parley-tests-") as folder:
        inner = Path(folder) / "t"
        inner.mkdir()
        Path(folder).chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", str(inner))
        monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
        yield inner


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    folder = tmp_path / "victim"
    folder.mkdir()
    (folder / "diploma").write_text("x")
    return folder


@pytest.fixture
def sleeper(victim: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process with the victim's name on its command line."""
    line = [sys.executable, "-c", "import sys; sys.stdin.read()", str(victim)]
    with subprocess.Popen(line, stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def note(data_dir: Path, named: object, pid: object = 4_000_000) -> None:
    (data_dir / "embedded.json").write_text(json.dumps({"runtime": named, "pids": {"valkey": pid}}))


def start_and_stop(data_dir: Path) -> None:
    servers = EmbeddedStack(data_dir, database=False)
    try:
        assert servers.start().redis_url
    finally:
        servers.stop()
    assert not (data_dir / "embedded.json").exists()


def foreign(_data: Path, _temporary: Path, victim: Path) -> str:
    return str(victim)


def below_a_dotted_path(_data: Path, temporary: Path, victim: Path) -> str:
    shutil.copytree(victim, temporary.with_name("beside") / "parley-x")
    return f"{temporary}/../beside/parley-x"


def a_link(_data: Path, temporary: Path, victim: Path) -> str:
    (temporary / "parley-link").symlink_to(victim)
    return str(temporary / "parley-link")


def a_marked_folder_by_a_link(data: Path, temporary: Path, victim: Path) -> str:
    removal.claim(victim, runtime._whose(data))
    return a_link(data, temporary, victim)


def marked_but_elsewhere(data: Path, _temporary: Path, victim: Path) -> str:
    moved = victim.rename(victim.with_name("parley-victim"))
    removal.claim(moved, runtime._whose(data))
    return str(moved)


def without_a_mark(_data: Path, temporary: Path, victim: Path) -> str:
    return str(shutil.copytree(victim, temporary / "parley-unmarked"))


def of_another_data_folder(data: Path, temporary: Path, victim: Path) -> str:
    copy = Path(shutil.copytree(victim, temporary / "parley-another"))
    other = data.with_name("other data")
    other.mkdir()
    removal.claim(copy, runtime._whose(other))
    return str(copy)


CASES = [foreign, below_a_dotted_path, a_link, a_marked_folder_by_a_link, marked_but_elsewhere, without_a_mark]


@pytest.mark.parametrize("case", [*CASES, of_another_data_folder])
def test_what_a_note_names_stays_unless_it_is_ours(
    data_dir: Path, temporary: Path, victim: Path, case: Callable[[Path, Path, Path], str]
) -> None:
    named = case(data_dir, temporary, victim)
    note(data_dir, named)
    start_and_stop(data_dir)
    assert (Path(named) / "diploma").exists()


def test_what_is_ours_goes(data_dir: Path, temporary: Path) -> None:
    left = runtime.make_folder(data_dir, None)
    (left / "valkey.sock").write_text("")
    assert left.parent == temporary
    note(data_dir, str(left))
    start_and_stop(data_dir)
    assert not left.exists()


@pytest.mark.parametrize("named", ["", ".", "python", "victim"])
def test_a_process_that_a_note_names_lives_on(
    data_dir: Path, tmp_path: Path, sleeper: subprocess.Popen[bytes], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended is what has the socket folder on its command line, so that has to be a folder of ours first. (Whatever is
    named here is relative to the test's own folder.)"""
    monkeypatch.chdir(tmp_path)
    note(data_dir, named, sleeper.pid)
    assert stack.running(data_dir) is None
    start_and_stop(data_dir)
    assert sleeper.poll() is None and (tmp_path / "victim" / "diploma").exists()


def test_a_copied_data_folder_leaves_the_servers_of_the_first_alone(data_dir: Path) -> None:
    first = EmbeddedStack(data_dir, database=False)
    try:
        url = first.start().redis_url
        copy = data_dir.with_name("copy")
        shutil.copytree(data_dir, copy)
        start_and_stop(copy)
        with redis.Redis.from_url(url) as client:
            assert client.ping()
        assert first.revive() == []
    finally:
        first.stop()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 40,
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"runtime": 7, "pids": {}}',
        b'{"runtime": "/x", "pids": {"valkey": -1}}',
        b'{"runtime": "/x", "pids": {"valkey": true}}',
        b'{"runtime": "/x", "pids": [1]}',
        b'{"pids": {}}',
    ],
)
def test_a_damaged_note_is_one_sentence(data_dir: Path, content: bytes) -> None:
    (data_dir / "embedded.json").write_bytes(content)
    with pytest.raises(EmbeddedProblem, match=r"embedded\.json.* is damaged: .* delete it\.$"):
        EmbeddedStack(data_dir, database=False).start()
    with pytest.raises(EmbeddedProblem):
        stack.running(data_dir)


def test_a_note_that_cannot_be_read_is_one_sentence(data_dir: Path) -> None:
    (data_dir / "embedded.json").mkdir()
    with pytest.raises(EmbeddedProblem, match="cannot be read"):
        EmbeddedStack(data_dir, database=False).start()


def test_links_in_the_data_folder_are_not_written_through(data_dir: Path, victim: Path) -> None:
    """`embedded.lock` is emptied and `embedded.json.new` written at each start."""
    diploma = victim / "diploma"
    (data_dir / "embedded.json.new").symlink_to(diploma)
    start_and_stop(data_dir)
    (data_dir / "embedded.lock").unlink()
    (data_dir / "embedded.lock").symlink_to(diploma)
    with pytest.raises(EmbeddedProblem, match="cannot be written"):
        EmbeddedStack(data_dir, database=False).start()
    assert diploma.read_text() == "x"


def test_half_a_cluster_is_made_anew_and_another_folder_of_that_name_stays(data_dir: Path, victim: Path) -> None:
    half = removal.make(data_dir / "postgres.new")
    (half / "cluster").mkdir()
    (half / "cluster" / "PG_VERSION").write_text("18")
    servers = EmbeddedStack(data_dir, durable=False, redis=False)
    try:
        servers.start()
    finally:
        servers.stop()
    assert not half.exists()
    (data_dir / "postgres").rename(data_dir / "kept")
    victim.rename(half)
    with pytest.raises(EmbeddedProblem, match="in the way"):
        EmbeddedStack(data_dir, durable=False, redis=False).start()
    assert (half / "diploma").exists()
