"""Starting, watching and ending server processes."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from kit.processes import limits
from server.embedded.privileges import Account

_POLL_SECONDS = 0.01
_LOG_LIMIT_BYTES = 10 * 1024 * 1024
_ROOM_BYTES = 1024 * 1024


def spawn(
    argv: Sequence[str | Path], *, account: Account | None, folder: Path, log: Path, death_signal: signal.Signals
) -> subprocess.Popen[bytes]:
    """Start a server in `folder`, writing to `log`. Call it from the main thread.

    On Linux the child gets `death_signal` when the thread that started it ends, so not even `kill -9` leaves it behind.
    It has a session of its own: Ctrl-C in the terminal is for us, and we end the child in our own order.
    """
    with _appendable(log) as output:
        return subprocess.Popen(
            [str(part) for part in argv],
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=limits.tied(death_signal),
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )


def environment() -> dict[str, str]:
    """A small environment: the caller's PG* and locale variables must not reach the servers."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def end(process: subprocess.Popen[bytes], steps: Sequence[tuple[signal.Signals, float]]) -> None:
    """Send each signal in turn, giving the process the stated seconds to end; kill it after the last."""
    for sent, patience in steps:
        if process.poll() is not None:
            return
        process.send_signal(sent)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    if process.poll() is None:
        process.kill()
        process.wait()


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
        listing = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
    except OSError:
        return False
    return marker.encode() in listing.stdout


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
