"""A Ray cluster on this machine, of nodes that can be killed."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import ROOT

_START_SECONDS = 180.0
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_SCHEDULER_EVENTS": "0",
    "RAY_DISABLE_IMPORT_WARNING": "1",
    "RAY_worker_niceness": "5",  # as our own worker processes; by default 15, right for machines that do more
    "PYTHONPATH": str(ROOT),
    "OMP_NUM_THREADS": "1",
}


class RayNode:
    """`ray start --block` and all that it starts; they are its children."""

    def __init__(self, folder: Path, number: int, head: str | None = None) -> None:
        """Of the cluster at `head`, or the first of a new one. It can have one CPU."""
        self._log = folder / f"node{number}"
        where = ["--head", "--port=0", "--include-dashboard=false"] if head is None else [f"--address={head}"]
        size = ["--num-cpus=1", "--object-store-memory=80000000", "--disable-usage-stats", "--block"]
        if head is None:
            size += [f"--temp-dir={folder}/ray"]
        line = [sys.executable, "-m", "ray.scripts.scripts", "start", *where, *size]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("RAY_", "PARLEY_"))}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                line, env={**environment, **_QUIET}, stdout=log, stderr=log, cwd=folder, start_new_session=True
            )
        self.pids: set[int] = set()

    def address(self) -> str:
        """Where others find it, as soon as it runs."""
        return self._said(r"ray start --address='([^']+)'")

    def wait(self) -> None:
        """Until it runs."""
        self._said("(Ray runtime started)")
        self.pids = _below(self._process.pid)

    def kill(self) -> None:
        """As when its machine loses power."""
        for pid in [*_below(self._process.pid), *self.pids]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()

    def actors(self) -> int:
        """How many of our actors it runs."""
        return sum("Recognizer" in _name(pid) for pid in _below(self._process.pid))

    def _said(self, pattern: str) -> str:
        until = time.monotonic() + _START_SECONDS
        while (found := re.search(pattern, self._log.read_text(errors="replace"))) is None:
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"Ray did not start: {self._log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)
        return found[1]


@contextlib.contextmanager
def cluster(nodes: int) -> Iterator[tuple[str, list[RayNode]]]:
    """Its address, and its nodes, the head first. Short paths: sockets lie in them."""
    with tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        running = [RayNode(folder, 0)]
        try:
            address = running[0].address()
            running += [RayNode(folder, number, address) for number in range(1, nodes)]
            for node in running:
                node.wait()
            yield address, running
        finally:
            for node in reversed(running):
                node.kill()


def _below(pid: int) -> set[int]:
    """All processes that it has started, and those of these."""
    try:
        children = [
            int(one) for path in Path(f"/proc/{pid}/task").glob("*/children") for one in path.read_text().split()
        ]
    except OSError:
        return set()
    return set(children).union(*map(_below, children))


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""
