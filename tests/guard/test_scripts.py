"""The page's scripts under TypeScript's checker: their JSDoc, and what they send to the API and expect of it.

Skipped where there is no node, or no package registry to get the checker from.
"""

import asyncio
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import api_types
from tests.support.node import Parley

ROOT = Path(__file__).parents[2]
CHECKER = "typescript@5.9.3"
OPTIONS = {
    "allowJs": True,
    "checkJs": True,
    "noEmit": True,
    "target": "es2023",
    "module": "esnext",
    "moduleResolution": "bundler",
    "lib": ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
    "strict": False,
    "noImplicitThis": True,
    "skipLibCheck": True,
    "types": [],
}


@pytest.fixture(scope="module")
def tsc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("no node on this machine: the scripts were not checked")
    folder = tmp_path_factory.mktemp("checker")
    wanted = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), CHECKER]
    done = _run(wanted)
    if done.returncode != 0:
        pytest.skip(f"the checker cannot be had here: {done.stderr[-200:]}")
    return folder / "node_modules" / ".bin" / "tsc"


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


async def test_scripts_and_the_document_agree(parley: Parley, tsc: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "static" / "js", tmp_path / "js")
    shutil.copytree(ROOT / "tests" / "data" / "types", tmp_path / "vendor")
    async with parley.client.get("/api/openapi.json") as response:
        (tmp_path / "js" / "api-types.d.ts").write_text(api_types.declarations(await response.json()))
    excluded = ["js/capture-worklet.js", "js/docs.js"]  # the one runs in a world without types, the other is no app
    project = {"compilerOptions": OPTIONS, "include": ["js/**/*"], "exclude": excluded}
    (tmp_path / "tsconfig.json").write_text(json.dumps(project))
    done = await asyncio.to_thread(_run, [str(tsc), "-p", str(tmp_path)])
    assert done.returncode == 0, done.stdout
