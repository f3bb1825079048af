"""Programs of Debian in a folder of ours, `.tools/debian`: nothing is added to the system. Standard library only.

`python3 -m server.bootstrap.debian coturn redis-server` fetches packages. apt checks their signatures as always.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from server.bootstrap import installer

HOME = installer.ROOT / ".tools" / "debian"
_ROUNDS = 4  # of libraries that libraries need
_DEPENDS = re.compile(r"^ [ |](?:Pre)?Depends: (\S+)", re.MULTILINE)
_SECONDS = 300


def program(name: str) -> Path | None:
    """The system's own, or one that was fetched; None when there is none."""
    system = shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    if system is not None:
        return Path(system)
    return next((found for where in ("bin", "sbin") if (found := HOME / "usr" / where / name).exists()), None)


def libraries(of: Path) -> dict[str, str]:
    """What its environment has to have in addition."""
    if not of.is_relative_to(HOME):
        return {}
    return {"LD_LIBRARY_PATH": f"{HOME}/usr/lib/{platform.machine()}-linux-gnu:{HOME}/usr/lib"}


def fetch(*packages: str) -> str:
    """Fetches packages and the libraries that the system lacks. An empty text, or why not, for people; then `program`
    does not find them."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return "this is no Debian"
    try:
        HOME.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=HOME, prefix="archives-") as made:
            return _downloaded(packages, Path(made)) or unpacked(Path(made), packages)
    except (OSError, subprocess.SubprocessError) as error:
        return f"apt-get: {error}"


def _downloaded(packages: tuple[str, ...], folder: Path) -> str:
    wanted, seen = list(packages), set(packages)
    for _ in range(_ROUNDS):
        if not wanted:
            break
        done = _run("apt-get", "download", "-qq", *wanted, folder=folder)
        if done.returncode != 0:
            return _last_line(done)
        wanted = sorted({found for package in wanted for found in _needed(package)} - seen)
        seen.update(wanted)
    return ""


def unpacked(folder: Path, packages: tuple[str, ...]) -> str:
    """Unpacks the archives of `folder` into `HOME`: `packages` last, as their programs do not run without the
    others. An empty text, or why not."""
    own = tuple(f"{package}_" for package in packages)
    for archive in sorted(folder.glob("*.deb"), key=lambda one: (one.name.startswith(own), one.name)):
        done = _run("dpkg-deb", "--extract", str(archive), str(HOME), folder=folder)
        if done.returncode != 0:
            return _last_line(done)
    return ""


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    return (done.stderr.strip().splitlines() or [f"{done.args[0]} failed"])[-1]


def _needed(package: str) -> set[str]:
    """The libraries and parts of the package that are not installed."""
    told = _run("apt-cache", "depends", "--important", package, folder=HOME).stdout
    names = {name for name in _DEPENDS.findall(told) if name.startswith("lib") or name == "redis-tools"}
    return {name for name in names if not _installed(name)}


def _installed(name: str) -> bool:
    """Not those that were removed, of which dpkg still has the configuration."""
    found = _run("dpkg-query", "--show", "--showformat=${db:Status-Status}\n", name, folder=HOME)
    return found.returncode == 0 and "installed" in found.stdout.split()


def _run(*line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False, timeout=_SECONDS)


def main(*packages: str) -> str | None:
    """Why they could not be fetched, for `sys.exit`: an empty text would count as a failure there, too."""
    return fetch(*packages) or None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
