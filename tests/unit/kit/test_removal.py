"""What is deleted with everything in it, and above all what is not. Every folder here is made by its test."""

import os
from pathlib import Path

import pytest

from kit import removal

NOBODY = 65534


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    folder = removal.make(tmp_path / "parley-x")
    (folder / "socket").write_text("")
    return folder


def refused(folder: Path, within: Path, **how: object) -> str:
    with pytest.raises(removal.NotOurs) as why:
        removal.remove(folder, within=[within], **{"prefix": "parley-", **how})  # type: ignore[arg-type]
    return str(why.value)


def test_a_folder_that_we_made_goes_with_all_that_is_in_it(tmp_path: Path, ours: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x")
    (ours / "link").symlink_to(outside)
    removal.remove(ours, within=[tmp_path], prefix="parley-")
    assert not ours.exists() and (outside / "kept").read_text() == "x"
    removal.remove(ours, within=[tmp_path], prefix="parley-")  # gone already


def test_a_folder_without_our_mark_stays(tmp_path: Path) -> None:
    theirs = tmp_path / "parley-theirs"
    theirs.mkdir()
    (theirs / "document").write_text("x")
    assert "mark" in refused(theirs, tmp_path)
    (tmp_path / "elsewhere").write_text("")
    (theirs / removal.MARK).symlink_to(tmp_path / "elsewhere")
    assert "mark" in refused(theirs, tmp_path)
    (theirs / removal.MARK).unlink()
    os.mkfifo(theirs / removal.MARK)  # reading it would wait for ever
    assert "mark" in refused(theirs, tmp_path)
    assert (theirs / "document").exists()


def test_a_folder_that_was_made_for_another_stays(tmp_path: Path, ours: Path) -> None:
    assert "another" in refused(ours, tmp_path, whose="1-2")
    assert (ours / "socket").exists()


def test_a_link_stays_and_so_does_what_it_names(tmp_path: Path, ours: Path) -> None:
    link = tmp_path / "parley-link"
    link.symlink_to(ours)
    assert "link" in refused(link, tmp_path)
    assert (ours / "socket").exists() and link.is_symlink()


def test_another_place_name_or_kind_stays(tmp_path: Path, ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "place" in refused(ours, tmp_path / "other")
    assert "name" in refused(ours, tmp_path, prefix="scratch-")
    assert "name" in refused(ours / "..", ours, prefix="")
    file = tmp_path / "parley-file"
    file.write_text("x")
    assert "no folder" in refused(file, tmp_path)
    deeper = removal.make(ours / "parley-deeper")
    assert "place" in refused(deeper, tmp_path)
    assert "name" in refused(Path(), tmp_path, prefix="")
    assert "name" in refused(Path("parley-x"), Path())
    assert (ours / "socket").exists() and file.exists() and deeper.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders away")
def test_a_folder_of_another_account_stays(tmp_path: Path, ours: Path) -> None:
    os.chown(ours, NOBODY, NOBODY)
    assert "account" in refused(ours, tmp_path)
    removal.remove(ours, within=[tmp_path], prefix="parley-", owners={NOBODY})
    assert not ours.exists()


def test_making_takes_what_was_made_before_and_nothing_else(tmp_path: Path, ours: Path) -> None:
    assert removal.make(ours) == ours
    (tmp_path / "empty").mkdir()
    removal.check(removal.make(tmp_path / "empty"))
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "document").write_text("x")
    with pytest.raises(removal.NotOurs):
        removal.make(theirs)
