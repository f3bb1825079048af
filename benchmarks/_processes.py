"""A process and all that it started, from Linux' /proc: memory by kind, processor time, and open descriptors."""

import contextlib
import os
import re
from pathlib import Path

_PROC = Path("/proc")
_KINDS = (
    (r"speech\.engines\.worker", "recognition"),
    (r"realtime\.transports\.webrtc", "media"),
    (r"postgres", "postgres"),
    (r"valkey", "valkey"),
    (r"run\.py|server\.", "server"),
)


def family(root: int) -> list[int]:
    """`root` and all below it."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):  # it has ended meanwhile
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(folder.name))
    found, left = list[int](), [root]
    while left:
        found.append(one := left.pop())
        left += children.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far. Raises OSError where there is none, or no Linux."""
    fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pids: list[int]) -> dict[str, int]:
    """Bytes by kind of process: heaps and stacks. Programs, models and PostgreSQL's buffers are files or shared, are
    touched little by little, and count for more processes or fewer as these come and go."""
    found: dict[str, int] = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            rollup = (_PROC / str(pid) / "smaps_rollup").read_text()
            kind = _kind(pid)
            if (own := re.search(r"^Anonymous:\s+(\d+) kB", rollup, re.MULTILINE)) is not None:
                found[kind] = found.get(kind, 0) + int(own[1]) * 1024
    return found


def files(pids: list[int]) -> int:
    """Open descriptors of all of them but PostgreSQL, whose backends keep the files of tables open as long as they
    like."""
    count = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            count += 0 if _kind(pid) == "postgres" else len(list((_PROC / str(pid) / "fd").iterdir()))
    return count


def _kind(pid: int) -> str:
    line = (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return next((kind for pattern, kind in _KINDS if re.search(pattern, line)), "others")
