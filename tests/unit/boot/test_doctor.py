"""The verdicts of run.py doctor that depend on the machine's state."""

import os
import socket
from pathlib import Path

import pytest

from server.cli import doctor


def test_a_folder_that_does_not_exist_yet_is_judged_by_its_parent_and_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    assert doctor.data_folder(folder).state in (doctor.OK, doctor.OPTIONAL)
    assert not folder.exists()


def test_a_file_in_the_way_is_broken(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert doctor.data_folder(tmp_path / "file" / "data").state == doctor.BROKEN


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_broken(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert doctor.data_folder(tmp_path / "data").state == doctor.BROKEN


def test_a_port_in_use_is_a_note_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        verdict = doctor.port("127.0.0.1", number)
    assert verdict.state == doctor.OPTIONAL and "--port" in verdict.text
    assert doctor.port("127.0.0.1", number).state == doctor.OK
