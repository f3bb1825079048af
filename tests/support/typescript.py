"""TypeScript's checker, fetched once for a run of tests."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

SDK = Path(__file__).parents[2] / "clients" / "javascript"


def run(command: list[str], where: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=where)


@pytest.fixture(scope="session")
def tsc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, in the version that the client names; `typings(tsc)` has the types of Node."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("no node on this machine: the scripts were not checked")
    wanted = json.loads((SDK / "package.json").read_text())["devDependencies"]
    folder = tmp_path_factory.mktemp("checker")
    names = [f"{name}@{version}" for name, version in wanted.items()]
    done = run([npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *names])
    if done.returncode != 0:
        pytest.skip(f"the checker cannot be had here: {done.stderr[-200:]}")
    return folder / "node_modules" / ".bin" / "tsc"


def typings(tsc: Path) -> list[str]:
    return ["--typeRoots", str(tsc.parents[1] / "@types")]
