"""The OpenAPI 3.1 document, made from the operation rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from kit.http import openapi_parameters, v1
from kit.http.operation import Access, Operation
from kit.http.wire import View
from kit.storable import JsonObject

_MEDIA = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "raw": "application/octet-stream",
}
_EVENT = {
    "type": "object",
    "properties": {"event": {"type": "string"}, "data": {"type": "string", "contentMediaType": "application/json"}},
    "required": ["event", "data"],
}
"""One event of a stream."""
_SECURITY: dict[Access, list[dict[str, list[str]]]] = {
    Access.PUBLIC: [],
    Access.BEARER: [{"bearer": []}],
    Access.BEARER_OR_KEY: [{"bearer": []}, {"apiKey": []}],
    Access.ADMIN: [{"bearer": []}],
    Access.BEARER_OR_SERVICE: [{"bearer": []}, {"serviceKey": []}],
}
_MEANINGS = {
    400: "The request is not valid: `invalid_request`, with every field that is wrong.",
    401: "No valid credential: `not_authenticated`, `token_expired` or `invalid_credentials`.",
    403: "The credential does not allow this: `forbidden` or `INSUFFICIENT_API_KEY_SCOPE`.",
    404: "It does not exist, or not for this caller: `not_found`.",
    409: "It conflicts with what is there; the code says how.",
    413: "The body is too large: `too_large`.",
    415: "The media type is not supported: `unsupported_media_type`.",
    416: "The range that was asked for lies outside.",
    429: "Too many: `rate_limited` or a named code, with `Retry-After`.",
    500: "Our fault: `internal_error`.",
    503: "A needed part is away: `unavailable`, with `Retry-After`.",
}


class SimpleDetailResponse(View):
    """The documented error: a code, a sentence, and whatever the code needs beside them."""

    model_config = ConfigDict(extra="allow", frozen=True)

    error: str = Field(description="The code: stable, for programs.", examples=["not_found"])
    message: str = Field(description="One sentence for people.", examples=["Conversation not found."])


class Error(View):
    """Every error body, with the members of RFC 9457 beside `detail`."""

    detail: SimpleDetailResponse
    type: str = Field(description="A URI for the kind of problem (RFC 9457).", examples=["about:blank"])
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    instance: str = Field(description="The path that was asked.", examples=["/api/core/notes/x"])
    request_id: str = Field(description="The X-Request-Id of this request, for questions to the operator.")


class CompatibleErrorDetail(View):
    """An error as the OpenAI API writes it."""

    message: str = Field(description="One sentence for people.", examples=["Model not found."])
    type: str = Field(description="What kind of error it is.", examples=["invalid_request_error"])
    param: str | None = Field(description="The first field that is wrong.", examples=["model"])
    code: str = Field(description="The code, the same as elsewhere: stable, for programs.", examples=["not_found"])


class CompatibleError(View):
    """Every error body below `/v1`."""

    error: CompatibleErrorDetail = Field(description="What is wrong.")


class SimpleMessageResponse(View):
    """A sentence and nothing else: a name that clients of the platform know."""

    message: str = Field(description="One sentence for people.", examples=["Done."])


Models = Sequence[tuple[type[BaseModel], JsonSchemaMode]]


def document(operations: Iterable[Operation], *, version: str, url: str, extra: Models = ()) -> JsonObject:
    """The document. `extra` are models that no operation names but clients should find."""
    rows = list(operations)
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (Error, "serialization"),
        (CompatibleError, "serialization"),
        *extra,
    ]
    wanted.append((SimpleMessageResponse, "serialization"))
    for row in rows:
        shapes = row.shapes
        wanted += [(model, "validation") for model in (shapes.body, row.multipart, row.json) if model is not None]
        if shapes.response is not None:
            wanted.append((shapes.response, "serialization"))
    unique = list(dict.fromkeys(wanted))
    references, definitions = models_json_schema(unique, ref_template=openapi_parameters.REF)
    components = definitions.get("$defs", {})
    _without_null(rows, references, components)
    openapi_parameters.without_nul(components)
    paths: dict[str, JsonObject] = {}
    for row in rows:
        paths.setdefault(row.path, {})[row.method.lower()] = _operation(row, references, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parley",
            "version": version,
            "description": "Real-time voice sessions for language learning, and the platform around them.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": url}],
        "tags": [{"name": name} for name in dict.fromkeys(row.tag for row in rows)],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _schemes()},
    }


def _without_null(rows: list[Operation], references: dict[Any, Any], components: JsonObject) -> None:
    """A form cannot express null: an optional field is left out."""
    for row in rows:
        model = row.multipart or (row.shapes.body if "form" in row.accepts else None)
        if model is None:
            continue
        properties = _component(references[(model, "validation")], components)["properties"]
        for name, shape in properties.items():
            kinds = [kind for kind in shape.get("anyOf", ()) if kind != {"type": "null"}]
            if len(kinds) == 1:
                rest = {key: value for key, value in shape.items() if key not in ("anyOf", "default")}
                properties[name] = {**kinds[0], **rest}


def _operation(row: Operation, references: dict[Any, Any], components: JsonObject) -> JsonObject:
    described: JsonObject = {
        "operationId": _operation_id(row),
        "summary": row.title,
        "tags": [row.tag],
        "parameters": [
            *openapi_parameters.path_parameters(row),
            *openapi_parameters.query_parameters(row),
            *openapi_parameters.header_parameters(row),
        ],
        "security": _SECURITY[row.access],
        "x-access": row.access.value,
        "responses": _responses(row, references),
    }
    notes = [row.description] if row.description else []
    if row.scope:
        notes.append(f"API keys need the scope {' or '.join(f'`{one}`' for one in row.scopes)}.")
        described["x-scope"] = row.scope
    if row.added:
        notes.append("Added by Parley; not part of the platform's documented API.")
    if notes:
        described["description"] = "\n\n".join(notes)
    if content := _request_content(row, references, components):
        described["requestBody"] = {"content": content, "required": _body_needed(row)}
    return described


def _operation_id(row: Operation) -> str:
    words = [part.strip("{}") for part in row.path.split("/") if part and part != "api"]
    return "_".join([row.method.lower(), *(word.replace("-", "_") for word in words)])


def _request_content(row: Operation, references: dict[Any, Any], components: JsonObject) -> JsonObject:
    content: JsonObject = {}
    for kind in row.accepts:
        model = row.multipart if kind == "multipart" else row.shapes.body or row.json
        if model is not None:
            described = {"schema": references[(model, "validation")]}
            if kind == "multipart" and (encoding := _encoding(described["schema"], components)):
                described["encoding"] = encoding
            content[_MEDIA[kind]] = described
        elif kind == "raw":
            content[_MEDIA[kind]] = {"schema": {}}
    return content


def _encoding(reference: dict[str, str], components: JsonObject) -> JsonObject:
    """The media types that a file of a form may have, from its field's `x-media-types`."""
    properties = _component(reference, components)["properties"]
    return {
        name: {"contentType": ", ".join(shape["x-media-types"])}
        for name, shape in properties.items()
        if "x-media-types" in shape
    }


def _component(reference: dict[str, str], components: JsonObject) -> JsonObject:
    found: JsonObject = components[reference["$ref"].rsplit("/", 1)[1]]
    return found


def _body_needed(row: Operation) -> bool:
    model = row.shapes.body or row.multipart
    return model is None or any(field.is_required() for field in model.model_fields.values())


def _responses(row: Operation, references: dict[Any, Any]) -> JsonObject:
    success: JsonObject = {"description": "Done."}
    if row.shapes.response is not None:
        schema = references[(row.shapes.response, "serialization")]
        success["content"] = {"application/json": {"schema": schema}}
    for media in row.produces:
        schema = _EVENT if media == "text/event-stream" else {"type": "string"}
        success.setdefault("content", {})[media] = {"schema": schema}
    responses = {str(row.status): success}
    for status in sorted(_statuses(row)):
        if status < 400:
            responses[str(status)] = success
            continue
        error = {"schema": references[(CompatibleError if v1.covers(row.path) else Error, "serialization")]}
        responses[str(status)] = {"description": _MEANINGS[status], "content": {"application/json": error}}
    return responses


def _statuses(row: Operation) -> set[int]:
    statuses = {400, 429, 500, 503, *row.errors}
    if row.access is not Access.PUBLIC:
        statuses |= {401, 403}
    if row.shapes.path:
        statuses.add(404)
    if row.shapes.body is not None or row.multipart is not None:
        statuses |= {413, 415}
    if row.idempotent:
        statuses.add(409)
    return statuses


def _schemes() -> JsonObject:
    return {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "A person's access token.",
        },
        "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "A server's key: `xntr-…`."},
        "serviceKey": {"type": "apiKey", "in": "header", "name": "X-Service-Key", "description": "Internal services."},
    }
