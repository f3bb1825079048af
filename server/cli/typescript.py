"""The types of the JavaScript client, from the OpenAPI and the AsyncAPI document: what each operation takes and
answers, and what each event holds."""

import json
import re
from collections.abc import Iterator

from kit.storable import JsonObject

FOLDER = "clients/javascript/types"
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
_HEAD = "// Written by `python3 run.py docs` from {}: do not edit.\n\n"


def modules(operations: JsonObject, events: JsonObject) -> dict[str, str]:
    """The generated files by their names."""
    return {"operations.d.ts": _of_operations(operations), "events.d.ts": _of_events(events, operations)}


def _of_operations(document: JsonObject) -> str:
    """The text of `operations.d.ts`: a type for each schema, `Answer<method, path>` and `Body<method, path>`."""
    parts = [*_schemas(document["components"]["schemas"])]
    for kind, pick in (("Answer", _answer), ("Body", _body)):
        found = [
            (method.upper(), path, pick(operation))
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ]
        # A path without a parameter first, then those with the most that is fixed.
        found.sort(key=lambda row: ("{" in row[1], -len(re.sub(r"{.*?}", "", row[1]))))
        chain = "".join(f"\n  [M, P] extends [{json.dumps(m)}, {_pattern(p)}] ? {t} :" for m, p, t in found)
        parts.append(f"export type {kind}<M extends string, P extends string> ={chain} never;")
    return _HEAD.format("the OpenAPI document") + "\n\n".join(parts) + "\n"


def _of_events(document: JsonObject, operations: JsonObject) -> str:
    """The text of `events.d.ts`: a type for each schema, those of `operations` from there, `ServerEvents` and
    `ClientEvents` from name to data, and `Acks` from the name of a client's event to its acknowledgement."""
    schemas = document["components"]["schemas"]
    shared = ", ".join(_name(one) for one in sorted(schemas) if one in operations["components"]["schemas"])
    borrowed = f'import type {{ {shared} }} from "./operations.js";\nexport type {{ {shared} }};'
    own = {name: schema for name, schema in schemas.items() if name not in operations["components"]["schemas"]}
    messages = document["components"]["messages"].values()
    server = {one["name"]: shape(one["payload"]) for one in messages if "x-numbered" in one}
    client = {one["name"]: shape(one["payload"]) for one in messages if "x-numbered" not in one}
    acks = {one["name"]: shape(one["x-ack"]["oneOf"][0]) for one in messages if "x-ack" in one}
    maps = (_map("ServerEvents", server), _map("ClientEvents", client), _map("Acks", acks))
    return _HEAD.format("the AsyncAPI document") + "\n\n".join([borrowed, *_schemas(own), *maps]) + "\n"


def _map(name: str, types: dict[str, str]) -> str:
    members = "".join(f"  {json.dumps(event)}: {type_};\n" for event, type_ in types.items())
    return f"export interface {name} {{\n{members}}}"


def shape(schema: JsonObject) -> str:
    """The TypeScript type of a JSON schema."""
    if "$ref" in schema:
        return _name(schema["$ref"].rsplit("/", 1)[1])
    if "allOf" in schema:
        return " & ".join(shape(one) for one in schema["allOf"])
    if "anyOf" in schema or "oneOf" in schema:
        return " | ".join(dict.fromkeys(f"({shape(one)})" for one in schema.get("anyOf") or schema["oneOf"]))
    if "enum" in schema:
        return " | ".join(map(json.dumps, schema["enum"]))
    if "const" in schema:
        return json.dumps(schema["const"])
    if isinstance(schema.get("type"), list):
        return " | ".join(shape({**schema, "type": one}) for one in schema["type"])
    if schema.get("type") == "array":
        return f"({shape(schema.get('items', {}))})[]"
    if schema.get("type") == "object":
        return _object(schema)
    return _PLAIN.get(schema.get("type", ""), "any")


def _object(schema: JsonObject) -> str:
    if "properties" not in schema:
        rest = schema.get("additionalProperties")
        return f"Record<string, {shape(rest) if isinstance(rest, dict) else 'any'}>"
    required = set(schema.get("required", []))
    members = (
        f"{json.dumps(name)}{'' if name in required else '?'}: {shape(one)}"
        for name, one in schema["properties"].items()
    )
    return "{ " + "; ".join(members) + " }"


def _schemas(schemas: JsonObject) -> Iterator[str]:
    """Members one below the other, with what the document says about each."""
    for name, schema in sorted(schemas.items()):
        comment = _comment(schema, "")
        if "properties" not in schema:
            yield f"{comment}export type {_name(name)} = {shape(schema)};"
            continue
        required = set(schema.get("required", []))
        members = "".join(
            f"{_comment(one, '  ')}  {json.dumps(member)}{'' if member in required else '?'}: {shape(one)};\n"
            for member, one in schema["properties"].items()
        )
        yield f"{comment}export type {_name(name)} = {{\n{members}}};"


def _comment(schema: JsonObject, indent: str) -> str:
    text = " ".join(str(schema.get("description", "")).split()).replace("*/", "* /")
    return f"{indent}/** {text} */\n" if text else ""


def _answer(operation: JsonObject) -> str:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            content = response.get("content", {}).get("application/json")
            return shape(content["schema"]) if content and content.get("schema") else "any"
    return "any"


def _body(operation: JsonObject) -> str:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return shape(content["schema"]) if content else "undefined"


def _name(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _pattern(path: str) -> str:
    return "`" + re.sub(r"{.*?}", "${string}", path) + "`"
