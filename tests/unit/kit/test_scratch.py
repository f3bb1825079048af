"""Temporary files: where they are, and that they go."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest

from kit import scratch

ROOT = Path(__file__).parents[3]
HOLDER = """
import sys
from kit import scratch
(scratch.folder() / "document").write_text("what a learner wrote")
print(scratch.folder(), flush=True)
sys.stdin.read()
"""


@contextmanager
def holder(folder: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process with something in its scratch folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        env={"TMPDIR": str(folder), "PYTHONPATH": str(ROOT)},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_has_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with ExitStack() as stack:
        killed, left = stack.enter_context(holder(tmp_path))
        _, used = stack.enter_context(holder(tmp_path))
        assert {left.parent, used.parent} == {tmp_path}
        assert used.stat().st_mode & 0o777 == 0o700
        assert scratch.sweep() == 0
        killed.kill()
        killed.wait()
        assert (left / "document").exists()
        assert scratch.sweep() == 1
        assert not left.exists()
        assert (used / "document").exists()


def test_a_folder_that_a_cleaner_took_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "_own", cache(scratch._own.__wrapped__))
    first = scratch.folder()
    assert scratch.folder() == first
    first.rename(tmp_path / "taken")
    second = scratch.folder()
    assert second != first
    assert second.is_dir()


def test_a_process_that_ends_takes_its_folder_with_it(tmp_path: Path) -> None:
    with holder(tmp_path) as (process, used):
        process.communicate(timeout=20)
        assert not used.exists()
    assert not list(tmp_path.iterdir())
