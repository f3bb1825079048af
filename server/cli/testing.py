"""`run.py test [pytest arguments]` and `run.py check`: the checks and the tests, each under its own headline."""

import os
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from kit.processes import environment
from kit.processes.process import Program, run
from server.bootstrap.environment import ROOT

_BIN = Path(sysconfig.get_path("scripts"))


def main(rest: list[str]) -> int:
    """0 when all is well, else the exit code of the tests or of a check. With arguments, only pytest runs, with these.

    A check that fails does not keep the tests from running, and pytest has the last word on the screen.
    """
    return _run([sys.executable, "-m", "pytest", *rest]) if rest else _everything([])


def check(*, whole: bool) -> int:
    """The checks and the unit tests, for the minute before a commit; `whole`: all tests."""
    return _everything([] if whole else ["tests/unit", "tests/guard/test_tree.py"])


def _everything(which: list[str]) -> int:
    codes = {}
    for headline, argv in _checks():
        print(f"\n== {headline}", flush=True)
        codes[headline] = _run(argv)
    failed = [headline for headline, code in codes.items() if code]
    before = f" (failed before: {', '.join(failed)})" if failed else ""
    print(f"\n== Tests{before}", flush=True)
    return _run([sys.executable, "-m", "pytest", "-q", *_parallel(), *which]) or max(codes.values())


def _checks() -> list[tuple[str, list[str]]]:
    # As modules where they can be: the scripts of an environment that was moved do not run.
    imports = "import sys; from importlinter.cli import lint_imports_command as check; sys.exit(check())"
    return [
        ("Format (ruff)", [str(_BIN / "ruff"), "format", "--check", "."]),
        ("Style (ruff)", [str(_BIN / "ruff"), "check", "."]),
        ("Import contracts (import-linter)", [sys.executable, "-c", imports]),
        ("Types (mypy --strict)", [sys.executable, "-m", "mypy"]),
    ]


def _parallel() -> list[str]:
    # Twice as many as two cores, because most tests wait for servers and browsers; more would only need more memory.
    count: Callable[[], int | None] = os.cpu_count
    return ["-n", "4", "--dist", "worksteal"] if (count() or 1) >= 2 else []


def _run(argv: list[str]) -> int:
    return run(Program("check", argv, environment.whole(), ROOT), captured=False).status
