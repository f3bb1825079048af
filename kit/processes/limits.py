"""What a child process may use, and how it is tied to its parent. For the child to arrange, before anything else.

Only the standard library is imported here: it runs before a worker has loaded anything.
"""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass

_MEBIBYTE = 1024 * 1024
_PR_SET_PDEATHSIG = 1

# Loaded before any fork: between fork and exec nothing may be imported or allocated without need.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Limits:
    """None keeps the parent's limit. With limits no core file is written. A process that exceeds its processor time
    gets SIGXCPU, and a second later SIGKILL. `nicer` is added to the parent's niceness."""

    processor_seconds: int | None = None
    address_megabytes: int | None = None
    open_files: int | None = None
    file_bytes: int | None = None
    nicer: int = 0

    @classmethod
    def for_strangers(cls, *, seconds: int, megabytes: int) -> "Limits":
        """Of those that open strangers' files: they write none."""
        return cls(processor_seconds=seconds, address_megabytes=megabytes, open_files=128, file_bytes=0)

    def apply(self) -> None:
        """To this process, for good. Stricter limits of the operator stay."""
        if self == Limits():
            return
        _restrict(resource.RLIMIT_CORE, 0)
        if self.address_megabytes is not None:
            _restrict(resource.RLIMIT_AS, self.address_megabytes * _MEBIBYTE)
        if self.processor_seconds is not None:
            _restrict(resource.RLIMIT_CPU, self.processor_seconds, self.processor_seconds + 1)
        if self.open_files is not None:
            _restrict(resource.RLIMIT_NOFILE, self.open_files)
        if self.file_bytes is not None:
            _restrict(resource.RLIMIT_FSIZE, self.file_bytes)
        if self.nicer:
            os.nice(self.nicer)


def _restrict(kind: int, soft: int, hard: int | None = None) -> None:
    before = resource.getrlimit(kind)[1]
    ceiling = soft if hard is None else hard
    if before != resource.RLIM_INFINITY:
        soft, ceiling = min(soft, before), min(ceiling, before)
    resource.setrlimit(kind, (soft, ceiling))


def seal() -> None:
    """From now on this process cannot open files or sockets: no descriptor is left. Import everything before."""
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def tie(parent: int) -> None:
    """On Linux the kernel kills this process when the thread of `parent` that started it ends.

    Elsewhere it has to notice by itself, by the end of what it reads.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:  # it ended before the arrangement was made
        os._exit(0)


def tied(death_signal: signal.Signals) -> Callable[[], None] | None:
    """The same for a program that is not ours, as a `preexec_fn`: it gets `death_signal`. None where that cannot be."""
    if _libc is None:
        return None
    libc, parent = _libc, os.getpid()

    def arrange() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return arrange
