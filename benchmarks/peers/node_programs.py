"""Programs on Node beside ours: their packages from npm, in the versions and with the hashes of the lock file."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).parent / "node"
TOOLS = ROOT / ".tools"
OLDEST = 20
"""Of Node, as `package.json` says."""

_DESCRIBED = ("package.json", "package-lock.json")
_COMPLETE = "complete"


class Missing(Exception):
    """Why the peers on Node cannot run here, as a sentence."""


def installed(tools: Path = TOOLS) -> Path:
    """A folder with the programs and their packages, fetched once for each lock file. Raises Missing."""
    npm = shutil.which("npm")
    if npm is None or (version := node_version()) is None:
        raise Missing("there is no node or no npm on this machine.")
    if int(version.split(".")[0]) < OLDEST:
        raise Missing(f"node is {version}, and they need {OLDEST} or newer.")
    lock = hashlib.sha256(b"".join((SOURCE / name).read_bytes() for name in _DESCRIBED)).hexdigest()[:12]
    folder = tools / f"node-peers-{lock}"
    folder.mkdir(parents=True, exist_ok=True)
    for file in (*(SOURCE / name for name in _DESCRIBED), *SOURCE.glob("*.mjs")):
        shutil.copy(file, folder)
    if not (folder / _COMPLETE).exists():
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
        if done.returncode != 0:
            raise Missing(f"npm could not fetch their packages: {(done.stderr or done.stdout).strip()[-200:]}")
        (folder / _COMPLETE).touch()
    return folder


def node_version() -> str | None:
    """As `20.1.0`; None when there is no node that starts."""
    node = shutil.which("node")
    if node is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+\.\d+\.\d+)", said)
    return found[1] if found else None


def environment(**variables: str) -> dict[str, str]:
    """Of a program on Node, as an operator starts one."""
    return {**os.environ, "NODE_ENV": "production", "TZ": "UTC", **variables}
