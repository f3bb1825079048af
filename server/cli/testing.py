"""`run.py test [pytest arguments]`: the checks and the tests, each under its own headline."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from server.bootstrap.environment import ROOT

_BIN = Path(sysconfig.get_path("scripts"))


def main(rest: list[str]) -> int:
    """The exit code of the first check that fails, else pytest's. With arguments, only pytest runs, with these."""
    if rest:
        return _run([sys.executable, "-m", "pytest", *rest])
    for headline, argv in _checks():
        print(f"\n== {headline}", flush=True)
        if code := _run(argv):
            print(f"\n{headline}: failed", flush=True)
            return code
    print("\n== Tests", flush=True)
    return _run([sys.executable, "-m", "pytest", "-q", *_parallel()])


def _checks() -> list[tuple[str, list[str]]]:
    # As modules where they can be: the scripts of an environment that was moved do not run.
    imports = "import sys; from importlinter.cli import lint_imports_command as check; sys.exit(check())"
    return [
        ("Style (ruff)", [str(_BIN / "ruff"), "check", "."]),
        ("Import contracts (import-linter)", [sys.executable, "-c", imports]),
        ("Types (mypy --strict)", [sys.executable, "-m", "mypy"]),
    ]


def _parallel() -> list[str]:
    count: Callable[[], int | None] = os.cpu_count
    return ["-n", "2"] if (count() or 1) >= 2 else []


def _run(argv: list[str]) -> int:
    return subprocess.run(argv, cwd=ROOT, check=False).returncode
