"""The short, private folder for the sockets, and the note in the data folder that says where it is.

A socket's path may have about 100 characters, and a data folder may be deep; so the sockets are in the temporary
folder, in a folder with a random name. That name is also on the servers' command lines, so that processes of an earlier
start can be recognised after a crash.
"""

import contextlib
import errno
import fcntl
import json
import os
import stat
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kit import logs, removal
from server.embedded.errors import EmbeddedProblem
from server.embedded.privileges import Account, account_to_use, private_folder, reachable

_LONGEST_PARENT = 60
_LONGEST_NOTE = 65_536
_PREFIX = "parley-"
_log = logs.get(__name__)


@dataclass(slots=True)
class Record:
    """What the next start must know about this one: the socket folder and the process ids by server name."""

    runtime: Path
    pids: dict[str, int] = field(default_factory=dict)

    def save(self, data_dir: Path) -> None:
        """Synced to the disk: a torn record would keep the next start from trusting the folder."""
        staging = data_dir / "embedded.json.new"
        staging.unlink(missing_ok=True)  # never through a link
        with staging.open("x") as file:
            file.write(json.dumps({"runtime": str(self.runtime), "pids": self.pids}))
            file.flush()
            os.fsync(file.fileno())
        staging.replace(data_dir / "embedded.json")


def load(data_dir: Path) -> Record | None:
    """The record of a start that did not end cleanly, if its socket folder was made for this data folder. Another
    folder's record, in a restored or copied data folder, is ignored and nothing that it names is touched.
    EmbeddedProblem when it cannot be read."""
    record = _read(data_dir / "embedded.json")
    if record is None:
        return None
    try:
        removal.check(record.runtime, prefix=_PREFIX, owners=_owners(data_dir), whose=_whose(data_dir))
    except removal.NotOurs as why:
        if os.path.lexists(record.runtime):
            _log.warning("embedded_record_ignored", runtime=str(record.runtime), why=f"it {why}")
        return None
    return record


def _read(path: Path) -> Record | None:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(0, "it is no file")
            found = json.loads(file.read(_LONGEST_NOTE).decode())
        pids = {str(name): pid for name, pid in found["pids"].items()}
        if not isinstance(found["runtime"], str) or not all(type(pid) is int and pid > 1 for pid in pids.values()):
            raise ValueError("it names no folder or no processes")
        return Record(Path(found["runtime"]), pids)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise EmbeddedProblem(f"{path} cannot be read ({error.strerror}): make it readable, or delete it.") from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise EmbeddedProblem(
            f"{path}, the note of an earlier start, is damaged: see that no Parley uses this folder, and delete it."
        ) from error


def _whose(data_dir: Path) -> str:
    """Distinguishes a data folder from its copies; a name would not."""
    found = data_dir.stat()
    return f"{found.st_dev:x}-{found.st_ino:x}"


def _owners(data_dir: Path) -> set[int]:
    account = account_to_use()
    return {os.geteuid(), data_dir.stat().st_uid, *([account.uid] if account else [])}


def forget(data_dir: Path, record: Record) -> None:
    """Remove the socket folder and the record."""
    try:
        removal.remove(
            record.runtime,
            within=_temporary(account_to_use()),
            prefix=_PREFIX,
            owners=_owners(data_dir),
            whose=_whose(data_dir),
        )
    except (removal.NotOurs, OSError) as why:
        _log.warning("embedded_runtime_stays", runtime=str(record.runtime), why=str(why))
    (data_dir / "embedded.json").unlink(missing_ok=True)


def make_folder(data_dir: Path, account: Account | None) -> Path:
    """A new private folder with a short path, for the servers of this data folder."""
    for parent in _parents(account):
        with contextlib.suppress(OSError):
            made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
            removal.claim(made, _whose(data_dir))
            return private_folder(made, account)
    raise EmbeddedProblem("No temporary folder can be written: set TMPDIR to one with a short path.")


def _parents(account: Account | None) -> list[Path]:
    wanted = _temporary(account)
    return [path for path in wanted if len(str(path)) <= _LONGEST_PARENT and reachable(path / "x", account)]


def _temporary(account: Account | None) -> list[Path]:
    # A user's runtime folder is closed to other accounts, so it cannot be used when root switches to one.
    own = os.environ.get("XDG_RUNTIME_DIR") if account is None else None
    return [Path(found).absolute() for found in (own, tempfile.gettempdir(), "/tmp") if found]


def lock(data_dir: Path) -> IO[str]:
    """Take the data folder for this process, until the returned file is closed or the process ends."""
    try:
        # Not through a link: its target would be truncated below.
        handle = os.open(data_dir / "embedded.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        held = os.fdopen(handle, "r+")
    except OSError as error:
        raise EmbeddedProblem(unwritable(data_dir, error)) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        owner = held.read(20).strip() or "unknown"
        held.close()
        raise EmbeddedProblem(
            f"Another Parley (process {owner}) already uses the data folder {data_dir}: "
            "stop it, or choose another with --data."
        ) from None
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
    except OSError as error:
        held.close()
        raise EmbeddedProblem(unwritable(data_dir, error)) from error
    return held


def unwritable(data_dir: Path, error: OSError) -> str:
    """The sentence for a data folder that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk of the data folder {data_dir} is full: make room, or choose another with --data."
    return f"The data folder {data_dir} cannot be written ({error.strerror}): choose another with --data."
