"""Programs of Debian in a folder of ours: a fetch that fails half way leaves no program that looks whole."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from server.bootstrap import debian

pytestmark = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="this is no Debian")


def _archive(folder: Path, name: str, file: str) -> Path:
    made = folder / name
    (made / "DEBIAN").mkdir(parents=True)
    (made / "DEBIAN" / "control").write_text(
        f"Package: {name}\nVersion: 1\nArchitecture: all\nMaintainer: Us <us@example.com>\nDescription: nothing\n"
    )
    (made / file).parent.mkdir(parents=True)
    (made / file).write_text("")
    archive = folder / f"{name}_1_all.deb"
    subprocess.run(["dpkg-deb", "--build", made, archive], check=True, capture_output=True)
    return archive


def test_a_program_without_its_library_is_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "HOME", tmp_path / "home")
    _archive(tmp_path, "aprogram", "usr/bin/parley-no-such-program")
    library = _archive(tmp_path, "libbroken", "usr/lib/libbroken.so")
    whole = library.read_bytes()
    library.write_bytes(whole[: len(whole) // 2])
    debian.HOME.mkdir()
    assert debian.unpacked(tmp_path, ("aprogram",)) != ""
    assert debian.program("parley-no-such-program") is None
    library.write_bytes(whole)
    assert debian.unpacked(tmp_path, ("aprogram",)) == ""
    assert debian.program("parley-no-such-program") == debian.HOME / "usr" / "bin" / "parley-no-such-program"
    assert (debian.HOME / "usr" / "lib" / "libbroken.so").exists()


def test_a_download_that_fails_says_so_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "HOME", tmp_path / "home")
    assert debian.fetch("parley-no-such-package") != ""
    assert list(debian.HOME.iterdir()) == []


@pytest.mark.parametrize(("why", "status"), [("", 0), ("this is no Debian", 1)])
def test_what_was_fetched_is_no_failure_of_the_program(why: str, status: int) -> None:
    program = (
        f"import sys; from server.bootstrap import debian; debian.fetch = lambda *_: {why!r}; sys.exit(debian.main())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.strip()) == (status, why), done.stderr
