"""Temporary files that do not outlive a killed process for long: the next start removes them. A process locks its
folder as long as it lives, and the kernel releases the lock however the process ends."""

import atexit
import contextlib
import fcntl
import os
import tempfile
from functools import cache
from pathlib import Path

from kit import logs, removal

_PREFIX, _YOUNG = "parley-scratch-", "parley-young-"
_log = logs.get(__name__)


def folder() -> Path:
    """This process' folder, private to its account, gone with the process."""
    if not _own().exists():  # a cleaner of old temporary files took it
        _own.cache_clear()
    return _own()


@cache
def _own() -> Path:
    young = Path(tempfile.mkdtemp(prefix=_YOUNG)).absolute()
    removal.claim(young)
    fcntl.flock(os.open(young, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    # Other processes look for the final name, so none finds it before it is locked.
    made = young.rename(young.with_name(_PREFIX + young.name.removeprefix(_YOUNG)))
    owner = os.getpid()
    atexit.register(_remove, made, owner)
    return made


def _remove(made: Path, owner: int) -> None:
    if os.getpid() == owner:  # and not in a fork of it
        with contextlib.suppress(removal.NotOurs, OSError):  # the next start sweeps
            removal.remove(made, within=[made.parent], prefix=_PREFIX)


def sweep() -> int:
    """Remove the folders of dead processes of our account; returns how many."""
    swept = 0
    temporary = Path(tempfile.gettempdir()).absolute()
    for left in temporary.glob(f"{_PREFIX}*"):
        try:
            removal.check(left, prefix=_PREFIX)
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except (removal.NotOurs, OSError):  # of another account, or another process sweeps as well
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            removal.remove(left, within=[temporary], prefix=_PREFIX)
            swept += 1
        except BlockingIOError:
            continue
        except (removal.NotOurs, OSError) as why:
            _log.warning("scratch_stays", folder=str(left), why=str(why))
        finally:
            os.close(handle)
    if swept:
        _log.info("scratch_swept", folders=swept)
    return swept
