"""The environment `.venv`: made once, brought up to date when the lock file changes, else left alone.

Standard library only: nothing is installed yet when this runs.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import platform
import re
import sys
from pathlib import Path

from kit import removal
from server.bootstrap import installer, terminal

ROOT = installer.ROOT
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

_STAMP = VENV / "parley.json"
_LOCK = ROOT / "requirements.lock"
_TEST_LOCK = ROOT / "requirements-test.lock"  # everything in the other lock, and what the tests need
_TRACES_LOCK = ROOT / "requirements-otel.lock"  # installed where traces are wanted
_RAY_LOCK = ROOT / "requirements-ray.lock"  # installed where a Ray cluster recognizes


def is_ours() -> bool:
    """Whether this process runs in the environment."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def lacks_tests() -> bool:
    """Whether this environment lacks the tests' packages or has older ones."""
    return bool(_stamp()) and not _is_current(_TEST_LOCK)


def cure(module: str | None, *, tests: bool) -> str:
    """What to do when a command cannot find that module, with the packages of the `tests` or without."""
    name = (module or "a module").partition(".")[0]
    if (ROOT / name).is_dir():
        return f"{module} is missing from {ROOT}: fetch Parley again."
    if _is_current(_TEST_LOCK if tests else _LOCK):
        return f"The package {name} is missing from {VENV}: delete that folder and start again."
    return f"The package {name} is missing: start {ROOT / 'run.py'} with a Python outside of {VENV}, which installs it."


def prepare(*, tests: bool) -> None:
    """Install what the lock file says. Quick when it is installed already; Stop when it cannot be."""
    lock = _TEST_LOCK if tests else _LOCK
    if _is_current(lock):
        return
    try:
        # Two starts at once, say the server and its tests, must not both build.
        folder = os.open(ROOT, os.O_RDONLY)
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not _is_current(lock):
            _build(lock)
        os.close(folder)
    except OSError as error:
        raise terminal.Stop(f"{error.filename or ROOT}: {error.strerror or error}.") from error


def _build(lock: Path) -> None:
    if not os.access(ROOT, os.W_OK):
        raise terminal.Stop(f"Set-up has to write to {ROOT} and may not: clone Parley into a folder of your own.")
    uv = installer.find()
    variables = {**os.environ, **installer.index_variables(), "UV_PYTHON_DOWNLOADS": "never"}
    if not _is_working():
        terminal.say(f"Creating the environment {VENV.name} with Python {platform.python_version()}")
        _begin_again()
        terminal.run([uv, "venv", "--quiet", "--allow-existing", "--python", _base_python(), VENV], variables)
    if any(VENV.glob("lib/python3*/site-packages/pytest")):
        lock = _TEST_LOCK  # once the tests' packages are here they stay
    _STAMP.write_text("{}")
    count = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
    terminal.say(f"Installing {count} packages (about half a gigabyte, once)")
    cache = Path(terminal.run([uv, "cache", "dir"], variables))
    with terminal.arrivals(cache / "archive-v0", count):
        options: list[str | Path] = ["--quiet", "--require-hashes", "--python", PYTHON]
        terminal.run([uv, "pip", "sync", *options, lock, *_added(lock)], variables)
    locks = [_LOCK, _TEST_LOCK] if lock == _TEST_LOCK else [_LOCK]
    _STAMP.write_text(json.dumps({"locks": [_digest(each) for each in locks]}))


def _added(lock: Path) -> list[Path]:
    """Locks of what somebody added, for traces or for a cluster; it stays. The tests' lock has what traces need."""
    found = VENV.glob
    traces = [_TRACES_LOCK] if lock == _LOCK and any(found("lib/python3*/site-packages/opentelemetry/sdk")) else []
    return traces + ([_RAY_LOCK] if any(found("lib/python3*/site-packages/ray/_private")) else [])


def add_ray() -> None:
    """Install the extra `ray` beside what is there. Stop when it cannot be."""
    if any(VENV.glob("lib/python3*/site-packages/ray/_private")):
        return
    terminal.say("Installing Ray (70 megabytes, once)")
    variables = {**os.environ, **installer.index_variables()}
    command: list[str | Path] = [
        installer.find(),
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--compile-bytecode",
    ]
    terminal.run([*command, "--python", PYTHON, "--requirement", _RAY_LOCK], variables)


def _begin_again() -> None:
    """An empty environment with our mark. One without it is left to its owner to delete."""
    try:
        removal.remove(VENV, within=[ROOT], prefix=VENV.name, mark=_STAMP.name)
    except removal.NotOurs as why:
        if not VENV.is_dir() or VENV.is_symlink() or any(VENV.iterdir()):
            raise terminal.Stop(f"{VENV} does not work and {why}, so it stays: delete it and start again.") from why
    VENV.mkdir(exist_ok=True)
    _STAMP.write_text("{}")


def _is_current(lock: Path) -> bool:
    return _digest(lock) in _stamp().get("locks", []) and _is_working()


def _is_working() -> bool:
    """Whether the environment's Python exists and has our version: a system upgrade may remove it."""
    try:
        config = (VENV / "pyvenv.cfg").read_text()
    except OSError:
        return False
    version = re.search(r"^version(?:_info)? *= *(\d+\.\d+)", config, re.MULTILINE)
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    return version is not None and version[1] == ours and os.access(PYTHON, os.X_OK)


def _stamp() -> dict[str, list[str]]:
    try:
        found = json.loads(_STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _base_python() -> str:
    """The Python outside any environment, so that deleting that one does not break ours."""
    return getattr(sys, "_base_executable", None) or sys.executable
