"""A start loads what it needs and no more; the rest is ready before it is asked for."""

import subprocess
import sys
from pathlib import Path

from pydantic import BaseModel

from api.english.catalog import frame
from kit.http import wire
from realtime import payload
from server import warmup

ROOT = Path(__file__).resolve().parents[3]
HEAVY = {
    *("numpy", "av", "soxr", "soundfile", "email_validator", "aiortc", "onnxruntime", "ctranslate2", "openai"),
    *("aiosmtplib", "jwt", "markdown_it", "language.grammar.check", "language.tutor.tutor"),
}


def imported(program: str) -> set[str]:
    """The modules that a program of its own has loaded when it ends."""
    line = [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_application_is_imported_without_heavy_libraries() -> None:
    assert imported("import server.app").isdisjoint(HEAVY)


def test_settings_are_read_and_servers_started_before_the_application_is_imported() -> None:
    loaded = imported("import server.cli.serve")
    assert loaded.isdisjoint({"aiohttp", "redis", "asyncpg", "server.app"}) and "server.config" in loaded


def test_the_warm_up_loads_what_was_put_off() -> None:
    program = "import asyncio, server.app, server.warmup\nasyncio.run(server.warmup.warm_up())"
    assert set(warmup.LIBRARIES) <= imported(program)


def test_no_shape_is_built_while_the_application_is_imported() -> None:
    program = """
import pydantic, server.app, server.warmup
known = server.warmup.family(pydantic.BaseModel)
print(*(f"{one.__module__}:{one.__name__}" for one in known if one.__pydantic_complete__), sep="\\n")
"""
    built = {name for name in imported(program) if name.startswith(("api.", "kit.", "realtime.", "server.", "speech."))}
    of_generic_shapes = {"kit.http.wire:Page", "api.webhooks.payloads:Envelope"}
    assert {name for name in built if ":" in name} - of_generic_shapes == {"api.webhooks.payloads:EventLinks"}


async def test_every_shape_has_its_validator_afterwards() -> None:
    import server.app  # noqa: F401 - makes all shapes known

    await warmup.build_validators()
    families: list[type[BaseModel]] = [wire.Body, wire.View, payload.ClientPayload, payload.ServerPayload]
    families.append(frame.Strict)
    shapes = {one for base in families for one in warmup.family(base)}
    assert len(shapes) > 200
    unfinished = {one.__name__ for one in shapes if not one.__pydantic_complete__}
    assert unfinished <= {"Page"}  # a generic one has nothing to build


def test_the_command_line_is_read_without_parsing_a_source() -> None:
    loaded = imported("import run\nrun.parse([])")
    assert loaded.isdisjoint({"ast", "inspect", "pydantic", "typing"}) and "argparse" in loaded
