"""What an operation takes beside its body, as OpenAPI says it: path, query and headers."""

from typing import Any

from kit.http.operation import Operation
from kit.storable import JsonObject

REF = "#/components/schemas/{model}"
_NO_NUL = r"^[^\x00]*$"
_RULES = frozenset(["pattern", "format", "enum", "const", "contentMediaType", "contentEncoding"])
_VALUES = frozenset(["default", "example", "examples", "enum", "const"])


def without_nul(schema: object) -> None:
    """Describe the rule for texts without another one: PostgreSQL cannot hold U+0000."""
    if isinstance(schema, list):
        for one in schema:
            without_nul(one)
    elif isinstance(schema, dict):
        if schema.get("type") == "string" and not _RULES & schema.keys():
            schema["pattern"] = _NO_NUL
        for key, one in schema.items():
            if key not in _VALUES:
                without_nul(one)


def path_parameters(row: Operation) -> list[JsonObject]:
    """The parts of the path that vary."""
    shape = {"type": "string"}
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {**shape, "format": "uuid"} if name in row.shapes.ids else shape,
        }
        for name in row.shapes.path
    ]


def query_parameters(row: Operation) -> list[JsonObject]:
    """The query, one parameter for each field of its model."""
    if row.shapes.query is None:
        return []
    schema = row.shapes.query.model_json_schema(ref_template=REF)
    definitions = schema.get("$defs", {})
    listed = []
    for name, shape in schema["properties"].items():
        described = _inline(shape, definitions)
        without_nul(described)
        text = described.pop("description", None)
        parameter = {"name": name, "in": "query", "required": name in schema.get("required", []), "schema": described}
        listed.append({**parameter, "description": text} if text else parameter)
    return listed


def _inline(shape: Any, definitions: JsonObject) -> Any:
    """Put small definitions (enumerations) where they are used: parameters have no component of their own."""
    if isinstance(shape, dict):
        if "$ref" in shape:
            return _inline(definitions[shape["$ref"].rsplit("/", 1)[1]], definitions)
        return {key: _inline(value, definitions) for key, value in shape.items()}
    if isinstance(shape, list):
        return [_inline(value, definitions) for value in shape]
    return shape


def header_parameters(row: Operation) -> list[JsonObject]:
    """`Idempotency-Key`, where the operation honors it."""
    if not row.idempotent:
        return []
    about = "Repeat a request with the same key and body and the first answer is given again."
    schema = {"type": "string", "minLength": 1, "maxLength": 255}
    return [{"name": "Idempotency-Key", "in": "header", "required": False, "schema": schema, "description": about}]
