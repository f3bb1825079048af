"""Temporary files that a killed process does not leave behind for ever: the next start removes them.

A process locks its folder for as long as it lives, and the kernel gives the lock back whatever way it ends.
"""

import atexit
import fcntl
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from server.kit import logs

_PREFIX, _YOUNG = "parley-scratch-", "parley-young-"
_log = logs.get(__name__)


def folder() -> Path:
    """This process' folder, private to its account, gone with the process."""
    if not _own().exists():  # a cleaner of old temporary files took it
        _own.cache_clear()
    return _own()


@cache
def _own() -> Path:
    young = Path(tempfile.mkdtemp(prefix=_YOUNG))
    fcntl.flock(os.open(young, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    # Others look for the name it gets now, so nobody meets it before it is locked.
    made = young.rename(young.with_name(_PREFIX + young.name.removeprefix(_YOUNG)))
    owner = os.getpid()
    atexit.register(_remove, made, owner)
    return made


def _remove(made: Path, owner: int) -> None:
    if os.getpid() == owner:  # and not in a fork of it
        shutil.rmtree(made, ignore_errors=True)


def sweep() -> int:
    """Remove what processes of our account that are no more have left; how many folders."""
    swept = 0
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if left.is_symlink() or left.stat().st_uid != os.geteuid():
                continue
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:  # another sweeps as well
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
            swept += 1
        except BlockingIOError:
            continue
        finally:
            os.close(handle)
    if swept:
        _log.info("scratch_swept", folders=swept)
    return swept
