"""Prepares in the background what requests need but the start does not wait for.

Libraries are imported in a thread, one after the other. Validators of shapes are built on the loop, one per step,
because pydantic does not promise that two threads may build the same one.
"""

import asyncio
import importlib
from collections.abc import Iterator

from pydantic import BaseModel

from api.english.catalog import frame
from kit.http import wire as shapes
from realtime import payload as events

LIBRARIES = (
    "numpy",
    "jwt",
    "email_validator",
    "av",
    "soxr",
    "soundfile",
    "speech.audio.echo",
)
"""Imported where they are used, and here before that; the heavy engines of speech load in processes of their own."""


async def warm_up() -> None:
    """Load what the first requests need, while the server already answers."""
    await build_validators()
    for name in LIBRARIES:
        await asyncio.to_thread(importlib.import_module, name)
    await asyncio.to_thread(rehearse)


def rehearse() -> None:
    """Modules that build tables at their first use."""
    from speech.audio import echo
    from speech.synthesis.voices import RATE

    echo.rehearse(RATE)


async def build_validators() -> None:
    """Those that are not built yet; afterwards threads may use every shape."""
    for base in (frame.Strict, shapes.Body, shapes.View, events.ClientPayload, events.ServerPayload):
        for model in family(base):
            if not model.__pydantic_complete__ and not model.__pydantic_generic_metadata__["parameters"]:
                model.model_rebuild()
                await asyncio.sleep(0)


def family(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A class and all that derive from it."""
    yield base
    for child in base.__subclasses__():
        yield from family(child)
