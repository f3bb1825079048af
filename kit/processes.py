"""Child processes that end with us, whatever way we end."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1

# Loaded before any fork: between fork and exec nothing may be imported or allocated without need.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def dies_with_us(death_signal: signal.Signals = signal.SIGKILL) -> Callable[[], None] | None:
    """A `preexec_fn`: on Linux the kernel sends the child that signal when the thread that started it ends.

    So start such children from the main thread. Elsewhere None: there the child has to notice by itself.
    """
    if _libc is None:
        return None
    libc, parent = _libc, os.getpid()

    def arrange() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # it ended before the arrangement was made
            os._exit(1)

    return arrange


def die_with(parent: int) -> None:
    """For a child to call first of all: on Linux the kernel ends it with the thread of `parent` that started it."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
