"""The AsyncAPI document."""

import json
import re
from typing import Any

import jsonschema
import pytest

from realtime import asyncapi, wire

DOCUMENT = asyncapi.document(version="1", url="https://parley.example")


def resolve(reference: str) -> Any:
    found: Any = DOCUMENT
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def test_every_reference_leads_somewhere() -> None:
    references = re.findall(r'"\$ref": "([^"]+)"', json.dumps(DOCUMENT))
    assert references
    for reference in references:
        assert resolve(reference)


def test_every_event_is_in_the_document_with_its_direction() -> None:
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert set(DOCUMENT["components"]["messages"]) == {row.name for row in wire.EVENTS}
    for row in wire.EVENTS:
        for namespace in row.namespaces:
            operation = DOCUMENT["operations"][f"{namespace.strip('/')}.{row.name}"]
            assert operation["action"] == ("receive" if row.direction == "client" else "send")


def test_every_client_event_documents_its_acknowledgement() -> None:
    for row in wire.CLIENT.values():
        message = DOCUMENT["components"]["messages"][row.name]
        assert row.ack is not None and "x-ack" in message
        assert message["x-required-scope"] == "live:write", "for keys and integration tokens"


def test_schemas_are_json_schema_2020() -> None:
    for schema in DOCUMENT["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("row", wire.EVENTS, ids=lambda row: row.name)
def test_members_are_described_or_plain(row: wire.Event) -> None:
    assert row.summary.endswith(".")
    assert row.payload.__name__ in DOCUMENT["components"]["schemas"]
