"""TypeScript's checker, fetched once for a run of tests."""

import json
from pathlib import Path

import pytest

from tests.support import npm

SDK = Path(__file__).parents[2] / "clients" / "javascript"


@pytest.fixture(scope="session")
def tsc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, in the version that the client names; `typings(tsc)` has the types of Node."""
    wanted = json.loads((SDK / "package.json").read_text())["devDependencies"]
    names = [f"{name}@{version}" for name, version in wanted.items()]
    return npm.install(tmp_path_factory.mktemp("checker"), *names, seconds=300) / "node_modules" / ".bin" / "tsc"


def typings(tsc: Path) -> list[str]:
    return ["--typeRoots", str(tsc.parents[1] / "@types")]
