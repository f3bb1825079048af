"""JSON as no serializer of ours writes it, put at every place of a body: numbers beyond 64 bits, NaN, half a surrogate
pair, U+0000, depth."""

import copy
import itertools
import json
from collections.abc import Iterator
from typing import Any

_MARK = "\N{BLACK QUESTION MARK ORNAMENT}"
_BIG = "1" * 30

RAW = (
    _BIG,
    "-9223372036854775809",
    "9" * 5000,  # Python writes no number that long
    "1e999",
    "NaN",
    "-Infinity",
    '"\\ud800"',
    '"a\\u0000b"',
    "[" * 300 + "]" * 300,
    f'{{"a": {_BIG}}}',
    '{"a": NaN, "b": [Infinity]}',
    '{"\\ud800": 1}',
    '{"\\u0000": 1}',
    f'[{{"a": {_BIG}}}]',
    '{"' + "k" * 20_000 + '": 1}',
)


def bodies(schema: dict[str, Any], document: dict[str, Any], *, most: int) -> Iterator[tuple[str, str]]:
    """(where, the text of a body): each place of a whole body, and of members that nobody knows, with a large number
    and `most` others of `RAW` in turn."""
    whole, others = _whole(schema, document, 6), itertools.cycle(RAW[1:])
    for path in _places(whole, ()):
        text = json.dumps(_with(whole, path, _MARK), ensure_ascii=False)
        for raw in (RAW[0], *itertools.islice(others, most)):
            yield f"/{'/'.join(map(str, path))} {raw[:20]}", text.replace(f'"{_MARK}"', raw)


def _whole(shape: dict[str, Any], document: dict[str, Any], left: int) -> Any:
    """A value with every member that the shape names."""
    while "$ref" in shape:
        shape = document["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]
    members = shape.get("properties")
    if members is not None:
        return {name: _whole(member, document, left - 1) for name, member in members.items()} if left else {}
    if "anyOf" in shape:  # the largest of its forms has the most places
        forms = [_whole(one, document, left) for one in shape["anyOf"]]
        return max(forms, key=lambda one: len(json.dumps(one)) if isinstance(one, dict | list) else 0)
    for known in ("const", "default"):
        if shape.get(known) not in (None, [], {}):
            return shape[known]
    if "enum" in shape:
        return shape["enum"][0]
    if shape.get("type") == "array":
        return [_whole(shape.get("items", {}), document, left)]
    if shape.get("examples", [None])[0] is not None:
        return shape["examples"][0]
    return {"string": "x", "integer": 1, "number": 1.0, "boolean": True, "object": {}}.get(shape.get("type", ""))


def _places(value: Any, path: tuple[int | str, ...]) -> Iterator[tuple[int | str, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _places(member, (*path, name))
        yield (*path, "nobody_knows")
    elif isinstance(value, list) and value:
        yield from _places(value[0], (*path, 0))


def _with(value: Any, path: tuple[int | str, ...], odd: str) -> Any:
    changed = copy.deepcopy(value)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = odd
    return changed
