"""The output of the set-up, and the programs it runs."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path


class Stop(Exception):
    """One sentence for the person at the keyboard; the exit code is 2."""


def say(step: str) -> None:
    """Print a step that begins."""
    print(f"{step} …", flush=True)


def run(argv: list[str | Path], variables: dict[str, str] | None = None) -> str:
    """What the program wrote. Raises Stop with its own words when it fails."""
    done = subprocess.run(argv, env=variables, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = " ".join((done.stderr.strip() or done.stdout.strip()).split())
        raise Stop(f"“{Path(argv[0]).name} {argv[1]} {argv[2]}” failed: {said[:600]}")
    return done.stdout.strip()


def runs(program: str | Path) -> bool:
    """Whether the program is there and can be executed."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@contextlib.contextmanager
def arrivals(folder: Path, total: int) -> Iterator[None]:
    """On a terminal, a progress bar of the entries added to a folder."""
    if not sys.stdout.isatty():
        yield
        return
    before = _count(folder)
    over = threading.Event()

    def draw() -> None:
        while not over.wait(0.1):
            arrived = min(total, _count(folder) - before)
            filled = 30 * arrived // total
            print(f"\r  [{'█' * filled}{'·' * (30 - filled)}] {arrived}/{total}", end="", flush=True)

    drawing = threading.Thread(target=draw, daemon=True)
    drawing.start()
    try:
        yield
    finally:
        over.set()
        drawing.join()
        print("\r\033[K", end="", flush=True)


def _count(folder: Path) -> int:
    try:
        return sum(1 for _ in folder.iterdir())
    except OSError:
        return 0


def can_show_pages() -> bool:
    """Whether this machine has a user with a graphical browser."""
    display = sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return display and sys.stdout.isatty()
