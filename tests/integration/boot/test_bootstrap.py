"""Set-up from nothing: the real run.py in a folder of its own, with a small program in the place of uv."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

# Makes a real environment, without pip, and writes down how it was called.
FAKE_UV = """
import json, os, subprocess, sys
arguments = sys.argv[1:]
with open({calls!r}, "a") as calls:
    index = os.environ.get("UV_DEFAULT_INDEX")
    print(json.dumps({{"arguments": arguments, "index": index}}), file=calls)
if arguments[0] == "venv":
    python = arguments[arguments.index("--python") + 1]
    subprocess.run([python, "-m", "venv", "--without-pip", arguments[-1]], check=True)
elif arguments[:2] == ["cache", "dir"]:
    print("/nonexistent")
elif arguments[:2] == ["pip", "sync"] and os.environ.get("FAKE_UV_FAILS"):
    print("error: hash mismatch for aiohttp", file=sys.stderr)
    sys.exit(1)
"""

# Stands where the server would: what arrives after set-up.
COMMAND = """
import json, os, sys
def run(arguments, cure):
    told = {"prefix": sys.prefix, "command": arguments.command, "rest": getattr(arguments, "rest", None)}
    print(json.dumps({**told, "keeps": not sys.dont_write_bytecode, "said": os.environ.get("PYTHONDONTWRITEBYTECODE")}))
    return 7
"""

# Hides what a bare system's Python does not bring along.
HIDDEN = "import sys\nfor name in {names!r}: sys.modules[name] = None\n"


class Project:
    """A copy of what set-up needs, in a folder whose path has a space."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a project"
        self.bin = folder / "bin"
        self.calls = folder / "calls"
        self.own = self.root / ".venv" / "bin" / "python"
        self.variables: dict[str, str] = {"PATH": str(self.bin), "HOME": str(folder)}
        shutil.copytree(ROOT / "server" / "bootstrap", self.root / "server" / "bootstrap")
        (self.root / "kit").mkdir()
        shutil.copy(ROOT / "kit" / "removal.py", self.root / "kit")
        (self.root / "server" / "cli").mkdir()
        (self.root / "server" / "cli" / "main.py").write_text(COMMAND)
        for name in ("run.py", "requirements.lock", "requirements-test.lock", "requirements-uv.lock"):
            shutil.copy(ROOT / name, self.root)
        (self.root / "benchmarks").mkdir()
        (self.root / "benchmarks" / "speed.py").write_text('"""How fast it is: `run.py bench speed`.\n\nMore."""\n')
        (self.root / "benchmarks" / "_parts.py").write_text('"""Parts of benchmarks."""\n')
        self.bin.mkdir()

    def add_uv(self) -> None:
        script = self.bin / "uv.py"
        script.write_text(FAKE_UV.format(calls=str(self.calls)))
        uv = self.bin / "uv"  # through the shell: a first line cannot name a Python whose path has a space
        uv.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{script}' \"$@\"\n")
        uv.chmod(0o755)

    def hide(self, *names: str) -> None:
        folder = self.bin / "hidden"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(HIDDEN.format(names=names))
        self.variables["PYTHONPATH"] = str(folder)

    def start(self, *line: str, python: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        base = getattr(sys, "_base_executable", sys.executable)
        return subprocess.run(
            [python or base, str(self.root / "run.py"), *line],
            env={**self.variables, **variables},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def asked_of_uv(self) -> list[list[str]]:
        if not self.calls.exists():
            return []
        return [json.loads(line)["arguments"] for line in self.calls.read_text().splitlines()]

    def syncs(self) -> list[str]:
        return [Path(call[-1]).name for call in self.asked_of_uv() if call[:2] == ["pip", "sync"]]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_makes_the_environment_once_and_starts_again_inside_it(project: Project) -> None:
    project.add_uv()
    first = project.start("test", "-k", "two words")
    assert first.returncode == 7, first.stderr
    told = json.loads(first.stdout.splitlines()[-1])
    expected = {"prefix": str(project.root / ".venv"), "command": "test", "rest": ["-k", "two words"]}
    assert told == {**expected, "keeps": True, "said": None}
    assert "Creating the environment" in first.stdout and "Installing" in first.stdout
    assert project.syncs() == ["requirements-test.lock"]
    assert all("--require-hashes" in call for call in project.asked_of_uv() if call[:2] == ["pip", "sync"])

    calls = len(project.asked_of_uv())
    again = project.start("serve", "--port", "1")  # the tests' packages hold everything that serving needs
    assert again.returncode == 7 and len(again.stdout.splitlines()) == 1
    assert len(project.asked_of_uv()) == calls


@pytest.mark.parametrize("line", [("bench", "speed", "--help"), ("bench", "speed"), ("chaos", "--seed", "3")])
def test_what_measures_gets_the_tests_packages_and_its_line_untouched(project: Project, line: tuple[str, ...]) -> None:
    project.add_uv()
    project.start("serve")
    started = project.start(*line)  # nothing was said of tests before
    told = json.loads(started.stdout.splitlines()[-1])
    assert (told["command"], told["rest"]) == (line[0], list(line[1:]))
    assert project.syncs() == ["requirements.lock", "requirements-test.lock"]


def test_inside_the_environment_what_the_tests_need_is_installed_too(project: Project) -> None:
    project.add_uv()
    project.start("serve")
    started = project.start("bench", "speed", python=project.own)
    assert started.returncode == 7, started.stderr
    assert project.syncs() == ["requirements.lock", "requirements-test.lock"]


def test_benchmarks_are_listed_and_unknown_ones_refused_before_anything_is_set_up(project: Project) -> None:
    for line in (("bench",), ("bench", "--help")):
        listed = project.start(*line)
        assert listed.returncode == 0 and "speed" in listed.stdout and "How fast it is\n" in listed.stdout
        assert "_parts" not in listed.stdout
    for name in ("slowness", "_parts", "../speed", "--sped"):
        refused = project.start("bench", name)
        assert refused.returncode == 2 and not refused.stdout
    assert "there are: speed." in project.start("bench", "slowness").stderr
    assert not (project.root / ".venv").exists()


@pytest.mark.parametrize(
    ("stamp", "missing", "advice"),
    [(None, "aiohttp", "delete that folder"), ("{}", "aiohttp", "outside of"), (None, "server.gone", "fetch Parley")],
)
def test_the_advice_for_a_missing_module_helps(project: Project, stamp: str | None, missing: str, advice: str) -> None:
    project.add_uv()
    project.start("serve")
    (project.root / "server" / "cli" / "main.py").write_text(f"raise ModuleNotFoundError(name={missing!r})\n")
    if stamp is not None:
        (project.root / ".venv" / "parley.json").write_text(stamp)
    ended = project.start("serve", python=project.own)
    assert ended.returncode == 2 and advice in ended.stderr and ended.stderr.count("\n") == 1


def test_an_environment_that_is_not_ours_stays(project: Project) -> None:
    project.add_uv()
    theirs = project.root / ".venv"
    theirs.mkdir()
    (theirs / "work").write_text("x")
    ended = project.start("serve")
    assert ended.returncode == 2 and "delete it and start again" in ended.stderr and ended.stderr.count("\n") == 1
    assert (theirs / "work").exists()
    theirs.rename(project.root / "elsewhere")
    theirs.symlink_to(project.root / "elsewhere")
    assert project.start("serve").returncode == 2
    assert (project.root / "elsewhere" / "work").exists()


def test_byte_code_is_kept_even_where_the_system_keeps_none(project: Project) -> None:
    project.add_uv()
    started = project.start("serve", PYTHONDONTWRITEBYTECODE="1")
    told = json.loads(started.stdout.splitlines()[-1])
    assert told["keeps"] and told["said"] is None
    assert list((project.root / "server" / "cli" / "__pycache__").glob("main.*.pyc"))


def test_a_changed_lock_is_installed_into_the_same_environment(project: Project) -> None:
    project.add_uv()
    project.start("serve")
    lock = project.root / "requirements.lock"
    lock.write_text(lock.read_text() + "\n# changed\n")
    again = project.start("serve")
    assert "Installing" in again.stdout and "Creating" not in again.stdout
    assert project.syncs() == ["requirements.lock", "requirements.lock"]


def test_what_was_added_for_traces_stays_when_the_lock_changes(project: Project) -> None:
    project.add_uv()
    project.start("serve")
    (project.root / ".venv" / "lib" / "python3.0" / "site-packages" / "opentelemetry" / "sdk").mkdir(parents=True)
    lock = project.root / "requirements.lock"
    lock.write_text(lock.read_text() + "\n# changed\n")
    project.start("serve")
    (_, second) = (call for call in project.asked_of_uv() if call[:2] == ["pip", "sync"])
    assert [Path(name).name for name in second[-2:]] == ["requirements.lock", "requirements-otel.lock"]


def test_what_was_added_for_a_cluster_stays_too(project: Project) -> None:
    project.add_uv()
    project.start("serve")
    (project.root / ".venv" / "lib" / "python3.0" / "site-packages" / "ray" / "_private").mkdir(parents=True)
    lock = project.root / "requirements.lock"
    lock.write_text(lock.read_text() + "\n# changed\n")
    project.start("serve")
    (_, second) = (call for call in project.asked_of_uv() if call[:2] == ["pip", "sync"])
    assert [Path(name).name for name in second[-2:]] == ["requirements.lock", "requirements-ray.lock"]


def test_an_environment_of_another_python_is_made_again(project: Project) -> None:
    project.add_uv()
    project.start("serve")
    config = project.root / ".venv" / "pyvenv.cfg"
    config.write_text("home = /gone\nversion = 3.8.1\n")
    again = project.start("serve")
    assert again.returncode == 7 and "Creating the environment" in again.stdout


def test_a_failed_installation_is_one_sentence_and_is_tried_again(project: Project) -> None:
    project.add_uv()
    failed = project.start("serve", FAKE_UV_FAILS="1")
    assert failed.returncode == 2
    assert failed.stderr.count("\n") == 1 and "hash mismatch for aiohttp" in failed.stderr
    assert project.start("serve").returncode == 7


def test_a_mirror_known_to_pip_only_is_passed_on(project: Project, tmp_path: Path) -> None:
    project.add_uv()
    (tmp_path / ".config" / "pip").mkdir(parents=True)
    (tmp_path / ".config" / "pip" / "pip.conf").write_text("[global]\nindex-url = http://mirror.invalid/simple\n")
    project.start("serve", PIP_CONFIG_FILE=os.devnull)
    indexes = {json.loads(line)["index"] for line in project.calls.read_text().splitlines()}
    assert "http://mirror.invalid/simple" in indexes


def test_without_uv_venv_and_pip_it_prints_the_one_command_that_helps(project: Project) -> None:
    project.hide("ensurepip", "pip")
    apt = project.bin / "apt-get"
    apt.write_text("#!/bin/sh\n")
    apt.chmod(0o755)
    ended = project.start("serve")
    assert ended.returncode == 2
    assert ended.stderr.rstrip().endswith("apt-get install -y python3-venv") and ended.stderr.count("\n") == 1
    assert not (project.root / ".venv").exists()


@pytest.mark.parametrize("line", [("--help",), ("serve", "--help"), ("test", "-h"), ("admin", "--help")])
def test_help_needs_no_set_up(project: Project, line: tuple[str, ...]) -> None:
    helped = project.start(*line)
    assert helped.returncode == 0 and helped.stdout.startswith("usage: run.py")
    assert not (project.root / ".venv").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_project_is_one_sentence(project: Project) -> None:
    project.add_uv()
    project.root.chmod(0o500)
    try:
        ended = project.start("serve")
    finally:
        project.root.chmod(0o700)
    assert ended.returncode == 2 and ended.stderr.count("\n") == 1
