"""What the command lines of `run.py` and `run.py admin` share. Standard library only."""

from __future__ import annotations

import argparse

TYPE_CHECKING = False  # to import `typing` would take a twentieth of `run.py --help`

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_folder(command: argparse.ArgumentParser) -> None:
    """`--data`, for a command that works on the server's own folder."""
    command.add_argument("--data", metavar="DIR", help="data folder (default .parley beside run.py)")
