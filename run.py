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

from server.bootstrap import benchmarks, environment, people, terminal

FORWARDED = ("test", "demo", "bench", "chaos")  # these read the rest of the line themselves
WITH_TESTS = ("test", "check", "bench", "chaos")  # these need the tests' packages, too


def main(argv: list[str]) -> int:
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
    return parser().parse_args(argv)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="run.py",
        description="Parley, a voice server for language learning. Without a command it serves.",
        epilog="Every setting is also an environment variable PARLEY_…: see docs/running.md.",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    serve = commands.add_parser("serve", help="start the server (the default)", description="Start the server.")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", help="port to listen on (default 8080; 0 takes a free one)")
    serve.add_argument("--workers", help="server processes on the one port (default 1)")
    serve.add_argument("--no-browser", action="store_true", help="do not open the page")

    about = "Run the checks and the tests; with arguments, only pytest with these."
    test = commands.add_parser("test", help="run the tests", description=about)
    test.add_argument("rest", nargs="*", metavar="PYTEST_ARGUMENT", help="for example: tests/unit -k quota -x")

    about = "Format, lint, import contracts, types and unit tests: a minute before a commit."
    check = commands.add_parser("check", help="the quick checks before a commit", description=about)
    check.add_argument("--all", action="store_true", help="all tests, as `test` does")

    about = "Play a recording through a server in real time and show the words and their scores."
    demo = commands.add_parser("demo", help="play a recording through the server", description=about)
    demo.add_argument("--clip", metavar="FILE", help="the recording (default: the bundled one)")
    demo.add_argument("--text", help="the sentence that is read in it")
    demo.add_argument("--url", help="a running server (default: one of its own)")
    demo.add_argument("--model", help="Whisper model of a server of its own: a folder or a name")
    demo.add_argument("--data", metavar="DIR", help="data folder of a server of its own")

    about = "Say what works on this machine, and what to do about the rest."
    doctor = commands.add_parser("doctor", help="check this machine", description=about)
    doctor.add_argument("--url", metavar="URL", help="check a running server from outside, through its proxy, instead")
    doctor.add_argument("--settings", action="store_true", help="list every setting instead")

    about = "Run a benchmark; without a name, list them. `bench NAME --help` shows what one takes."
    form = argparse.RawDescriptionHelpFormatter
    bench = commands.add_parser(
        "bench", help="measure", description=about, epilog=benchmarks.described(), formatter_class=form
    )
    bench.add_argument("rest", nargs="*", metavar="NAME", help="a file of benchmarks/ without .py, and its arguments")

    about = "Kill nodes, databases and networks at random while learners talk, and count what was lost."
    chaos = commands.add_parser("chaos", help="prove that sessions lose nothing", description=about)
    chaos.add_argument("--seed", help="the same seed makes the same troubles")
    chaos.add_argument("--seconds", help="how long (default 60)")
    chaos.add_argument("--learners", help="how many talk at once (default 30)")
    chaos.add_argument("--nodes", help="how many nodes (default 3)")

    people.add(commands)

    about = "Bring the database up to date and stop. Serving does this too."
    migrate = commands.add_parser("migrate", help="bring the database up to date", description=about)

    about = "Write the generated tables of docs/contract.md anew."
    docs = commands.add_parser("docs", help="bring the tables of the contract up to date", description=about)

    about = "Write the database and the server's key into one new file, also while the server runs."
    backup = commands.add_parser("backup", help="write everything into one file", description=about)
    about = "Bring a backup into an empty data folder, or into an empty database (DATABASE_URL)."
    restore = commands.add_parser("restore", help="bring a backup back", description=about)
    for command in (backup, restore):
        command.add_argument("file", metavar="FILE", help="the backup, as parley.zip")

    for command in (serve, doctor, migrate, docs, backup, restore):
        command.add_argument("--data", metavar="DIR", help="data folder (default .parley beside run.py)")
    return top


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except terminal.Stop as stop:
        print(f"parley: {stop}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
