"""Runs the samples of a guide in their order, in one shell, and compares what they print with what the guide says."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from server.guides.markdown import Fence, fences

_MARK = "@@sample "
_ADDRESS = "127.0.0.1:8080"


@dataclass(frozen=True)
class Sample:
    """A command of a guide, and what it should print; None where the guide does not say."""

    command: str
    tab: str | None
    output: str | None


def samples(text: str) -> tuple[dict[str, str], list[Sample]]:
    """The files that a guide has written, and its commands. What starts the server is left out."""
    files: dict[str, str] = {}
    found: list[Sample] = []
    for fence, after in _pairs(fences(text)):
        if fence.file is not None:
            files[fence.file] = fence.code
        elif fence.language == "bash" and not fence.output and not fence.server:
            says = after is not None and after.output and after.tab == fence.tab
            found.append(Sample(fence.code, fence.tab, after.code if says and after is not None else None))
    return files, found


def _pairs(found: list[Fence]) -> Iterator[tuple[Fence, Fence | None]]:
    yield from zip(found, [*found[1:], None], strict=True)


def printed(files: dict[str, str], wanted: list[Sample], host: str, folder: Path) -> list[str]:
    """What each command prints, against the server at `host`."""
    for name, code in files.items():
        (folder / name).write_text(code.replace(_ADDRESS, host))
    script = "set -eu\n" + "".join(f"echo '{_MARK}'\n{one.command.replace(_ADDRESS, host)}\n" for one in wanted)
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=False, cwd=folder, env=_environment(), timeout=600
    )
    assert done.returncode == 0, (done.stdout[-2000:], done.stderr[-2000:])
    return [one.lstrip("\n") for one in done.stdout.split(_MARK)[1:]]


def fits(seen: str, said: str) -> bool:
    """`…` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in said.strip().split("…"))
    return re.fullmatch(pattern, seen.strip(), re.DOTALL) is not None


def node_version() -> int:
    """0 where there is no node."""
    program = shutil.which("node")
    if program is None:
        return 0
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.strip().lstrip("v").split(".")[0])


def _environment() -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    options = "--experimental-websocket --no-warnings" if 20 <= node_version() < 22 else ""
    return {"PATH": path, "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8", "NODE_OPTIONS": options}
