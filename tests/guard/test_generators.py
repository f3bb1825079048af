"""The documents under the tools that strangers put them into: `openapi-typescript`, `openapi-python-client` and
`@asyncapi/parser`, unmodified.

Skipped where there is no node, or no package registry to get the tools from.
"""

import asyncio
import compileall
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from kit.storable import JsonObject
from tests.support import npm
from tests.support.node import Parley

TOOLS = ("openapi-typescript@7.13.0", "typescript@5.9.3", "@asyncapi/parser@3.6.6")
PYTHON_CLIENT = "openapi-python-client==0.29.1"
CONFIG = """post_hooks: []
content_type_overrides:
  application/sdp: application/octet-stream
  application/trickle-ice-sdpfrag: application/octet-stream
  audio/wav: application/octet-stream
  audio/ogg: application/octet-stream
  application/zip: application/octet-stream
"""
"""As docs/guides/sdks.md has it: by itself the tool knows no media types of sound."""
PARSE = """import { Parser } from "@asyncapi/parser";
import { readFileSync } from "node:fs";
const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const said = diagnostics.filter((one) => one.severity < 2).map((one) => one.message);
const operations = document ? document.operations().all().map((one) => one.id()) : [];
console.log(JSON.stringify({ said, operations }));
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return npm.install(tmp_path_factory.mktemp("tools"), *TOOLS)


@pytest.fixture(scope="module")
def python_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generator")
    made = npm.run([sys.executable, "-m", "venv", str(folder)])
    program = folder / ("Scripts" if os.name == "nt" else "bin")
    done = made if made.returncode else npm.run([str(program / "pip"), "install", "--quiet", PYTHON_CLIENT])
    if done.returncode != 0:
        pytest.skip(f"the generator cannot be had here: {done.stderr[-200:]}")
    return program / "openapi-python-client"


@pytest.fixture
async def document(parley: Parley) -> JsonObject:
    described: JsonObject = await (await parley.client.get("/api/openapi.json")).json()
    return described


async def test_typescript_types_come_out_of_the_document(document: JsonObject, tools: Path, tmp_path: Path) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    made = tmp_path / "parley.d.ts"
    generator = str(tools / "node_modules" / ".bin" / "openapi-typescript")
    done = await asyncio.to_thread(npm.run, [generator, str(tmp_path / "openapi.json"), "-o", str(made)])
    assert done.returncode == 0, done.stderr
    checker = str(tools / "node_modules" / ".bin" / "tsc")
    checked = await asyncio.to_thread(npm.run, [checker, "--noEmit", "--strict", str(made)])
    assert checked.returncode == 0, checked.stdout
    assert all(f'"{path}": {{' in made.read_text() for path in document["paths"])


async def test_a_python_client_comes_out_of_the_document(
    document: JsonObject, python_client: Path, tmp_path: Path
) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    (tmp_path / "config.yaml").write_text(CONFIG)
    command = [str(python_client), "generate", "--path", "openapi.json", "--config", "config.yaml", "--meta", "none"]
    done = await asyncio.to_thread(npm.run, [*command, "--output-path", "made"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr, done.stdout
    assert await asyncio.to_thread(compileall.compile_dir, str(tmp_path / "made"), quiet=1)
    written = "".join(path.read_text() for path in (tmp_path / "made" / "api").rglob("*.py"))
    missing = [path for path in document["paths"] if path.split("{")[0] not in written]
    assert missing == []


async def test_asyncapis_own_parser_reads_every_event(parley: Parley, tools: Path, tmp_path: Path) -> None:
    async with parley.client.get("/api/asyncapi.json") as response:
        described = await response.json()
    (tmp_path / "asyncapi.json").write_text(json.dumps(described))
    (tools / "parse.mjs").write_text(PARSE)
    command = [str(shutil.which("node")), str(tools / "parse.mjs"), str(tmp_path / "asyncapi.json")]
    done = await asyncio.to_thread(npm.run, command)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["said"] == []
    assert sorted(told["operations"]) == sorted(described["operations"])
