"""Packages of npm for a test. Skipped where there is no node, or no package registry to get them from."""

import shutil
import subprocess
from pathlib import Path

import pytest


def run(command: list[str], where: Path | None = None, *, seconds: float = 600) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds, cwd=where)


def install(folder: Path, *packages: str, seconds: float = 600) -> Path:
    """`name@version` each, into `folder`, which is returned."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip(f"no node on this machine: {packages[0]} was not tried")
    done = run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *packages], seconds=seconds
    )
    if done.returncode != 0:
        pytest.skip(f"{packages[0]} cannot be had here: {done.stderr[-200:]}")
    return folder
