"""Dates, times and numbers at and beyond the ends of what Python, PostgreSQL and JSON can hold, put into requests."""

import copy
from collections.abc import Iterator
from typing import Any

DATES = ["0000-01-01", "0001-01-01", "0001-01-05", "0004-02-29", "9999-12-31", "9999-12-01", "10000-01-01"]
TIMES = [
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "0001-01-01T00:00:00-23:59",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59.999999999-23:59",
    "9999-12-31T23:59:60Z",
]
INTEGERS = [0, -1, 2**31 - 1, 2**31, -(2**31) - 1, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 2**64, 10**30, 10**400]
NUMBERS = [*INTEGERS, 1e308, -1e308, 5e-324, float("inf"), float("-inf"), float("nan")]
ANYTHING = [{"number": value} for value in NUMBERS] + [{"deep": None}, []]
_deep: Any = ANYTHING[-2]
for _ in range(150):
    _deep["deep"] = {"deep": None}
    _deep = _deep["deep"]


def values(shape: dict[str, Any], document: dict[str, Any]) -> list[Any]:
    """What to try for a field of this shape; nothing for texts, lists and objects whose fields are known."""
    if "$ref" in shape:
        return values(document["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]], document)
    if "anyOf" in shape:
        return [value for one in shape["anyOf"] for value in values(one, document)]
    if shape.get("format") == "date":
        return DATES
    if shape.get("format") == "date-time":
        return TIMES
    if shape.get("type") in ("integer", "number"):
        return NUMBERS
    if shape.get("type") == "object" and "properties" not in shape:
        return ANYTHING
    return ANYTHING if "type" not in shape and "enum" not in shape and "const" not in shape else []


def bodies(shape: dict[str, Any], whole: Any, document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(where, body): `whole`, a valid body of `shape`, with one field at an extreme."""
    for path, values_ in _places(shape, whole, document, ()):
        for value in values_:
            changed = copy.deepcopy(whole)
            inner = changed
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = value
            yield "/".join(map(str, path)), changed


def _places(
    shape: dict[str, Any], whole: Any, document: dict[str, Any], path: tuple[Any, ...]
) -> Iterator[tuple[tuple[Any, ...], list[Any]]]:
    if "$ref" in shape:
        shape = document["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]
    if isinstance(whole, dict):
        for name, inner in shape.get("properties", {}).items():
            if found := values(inner, document):
                yield (*path, name), found
            if name in whole:
                yield from _places(inner, whole[name], document, (*path, name))
    elif isinstance(whole, list) and whole and "items" in shape:
        yield from _places(shape["items"], whole[0], document, (*path, 0))
