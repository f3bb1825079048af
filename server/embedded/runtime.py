"""The short, private folder for the sockets, and the note in the data folder that says where it is.

A socket's path may have about 100 characters, and a data folder may be deep: so the sockets live under the temporary
folder, in a folder with a random name. That name also stands on the servers' command lines, which makes the processes
of an earlier start recognisable after a crash.
"""

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from server.embedded.errors import EmbeddedProblem
from server.embedded.privileges import Account, private_folder, reachable

_LONGEST_PARENT = 60


@dataclass(slots=True)
class Record:
    """What the next start has to know about this one: the socket folder and the process ids by server name."""

    runtime: str
    pids: dict[str, int] = field(default_factory=dict)

    def save(self, data_dir: Path) -> None:
        staging = data_dir / "embedded.json.new"
        staging.write_text(json.dumps({"runtime": self.runtime, "pids": self.pids}))
        staging.replace(data_dir / "embedded.json")


def load(data_dir: Path) -> Record | None:
    """The record of an earlier start that did not end in order, if there is one."""
    try:
        found = json.loads((data_dir / "embedded.json").read_text())
        return Record(str(found["runtime"]), {str(name): int(pid) for name, pid in found["pids"].items()})
    except (OSError, ValueError, KeyError, AttributeError):
        return None


def forget(data_dir: Path, record: Record) -> None:
    """Remove the socket folder and the record."""
    shutil.rmtree(record.runtime, ignore_errors=True)
    (data_dir / "embedded.json").unlink(missing_ok=True)


def make_folder(account: Account | None) -> Path:
    """A new private folder with a short path."""
    for parent in _parents(account):
        with contextlib.suppress(OSError):
            return private_folder(Path(tempfile.mkdtemp(prefix="parley-", dir=parent)), account)
    raise EmbeddedProblem("No temporary folder can be written: set TMPDIR to one with a short path.")


def _parents(account: Account | None) -> list[Path]:
    # A user's own run-time folder is closed to everybody else, so it does not serve when root drops to an account.
    own = os.environ.get("XDG_RUNTIME_DIR") if account is None else None
    wanted = [Path(found) for found in (own, tempfile.gettempdir(), "/tmp") if found]
    return [path for path in wanted if len(str(path)) <= _LONGEST_PARENT and reachable(path / "x", account)]


def lock(data_dir: Path) -> IO[str]:
    """Take the data folder for this process, until the returned file is closed or the process ends."""
    path = data_dir / "embedded.lock"
    try:
        held = path.open("a+")
    except OSError as error:
        raise EmbeddedProblem(
            f"The data folder {data_dir} cannot be written ({error.strerror}): choose another with --data."
        ) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.seek(0)
        owner = held.read().strip() or "unknown"
        held.close()
        raise EmbeddedProblem(
            f"Another Parley (process {owner}) already uses the data folder {data_dir}: "
            "stop it, or choose another with --data."
        ) from None
    held.seek(0)
    held.truncate()
    held.write(str(os.getpid()))
    held.flush()
    return held
