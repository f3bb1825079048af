"""Starting, watching and ending server processes."""

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from kit.processes.keeping import Kept, Restarts
from kit.processes.process import WITH_OUTPUT, NotStarted, Process, Program, run, start
from server.embedded.privileges import Account

_POLL_SECONDS = 0.01
_PAUSES = (0.0, 0.3, 0.3, 0.3, 0.3, 1.0, 2.0, 5.0)  # a dead PostgreSQL's memory may be in use for a moment
_LOG_LIMIT_BYTES = 10 * 1024 * 1024
_ROOM_BYTES = 1024 * 1024


def kept(name: str, begin: Callable[[], Process]) -> Kept[Process]:
    """A server that is restarted when it ends."""
    return Kept(name, begin, Restarts(name, _PAUSES, often=6))


def spawn(program: Program, log: Path) -> Process:
    """Start a server that writes to `log`. Call it from the main thread: it ends with that. NotStarted, OSError."""
    with _appendable(log) as output:
        return start(program, stdout=output, stderr=WITH_OUTPUT)


def program(
    name: str, argv: Sequence[str | Path], account: Account | None, folder: Path, tie: signal.Signals | None = None
) -> Program:
    """A server, which has a `tie`, or a program that prepares for it, in `folder`.

    A server has a session of its own: Ctrl-C in the terminal reaches only us, and we end servers in order.
    """
    ids = (account.uid, account.gid) if account else None
    return Program(name, argv, environment(), folder, tie, ids, own_session=tie is not None)


def environment() -> dict[str, str]:
    """A small environment: the caller's PG* and locale variables must not reach the servers."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def end_stale(pid: int, marker: str, ask: signal.Signals, patience: float = 5.0) -> None:
    """End a process of an earlier start that is not our child; only if its command line carries our marker."""
    if not runs(pid, marker):
        return
    os.kill(pid, ask)
    if not wait_until(lambda: not runs(pid, marker), patience):
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not runs(pid, marker), patience)


def runs(pid: int, marker: str) -> bool:
    """Whether such a process lives and its command line contains the marker (process ids are used again)."""
    proc = Path(f"/proc/{pid}/cmdline")
    try:
        if proc.parent.parent.joinpath("self").exists():
            return marker.encode() in proc.read_bytes()
        listing = run(Program("ps", ["ps", "-ww", "-o", "command=", "-p", str(pid)], environment()))
    except (OSError, NotStarted):
        return False
    return marker.encode() in listing.output


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    """Poll until the condition holds; False when the time is over."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def last_words(log: Path, lines: int = 3) -> str:
    """The last lines of a server's log, for an error message; a full disk takes none."""
    try:
        if shutil.disk_usage(log.parent).free < _ROOM_BYTES:
            return f"the disk of {log.parent} is full"
        return " / ".join(log.read_text(errors="replace").strip().splitlines()[-lines:])
    except OSError:
        return "and said nothing"


def trim(log: Path) -> None:
    """Move the content of a log that is too long to its `.1`, replacing an earlier one, so that at most twice the limit
    is kept.

    The server holds the file open, so it is copied and emptied; it always appends. What it writes in between is lost.
    OSError when the disk is full: then nothing is emptied.
    """
    if not log.exists() or log.stat().st_size <= _LOG_LIMIT_BYTES:
        return
    staging, kept = log.with_name(f"{log.name}.1.new"), log.with_name(f"{log.name}.1")
    staging.unlink(missing_ok=True)
    with log.open("rb") as source, staging.open("xb") as copy:
        source.seek(-_LOG_LIMIT_BYTES, os.SEEK_END)  # a log that grew very long meanwhile
        shutil.copyfileobj(source, copy)
    staging.replace(kept)
    os.truncate(log, 0)


def _appendable(log: Path) -> IO[bytes]:
    with contextlib.suppress(OSError):  # then the log stays longer
        trim(log)
    return log.open("ab")
