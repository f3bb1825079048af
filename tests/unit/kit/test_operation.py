"""Rows of operations."""

from typing import Any

import pytest
from pydantic import Field

from kit.http import openapi
from kit.http.operation import Access, Call, Operation, Reply
from kit.http.wire import Body, Id, View


class Rename(Body):
    title: str = Field(min_length=1)


class Thing(View):
    id: str
    title: str


async def rename(call: Call, thing_id: Id, body: Rename) -> Reply[Thing]:
    """Give a thing another title."""
    return Reply(Thing(id=thing_id, title=body.title), 200)


def _row(**changes: Any) -> Operation:
    given = {"method": "PATCH", "path": "/api/things/{thing_id}", "handler": rename, "title": "Rename", "tag": "Things"}
    return Operation(**{**given, "access": Access.BEARER, **changes})


def test_the_shapes_are_read_from_the_handler() -> None:
    shapes = _row().shapes
    assert (shapes.body, shapes.response) == (Rename, Thing)
    assert (shapes.path, shapes.ids) == (("thing_id",), frozenset({"thing_id"}))


def test_a_path_that_does_not_fit_the_handler_is_refused() -> None:
    with pytest.raises(TypeError):
        _ = _row(path="/api/things/{other}").shapes


@pytest.mark.parametrize("access, scope", [(Access.BEARER_OR_KEY, None), (Access.BEARER, "live:read")])
def test_a_scope_stands_exactly_where_keys_are_accepted(access: Access, scope: str | None) -> None:
    with pytest.raises(ValueError, match="scope"):
        _row(access=access, scope=scope)


def test_the_document_names_shapes_security_and_every_error() -> None:
    described = openapi.document([_row(errors=(409,))], version="1", url="http://x")
    operation = described["paths"]["/api/things/{thing_id}"]["patch"]
    assert set(operation["responses"]) == {"200", "400", "401", "403", "404", "409", "413", "415", "429", "500", "503"}
    assert operation["security"] == [{"bearer": []}]
    assert operation["requestBody"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Rename"}
    assert {"Rename", "Thing", "Error"} <= set(described["components"]["schemas"])
