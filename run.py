#!/usr/bin/env python3
"""Sets Parley up and starts it: `python3 run.py`, `python3 run.py test`, `python3 run.py --help`.

Needs Python 3.11 or newer and nothing else: `server/bootstrap/` makes the environment `.venv` beside this file and we
start again in there. What a command then does is in `server/cli/`.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

from server.bootstrap import benchmarks, commands, environment, terminal

FORWARDED = ("test", "demo", "bench", "chaos")  # these read the rest of the line themselves
WITH_TESTS = ("test", "check", "bench", "chaos")  # these need the tests' packages, too


def main(argv: list[str]) -> int:
    """Prepare the environment, then run the command in it; the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older one shall read a sentence, not a trace
        raise terminal.Stop(f"Parley needs Python 3.11 or newer; this is {platform.python_version()}.")
    arguments = parse(argv)
    _keep_byte_code()
    if arguments.command == "bench" and not _is_benchmark(arguments.rest):
        return 0
    tests = arguments.command in WITH_TESTS
    if not environment.is_ours() or (tests and environment.lacks_tests()):
        environment.prepare(tests=tests)
        sys.stdout.flush()
        python = str(environment.PYTHON)
        os.execv(python, [python, str(Path(__file__).resolve()), *argv])
    try:
        from server.cli import main as cli
    except ModuleNotFoundError as missing:
        raise terminal.Stop(environment.cure(missing.name, tests=tests)) from None
    return cli.run(arguments, lambda missing: environment.cure(missing, tests=tests))


def _is_benchmark(rest: list[str]) -> bool:
    """Whether there is one to run; without a name they are listed. Stop for another name."""
    if not rest:
        print(benchmarks.described())
    elif rest[0] not in benchmarks.listed():
        known = ", ".join(benchmarks.listed())
        raise terminal.Stop(f"There is no benchmark “{rest[0]}”; there are: {known}.")
    return bool(rest)


def _keep_byte_code() -> None:
    """Without it every start compiles a thousand modules anew, so ours is written whatever the system says in general:
    only below this folder, where everything else that we set up is too."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def parse(argv: list[str]) -> argparse.Namespace:
    """The command, its options, and for the forwarded commands the rest of the line as `rest`."""
    if not argv or (argv[0].startswith("-") and argv[0] not in ("-h", "--help")):
        argv = ["serve", *argv]
    # A benchmark explains itself, behind its name.
    named = argv[0] == "bench" and len(argv) > 1 and not argv[1].startswith("-")
    if argv[0] in FORWARDED and (named or not {"-h", "--help"} & set(argv[1:])):
        return argparse.Namespace(command=argv[0], rest=argv[1:])
    return commands.parser().parse_args(argv)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except terminal.Stop as stop:
        print(f"parley: {stop}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
