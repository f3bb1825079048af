"""The operations and schema names that clients of the platform know, against what this server says of itself."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kit.storable import JsonObject
from realtime import asyncapi
from server.cli import docs
from tests.support.node import Parley

CONTRACT = Path(__file__).parents[2] / docs.CONTRACT
DATA = Path(__file__).parents[1] / "data" / "contract"
ACCESS = {"public": [], "bearer": ["bearer"], "bearer,key": ["bearer", "apiKey"], "admin": ["bearer"]}
ACCESS["bearer,service"] = ["bearer", "serviceKey"]


@pytest.fixture
async def document(parley: Parley) -> JsonObject:
    described: JsonObject = await (await parley.client.get("/api/openapi.json")).json()
    return described


def _rows() -> list[dict[str, str]]:
    with (DATA / "operations.tsv").open() as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _name(reference: JsonObject) -> str:
    return str(reference.get("$ref", "")).rsplit("/", 1)[-1]


async def test_every_documented_operation_is_there_as_documented(document: JsonObject) -> None:
    wrong = []
    for row in _rows():
        found = document["paths"].get(row["path"], {}).get(row["method"].lower())
        if found is None:
            wrong.append(f"{row['method']} {row['path']}: missing")
            continue
        security = [next(iter(one)) for one in found["security"]]
        seen = (
            found["summary"],
            found["tags"],
            security,
            found.get("x-scope", ""),
            row["success"] in found["responses"],
        )
        if seen != (row["operation"], [row["section"]], ACCESS[row["access"]], row["scope"], True):
            wrong.append(f"{row['method']} {row['path']}: {seen}")
    assert wrong == []
    assert len(_rows()) == 81


async def test_documented_shapes_have_their_names(document: JsonObject) -> None:
    wrong = []
    for row in _rows():
        found = document["paths"].get(row["path"], {}).get(row["method"].lower(), {})
        content = found.get("responses", {}).get(row["success"], {}).get("content", {})
        if row["response"] and _name(content.get("application/json", {}).get("schema", {})) != row["response"]:
            wrong.append(f"{row['method']} {row['path']} answers {row['response']}")
        body = found.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        if row["request"] and _name(body) != row["request"]:
            wrong.append(f"{row['method']} {row['path']} takes {row['request']}")
    assert wrong == []


async def test_every_documented_schema_name_is_a_component(document: JsonObject) -> None:
    wanted = set((DATA / "schemas.txt").read_text().split())
    assert sorted(wanted - set(document["components"]["schemas"])) == []


async def test_every_public_field_is_described(document: JsonObject) -> None:
    bare = [
        f"{name}.{field}"
        for name, schema in document["components"]["schemas"].items()
        for field, shape in schema.get("properties", {}).items()
        if not shape.get("description") and "$ref" not in shape
    ]
    assert bare == []


def test_every_field_of_every_event_is_described() -> None:
    described = asyncapi.document(version="1", url="https://parley.example.org")
    bare = [
        f"{name}.{field}"
        for name, schema in described["components"]["schemas"].items()
        for field, shape in schema.get("properties", {}).items()
        if "description" not in shape and "$ref" not in shape
    ]
    assert bare == []
    assert '"additionalProperties": true' not in json.dumps(described)


async def test_words_engines_and_reports_are_the_same_shapes_everywhere(document: JsonObject) -> None:
    events = asyncapi.document(version="1", url="https://parley.example.org")["components"]["schemas"]
    answers = document["components"]["schemas"]
    for name in ("Word", "Engine", "Report", "ScoredWord", "Phone", "Syllable", "Details"):
        fields = {key: shape.get("description") for key, shape in events[name]["properties"].items()}
        assert {key: shape.get("description") for key, shape in answers[name]["properties"].items()} == fields
        assert None not in fields.values()


async def test_the_contract_and_the_python_client_are_what_the_documents_say(document: dict[str, Any]) -> None:
    events = asyncapi.document(version="1", url="https://parley.example.org")
    root = DATA.parents[2]
    stale = [str(path) for path, text in docs.texts(document, events).items() if (root / path).read_text() != text]
    assert stale == [], "run `python3 run.py docs`"


def test_every_code_in_the_written_contract_is_one_of_ours() -> None:
    text = CONTRACT.read_text()
    tables = (
        text.split("| status | codes |")[1].split("\n\n")[0] + text.split("### Refusals on sockets")[1].split("## ")[0]
    )
    ours = " ".join(
        path.read_text() for room in ("kit", "api", "realtime") for path in (DATA.parents[2] / room).rglob("*.py")
    )
    named = {one for one in re.findall(r"`([a-zA-Z]+(?:_[a-zA-Z]+)*)`", tables) if one != "fields"}
    assert len(named) > 30
    assert [one for one in sorted(named) if one not in ours] == []


async def test_every_field_has_a_type(document: JsonObject) -> None:
    """Objects of which only a client or a provider knows the members are the exception, and named here."""
    events = asyncapi.document(version="1", url="https://parley.example.org")
    open_ones = {
        "FunctionDefinition.parameters",
        "RealtimeFunctionTool.parameters",
        "TalkSession.tools",
        "TalkSession.tool_choice",
        "ChatCompletionRequest.tool_choice",
        "ChatCompletionRequest.response_format",
        "XELLearnerAnswer.pronunciation",
        "XELTranscriptItem.pronunciation",
        "XELTranscriptSaveRequest.pronunciation",
    }
    for described in (document, events):
        untyped = {
            f"{name}.{field}"
            for name, schema in described["components"]["schemas"].items()
            for field, shape in schema.get("properties", {}).items()
            if _says_nothing(shape)
        }
        assert untyped - open_ones == set()


def _says_nothing(shape: Any) -> bool:
    """Whether some part of a shape allows anything."""
    if not isinstance(shape, dict) or "$ref" in shape or "enum" in shape or "const" in shape:
        return False
    kinds = [*shape.get("anyOf", ()), *shape.get("oneOf", ()), *shape.get("allOf", ()), *shape.get("prefixItems", ())]
    if kinds:
        return any(map(_says_nothing, kinds))
    match shape.get("type"):
        case "object":
            return "properties" not in shape and not isinstance(shape.get("additionalProperties"), dict)
        case "array":
            return _says_nothing(shape.get("items", {}))
    return "type" not in shape


async def test_doors_that_are_no_operations_are_described(document: JsonObject) -> None:
    for method, path, answer in (
        ("post", "/api/live/whip", "201"),
        ("patch", "/api/live/whip/{line_id}", "204"),
        ("delete", "/api/live/whip/{line_id}", "200"),
        ("get", "/v1/realtime", "101"),
        ("post", "/v1/realtime/client_secrets", "200"),
    ):
        assert answer in document["paths"][path][method]["responses"], path


async def test_names_of_elsewhere_are_in_no_description(document: JsonObject) -> None:
    events = asyncapi.document(version="1", url="https://parley.example.org")
    for described in (document, events):
        text = json.dumps(described)
        for word in ("Xentree", "documented API", "the platform", "XEL module"):
            assert word not in text, word


async def test_every_example_has_the_type_of_its_field(document: JsonObject) -> None:
    schemas = {"components": document["components"]}
    wrong = []
    for name, schema in document["components"]["schemas"].items():
        for field, shape in schema.get("properties", {}).items():
            rules = jsonschema.Draft202012Validator({**shape, **schemas})
            wrong += [f"{name}.{field}: {one}" for one in shape.get("examples", ()) if not rules.is_valid(one)]
    assert wrong == []
