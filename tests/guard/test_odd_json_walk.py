"""JSON that cannot be kept, at every place of every body: refused by name or overlooked, never an answer of status 500
and never an answer that is no JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, get_args, get_origin

from pydantic import AfterValidator, BaseModel

from kit.http import wire
from tests.guard.test_operations_walk import Walk, place
from tests.support import odd_json, walk

__all__ = ["place"]

ENDS = {"POST /api/auth/logout", "DELETE /api/auth/me", "POST /v1/audio/speech"}  # the last one only takes long


def _strictly(text: str) -> None:
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    json.loads(text, parse_constant=refuse)


async def test_no_body_is_too_odd(place: Walk) -> None:
    node = place.node
    boss = await node.admin("boss")
    wrong: set[tuple[str, str, int | str]] = set()
    asked = 0
    for row in place.rows:
        described = place.document["paths"][row.path][row.method.lower()]
        schema = described.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if schema is None or row.name in ENDS:
            continue
        headers = {**boss.headers, "Content-Type": "application/json"}
        for where, body in odd_json.bodies(schema, place.document, most=2):
            asked += 1
            call = node.client.request(row.method, walk.filled_path(row, {}), data=body.encode(), headers=headers)
            async with call as response:
                text = (await response.read()).decode(errors="replace")
                if response.status >= 500 and response.status != 503:
                    wrong.add((row.name, where, response.status))
                elif response.content_type.endswith("json"):
                    try:
                        _strictly(text)
                    except ValueError as error:
                        wrong.add((row.name, where, str(error)))
    assert wrong == set()
    assert asked > 1000


def test_every_open_object_of_a_request_is_checked() -> None:
    """A member that may be anything is a `StorableObject`: PostgreSQL, Redis and browsers take what is in it."""
    models = set(_below(wire.Body))  # all that the walk's node imports
    assert len(models) > 100
    open_members = [
        f"{model.__qualname__}.{name}"
        for model in models
        if model.__module__.partition(".")[0] in ("api", "kit", "realtime")
        for name, field in model.model_fields.items()
        if _is_open(field.annotation, field.metadata)
    ]
    assert open_members == []


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)


def _is_open(hint: Any, metadata: Sequence[object]) -> bool:
    if get_origin(hint) is Annotated:
        inner, *more = get_args(hint)
        return _is_open(inner, more)
    if any(isinstance(one, AfterValidator) and one in get_args(wire.StorableObject) for one in metadata):
        return False
    return hint in (Any, object, dict, list) or any(_is_open(one, ()) for one in get_args(hint))
