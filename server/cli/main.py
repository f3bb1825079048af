"""Dispatch of a parsed command line, inside the environment."""

import argparse
import importlib

from kit.errors import Failure
from server.bootstrap.terminal import Stop
from server.embedded.errors import EmbeddedProblem


def run(arguments: argparse.Namespace) -> int:
    """The exit code. Stop is raised with one sentence for everything a person can mend.

    A command is a module of this package, imported only now: `run.py doctor` must work when the server does not.
    """
    name = "testing" if arguments.command == "test" else arguments.command
    try:
        command = importlib.import_module(f"server.cli.{name}")
        if hasattr(arguments, "rest"):
            code: int | None = command.main(arguments.rest)
        else:
            code = command.main(arguments)
    except EmbeddedProblem as problem:
        raise Stop(str(problem)) from problem
    except Failure as failure:  # the database went away while we started
        raise Stop(failure.message) from failure
    except ModuleNotFoundError as missing:
        raise Stop(f"The package {missing.name} is missing: delete .venv and start again.") from missing
    return code or 0
