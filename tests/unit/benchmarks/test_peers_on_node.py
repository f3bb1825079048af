"""Peers on Node: what is locked, when they are left out, and how they are put beside Parley."""

import json
import re
from pathlib import Path

import pytest

from benchmarks import audio_rate, rest
from benchmarks.audio_rate import Row
from benchmarks.peers import node_programs
from benchmarks.rest import Measured


def test_every_package_is_locked_by_its_hash_and_names_no_registry() -> None:
    lock = json.loads((node_programs.SOURCE / "package-lock.json").read_text())
    asked = json.loads((node_programs.SOURCE / "package.json").read_text())
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert lock["packages"][""]["dependencies"] == asked["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked["dependencies"].values())
    assert len(packages) > 50
    assert [name for name, about in packages.items() if not about.get("integrity", "").startswith("sha512-")] == []
    assert "://" not in json.dumps(lock)
    assert asked["engines"]["node"] == f">={node_programs.OLDEST}"


def test_no_package_is_under_a_licence_that_spreads() -> None:
    lock = json.loads((node_programs.SOURCE / "package-lock.json").read_text())
    found = {about["license"] for name, about in lock["packages"].items() if name}
    assert found <= {"MIT", "ISC", "BSD-3-Clause", "BSD-2-Clause", "Apache-2.0"}


def test_without_node_they_are_left_out_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(node_programs.Missing, match="no node or no npm"):
        node_programs.installed(tmp_path / "tools")
    assert audio_rate.node_folder(list(audio_rate.SERVERS)) is None
    assert capsys.readouterr().out == "Servers on Node are left out: there is no node or no npm on this machine.\n"
    assert audio_rate.node_folder(["parley", "python-echo"]) is None
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("version", "npm", "why"),
    [("v18.19.0", "exit 0", "node is 18.19.0, and they need 20"), ("v20.1.0", "echo refused >&2; exit 1", "refused")],
)
def test_an_old_node_and_a_registry_that_refuses_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, npm: str, why: str
) -> None:
    _programs(tmp_path / "bin", node=f"echo {version}", npm=npm)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    with pytest.raises(node_programs.Missing, match=why):
        node_programs.installed(tmp_path / "tools")


def test_packages_are_fetched_once_for_a_lock_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _programs(tmp_path / "bin", node="echo v20.1.0", npm='echo "$@" >> ../calls')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    first, second = (node_programs.installed(tmp_path / "tools") for _ in range(2))
    assert first == second and {"frames.mjs", "notes.mjs", "package-lock.json"} <= {one.name for one in first.iterdir()}
    (call,) = (tmp_path / "tools" / "calls").read_text().splitlines()
    assert call.startswith("ci --ignore-scripts")


def test_frames_are_compared_in_pairs_and_as_medians() -> None:
    rows: audio_rate.Rows = {
        "parley": {50: [Row(60, 0.1, 2, 1), Row(90, 0.1, 3, 1), Row(66, 0.1, 2, 1)]},
        "node-echo": {50: [Row(60, 0.2, 4, 1), Row(60, 0.2, 4, 1), Row(60, 0.2, 5, 1)]},
        "ws-echo": {50: [Row(10, 0.2, 4, 1)] * 3},
    }
    assert audio_rate.ratios(rows, 50) == {("parley", "node-echo"): [1.0, 1.5, 1.1]}
    lines = audio_rate.table(rows, 50).splitlines()
    assert lines[2] == "| parley | 66.0 (60.0 to 90.0) | 0.1 / 2.0 |  |"
    assert lines[3] == "| node-echo | 60.0 (60.0 to 60.0) | 0.2 / 4.0 | 1.10 times |"


@pytest.mark.parametrize(("own", "code"), [(89.0, 0), (91.0, 1)])
def test_a_frame_may_cost_one_and_a_half_times_that_of_socket_io_on_node(
    own: float, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: audio_rate.Rows = {"parley": {50: [Row(own, 0, 2, 1)]}, "node-echo": {50: [Row(60, 0, 99, 1)]}}
    assert audio_rate.report(rows) == code
    said = capsys.readouterr().out
    assert "parley 50, node-echo 0" in said
    assert ("Missed: parley costs over 1.5 times node-echo" in said) == bool(code)


def test_requests_are_compared_in_pairs_and_as_medians() -> None:
    taken = [
        [Measured(300, 400, 10, 20), Measured(100, 1000, 30, 60)],
        [Measured(200, 500, 12, 22), Measured(100, 1000, 30, 60)],
    ]
    assert rest.beside(taken, 1) == ([3.0, 2.0], [0.4, 0.5])
    assert rest.table(["Parley", "FastAPI"], taken).splitlines()[2:] == [
        "| Parley | 250 (200 to 300) | 450 (400 to 500) | 11.0 / 21.0 |",
        "| FastAPI | 100 (100 to 100) | 1000 (1000 to 1000) | 30.0 / 60.0 |",
    ]


def test_answers_have_a_shape() -> None:
    one = {"items": [{"id": "a", "tags": ["x"]}, {}], "next_cursor": None}
    other = {"next_cursor": None, "items": [{"tags": ["y"], "id": "b"}]}
    assert rest.shape(one) == rest.shape(other) != rest.shape({**one, "next_cursor": "c"})


def _programs(folder: Path, **scripts: str) -> None:
    folder.mkdir()
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
