"""The file that holds the server's key: made once, whole, for its owner only; a bad one is a sentence."""

import os
from pathlib import Path

import pytest

from server import keys
from server.cli import doctor
from server.config import Settings
from tests.support import disks

GOOD = "k" * 48


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def file(settings: Settings) -> Path:
    settings.data_dir.mkdir()
    path = settings.data_dir / "secret.key"
    path.touch(0o600)
    return path


def test_a_key_is_made_once_for_its_owner_only(settings: Settings) -> None:
    key = keys.secret_key(settings)
    assert len(key) >= 32 and keys.secret_key(settings) == key
    assert (settings.data_dir / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.data_dir.iterdir()] == ["secret.key"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"short",
        b"\n" * 60,
        b" " * 60,
        GOOD.encode()[:31],
        b"\xff" * 48,
        b"a\0" * 30,
        GOOD.encode() + b"\x1b[2J",
        f"{GOOD}\n{GOOD}".encode(),
    ],
)
def test_a_key_that_is_none_is_one_sentence_without_it(settings: Settings, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(keys.KeyProblem) as problem:
        keys.secret_key(settings)
    said = str(problem.value)
    assert str(file) in said and "\n" not in said and GOOD[:20] not in said
    assert file.read_bytes() == content
    assert doctor.secret_key(settings).state == doctor.BROKEN


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o666])
def test_a_key_that_others_can_read_is_closed_to_them_and_told(
    settings: Settings, file: Path, mode: int, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(f"{GOOD}\n")
    file.chmod(mode)
    assert keys.secret_key(settings) == GOOD
    assert file.stat().st_mode & 0o777 == 0o600
    said = capsys.readouterr()
    assert "key_file_closed" in said.out + said.err and GOOD not in said.out + said.err


def test_a_key_that_stays_open_to_others_is_refused(settings: Settings, tmp_path: Path) -> None:
    """As on file systems without rights, or where another account owns the file."""
    with disks.disk(tmp_path / "disk", "64k") as disk:
        path = disk / "secret.key"
        path.write_text(GOOD)
        path.chmod(0o644)
        disks.close(disk)
        with pytest.raises(keys.KeyProblem, match="read by others"):
            keys.secret_key(settings.model_copy(update={"data_dir": disk}))


def test_something_else_in_its_place_is_one_sentence(settings: Settings, file: Path) -> None:
    file.unlink()
    file.mkdir()
    with pytest.raises(keys.KeyProblem):
        keys.secret_key(settings)
    file.rmdir()
    os.mkfifo(file)  # opening it would wait for a writer
    with pytest.raises(keys.KeyProblem):
        keys.secret_key(settings)
    file.unlink()
    file.symlink_to(file.with_name("nowhere"))
    with pytest.raises(keys.KeyProblem):
        keys.secret_key(settings)


def test_on_a_full_disk_no_half_of_a_key_is_left(settings: Settings, tmp_path: Path) -> None:
    with disks.disk(tmp_path / "disk", "64k") as disk:
        disks.fill(disk)
        full = settings.model_copy(update={"data_dir": disk})
        with pytest.raises(keys.KeyProblem, match="No space left"):
            keys.secret_key(full)
        assert [path.name for path in disk.iterdir()] == ["filler"]
        (disk / "filler").unlink()
        assert len(keys.secret_key(full)) >= 32


def test_a_configured_key_needs_no_file(settings: Settings) -> None:
    assert keys.secret_key(Settings(data_dir=settings.data_dir, secret_key=GOOD)) == GOOD
    assert not settings.data_dir.exists()
