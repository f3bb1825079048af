"""The command line of `run.py`. Standard library only: it is read before the environment exists."""

from __future__ import annotations

import argparse
from pathlib import Path

from server.bootstrap import benchmarks, options, people


def parser() -> argparse.ArgumentParser:
    """All commands with their options; the name of the chosen one is `command`."""
    top = argparse.ArgumentParser(
        prog="run.py",
        description="Parley, a voice server for language learning. Without a command it serves.",
        epilog="Every setting is also an environment variable PARLEY_…: see docs/running.md.",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _serve(commands)
    _develop(commands)
    _demo(commands)
    _doctor(commands)
    _measure(commands)
    people.add(commands)
    _data(commands)
    return top


def _serve(commands: options.Subparsers) -> None:
    serve = commands.add_parser("serve", help="start the server (the default)", description="Start the server.")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", help="port to listen on (default 8080; 0 takes a free one)")
    serve.add_argument("--workers", help="server processes on the one port (default 1)")
    serve.add_argument("--no-browser", action="store_true", help="do not open the page")
    options.add_folder(serve)


def _develop(commands: options.Subparsers) -> None:
    about = "Run the checks and the tests; with arguments, only pytest with these."
    test = commands.add_parser("test", help="run the tests", description=about)
    test.add_argument("rest", nargs="*", metavar="PYTEST_ARGUMENT", help="for example: tests/unit -k quota -x")

    about = "Format, lint, import contracts, types and unit tests: a minute before a commit."
    check = commands.add_parser("check", help="the quick checks before a commit", description=about)
    check.add_argument("--all", action="store_true", help="all tests, as `test` does")

    about = "Write the generated tables of docs/contract.md, the clients' models and the types again."
    options.add_folder(commands.add_parser("docs", help="bring the generated documents up to date", description=about))


def _demo(commands: options.Subparsers) -> None:
    about = "Play a recording through a server in real time and show the words and their scores."
    demo = commands.add_parser("demo", help="play a recording through the server", description=about)
    demo.add_argument("--clip", metavar="FILE", help="the recording (default: the bundled one)")
    demo.add_argument("--text", help="the sentence that is read in it")
    demo.add_argument("--url", help="a running server (default: one of its own)")
    demo.add_argument("--model", help="Whisper model of a server of its own: a folder or a name")
    demo.add_argument("--data", metavar="DIR", help="data folder of a server of its own")


def _doctor(commands: options.Subparsers) -> None:
    about = "Say what works on this machine, and what to do about the rest."
    doctor = commands.add_parser("doctor", help="check this machine", description=about)
    doctor.add_argument("--url", metavar="URL", help="check a running server from outside, through its proxy, instead")
    doctor.add_argument("--key", metavar="FILE", type=Path, help="an API key, for TURN where no guests come in")
    doctor.add_argument("--settings", action="store_true", help="list every setting instead")
    options.add_folder(doctor)


def _measure(commands: options.Subparsers) -> None:
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


def _data(commands: options.Subparsers) -> None:
    about = "Bring the database up to date and stop. Serving does this too."
    options.add_folder(commands.add_parser("migrate", help="bring the database up to date", description=about))

    about = "Write the database and the server's key into one new file, also while the server runs."
    backup = commands.add_parser("backup", help="write everything into one file", description=about)
    about = "Bring a backup into an empty data folder, or into an empty database (DATABASE_URL)."
    restore = commands.add_parser("restore", help="bring a backup back", description=about)
    for command in (backup, restore):
        command.add_argument("file", metavar="FILE", help="the backup, as parley.zip")
        options.add_folder(command)
