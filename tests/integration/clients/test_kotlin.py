"""The one-file client in Kotlin, compiled and tried against a node, where there is a compiler (.ci/run fetches it)."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.config import Settings
from tests.support import node as nodes
from tests.support.node import PASSWORD
from tests.support.scripted_listener import ScriptedListening

ROOT = Path(__file__).parents[3]
JARS = ROOT / ".tools" / "clients" / "run_kotlin_kernel" / "jars"
CLIENT = ROOT / "clients" / "kotlin" / "Parley.kt"
PROGRAMS = ROOT / "tests" / "data" / "clients"
_COMPILER = "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler"
_SECONDS = 4


async def java(*arguments: str) -> str:
    process = await asyncio.create_subprocess_exec("java", *arguments, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


async def compiled(folder: Path, program: str) -> list[str]:
    """With what `java` runs a program of `tests/data/clients` and the client."""
    library = next(JARS.glob("kotlin-stdlib-*.jar"))
    compiler = ["-cp", f"{JARS}/*", _COMPILER, "-no-stdlib", "-no-reflect", "-nowarn"]
    await java(*compiler, "-cp", str(library), "-d", str(folder), str(CLIENT), str(PROGRAMS / f"{program}.kt"))
    return ["-cp", f"{folder}:{library}", f"{program}Kt"]


@pytest.fixture
async def place(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[nodes.Parley]:
    async with nodes.running(settings, database_url, redis_url, listening=ScriptedListening()) as node:
        yield node


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("java") and JARS.is_dir()), reason="no Kotlin compiler: see .ci/run")
async def test_a_reading_whose_line_is_cut_loses_nothing(place: nodes.Parley, tmp_path: Path) -> None:
    running = await compiled(tmp_path, "Reading")
    account = await place.account()
    sound = tmp_path / "sound"
    sound.write_bytes(bytes(32_000 * _SECONDS))
    said = (await java(*running, place.url, account.username, PASSWORD, str(sound))).splitlines()
    numbers = [int(line.split()[1]) for line in said if line.startswith("seq ")]
    assert numbers == list(range(1, len(numbers) + 1))
    words = [f"second {n}" for n in range(_SECONDS)]
    assert [line for line in said if line.startswith("final ")] == [f"final {text}" for text in words]
    assert f"text {' '.join(words)}" in said and f"name {account.username}" in said
    assert re.search(r"^billed [45]$", "\n".join(said), re.MULTILINE) and "again 2" in said
    refusals = [line for line in said if line.startswith("refused")]
    assert refusals == ["refused invalid_credentials", "refused session_active", "refused replaced"]
    assert said[-1] == "lost"
