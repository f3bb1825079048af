"""Whoever reads the document sees of every field what it means and what it looks like, and of every number its unit."""

import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

MODULES = (
    "api.assignments.schemas",
    "api.english.schemas.evaluation",
    "api.english.schemas.modules",
    "api.english.schemas.practice",
    "api.english.schemas.standing",
    "api.progress.schemas",
    "api.conversations.schemas",
    "api.knowledge.schemas",
    "api.notes.schemas",
    "api.search.schemas",
    "api.chat.schemas",
    "api.webhooks.payloads",
    "api.webhooks.schemas",
)
_SHOWN_BY_TYPE = {"array", "object", "boolean"}
# The cursor and the size of a page are the same everywhere; a file is shown by its format.
_EVERYWHERE = {"cursor", "next_cursor", "limit", "audio", "file"}
_UNIT = re.compile(
    r"\b(?:\d+ to \d+|from [01]\b|seconds?|milliseconds|minutes|days?|bytes|points|xp|tokens|words|characters?|times|"
    r"number of|how (?:often|much)|tasks|modules|passages|rows|messages|pieces|freezes|speed|higher is better|"
    r"multiplied|conversations|page)\b",
    re.IGNORECASE,
)


def fields(module: str) -> Iterator[tuple[str, dict[str, Any]]]:
    found = importlib.import_module(module)
    for name, model in inspect.getmembers(found, inspect.isclass):
        if issubclass(model, BaseModel) and model.__module__ == module:
            for field, shape in model.model_json_schema().get("properties", {}).items():
                if field not in _EVERYWHERE:
                    yield f"{name}.{field}", shape


def kinds(shape: dict[str, Any]) -> set[str]:
    return {str(one.get("type")) for one in (shape, *shape.get("anyOf", ()))}


def names_a_shape(shape: dict[str, Any]) -> bool:
    return any({"$ref", "enum", "const", "allOf"} & one.keys() for one in (shape, *shape.get("anyOf", ())))


@pytest.mark.parametrize("module", MODULES)
def test_every_field_is_described_and_has_an_example(module: str) -> None:
    every = list(fields(module))
    assert len(every) >= 5
    assert [name for name, shape in every if not shape.get("description") and not names_a_shape(shape)] == []
    plain = [(name, shape) for name, shape in every if not names_a_shape(shape) and not kinds(shape) & _SHOWN_BY_TYPE]
    assert [name for name, shape in plain if not shape.get("examples")] == []


@pytest.mark.parametrize("module", MODULES)
def test_every_number_says_in_what_it_is_counted(module: str) -> None:
    numbers = [(name, shape) for name, shape in fields(module) if kinds(shape) & {"integer", "number"}]
    assert [name for name, shape in numbers if not _UNIT.search(shape.get("description", ""))] == []
