"""Dispatch of a parsed command line, inside the environment."""

import argparse
import errno
import importlib
from collections.abc import Callable

from kit.errors import Failure, Unstartable
from server.bootstrap.terminal import Stop

_MENDABLE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE)
"""Errors of the system, not of the program: disk, rights, limits."""


def run(arguments: argparse.Namespace, cure: Callable[[str | None], str]) -> int:
    """The exit code. Raises Stop with one sentence for everything that a person can fix; `cure` says what to do when
    the module of that name is missing.

    A command is a module of this package, imported only now: `run.py doctor` must work when the server does not.
    """
    name = "testing" if arguments.command == "test" else arguments.command
    try:
        command = importlib.import_module(f"server.cli.{name}")
        if hasattr(arguments, "rest"):
            code: int | None = command.main(arguments.rest)
        else:
            code = command.main(arguments)
    except Unstartable as problem:
        raise Stop(str(problem)) from problem
    except Failure as failure:  # the database went away while we started
        raise Stop(failure.message) from failure
    except OSError as error:
        if error.errno not in _MENDABLE:
            raise
        raise Stop(f"{error.filename or 'Something that is needed'}: {error.strerror}.") from error
    except ModuleNotFoundError as missing:
        raise Stop(cure(missing.name)) from missing
    return code or 0
