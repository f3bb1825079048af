"""TypeScript's view of the OpenAPI document, for checking the page's scripts: what each operation takes and answers."""

import re
from typing import Any

_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def declarations(document: dict[str, Any]) -> str:
    """The text of `api-types.d.ts`: a type for each schema, `Answer<method, path>` and `Body<method, path>`."""
    schemas = document["components"]["schemas"]
    lines = [f"export type {_name(name)} = {shape(schema)};" for name, schema in sorted(schemas.items())]
    for kind, pick in (("Answer", _answer), ("Body", _body)):
        found = [
            (method.upper(), path, pick(operation))
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ]
        # A path without a parameter first, then those with the most that is fixed.
        found.sort(key=lambda row: ("{" in row[1], -len(re.sub(r"{.*?}", "", row[1]))))
        chain = "".join(f"\n  [M, P] extends [{_text(m)}, {_pattern(p)}] ? {t} :" for m, p, t in found)
        lines.append(f"export type {kind}<M extends string, P extends string> ={chain} never;")

    return "\n".join(lines) + "\n"


def shape(schema: dict[str, Any]) -> str:
    """The TypeScript type of a JSON schema."""
    if "$ref" in schema:
        return _name(schema["$ref"].rsplit("/", 1)[1])
    if "anyOf" in schema or "oneOf" in schema:
        return " | ".join(f"({shape(one)})" for one in schema.get("anyOf") or schema["oneOf"])
    if "enum" in schema:
        return " | ".join(map(_text, schema["enum"]))
    if "const" in schema:
        return _text(schema["const"])
    if schema.get("type") == "array":
        return f"({shape(schema.get('items', {}))})[]"
    if schema.get("type") == "object" and "properties" in schema:
        required = set(schema.get("required", []))
        members = (
            f"{_text(name)}{'' if name in required else '?'}: {shape(one)}"
            for name, one in schema["properties"].items()
        )
        return "{ " + "; ".join(members) + " }"
    return _PLAIN.get(schema.get("type", ""), "any")


def _answer(operation: dict[str, Any]) -> str:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            content = response.get("content", {}).get("application/json")
            return shape(content["schema"]) if content and content.get("schema") else "any"
    return "any"


def _body(operation: dict[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return shape(content["schema"]) if content else "undefined"


def _name(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _text(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value).lower()


def _pattern(path: str) -> str:
    return "`" + re.sub(r"{.*?}", "${string}", path) + "`"
