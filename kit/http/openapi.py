"""The OpenAPI 3.1 document, made from the operation rows."""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from kit.http import openapi_doors, openapi_parameters, openapi_responses, openapi_webhooks
from kit.http.openapi_doors import Door
from kit.http.openapi_webhooks import Webhook
from kit.http.operation import Access, Operation
from kit.storable import JsonObject

_MEDIA = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "raw": "application/octet-stream",
}
_SECURITY: dict[Access, list[dict[str, list[str]]]] = {
    Access.PUBLIC: [],
    Access.BEARER: [{"bearer": []}],
    Access.BEARER_OR_KEY: [{"bearer": []}, {"apiKey": []}],
    Access.ADMIN: [{"bearer": []}],
    Access.BEARER_OR_SERVICE: [{"bearer": []}, {"serviceKey": []}],
}

Models = Sequence[tuple[type[BaseModel], JsonSchemaMode]]


def document(
    operations: Iterable[Operation],
    *,
    version: str,
    url: str,
    doors: Iterable[Door] = (),
    webhooks: Sequence[Webhook] = (),
    extra: Models = (),
) -> JsonObject:
    """The document. `doors` are routes that are no operations, `webhooks` requests that we send, `extra` models that
    none names but clients should find."""
    rows, others = list(operations), list(doors)
    unique = list(dict.fromkeys([*_always(webhooks), *extra, *_named(rows)]))
    made, definitions = models_json_schema(unique, ref_template=openapi_parameters.REF)
    references: openapi_responses.References = {key: made[key] for key in unique}
    components = definitions.get("$defs", {})
    _without_null(rows, references, components)
    openapi_parameters.without_nul(components)
    paths: dict[str, JsonObject] = {}
    for row in rows:
        paths.setdefault(row.path, {})[row.method.lower()] = _operation(row, references, components)
    for door in others:
        paths.setdefault(door.path, {})[door.method] = openapi_doors.described(door, references)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parley",
            "version": version,
            "description": "Real-time voice sessions for language learning, and what is around them: accounts, "
            "organizations, conversations, documents, the English course. Guides are at /docs.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": url}],
        "tags": [{"name": name} for name in dict.fromkeys([row.tag for row in rows] + [door.tag for door in others])],
        "paths": paths,
        "webhooks": {one.name: {"post": openapi_webhooks.described(one, references)} for one in webhooks},
        "components": {"schemas": components, "securitySchemes": _schemes()},
    }


def _always(webhooks: Sequence[Webhook]) -> list[tuple[type[BaseModel], JsonSchemaMode]]:
    return [(model, "serialization") for model in (*openapi_responses.ALWAYS, *(one.payload for one in webhooks))]


def _named(rows: list[Operation]) -> list[tuple[type[BaseModel], JsonSchemaMode]]:
    """The models that operations name."""
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = []
    for row in rows:
        shapes = row.shapes
        wanted += [(model, "validation") for model in (shapes.body, row.multipart, row.json) if model is not None]
        answers = (shapes.response, *row.views, *(model for _, model in row.events))
        wanted += [(model, "serialization") for model in answers if model is not None]
    return wanted


def _without_null(rows: list[Operation], references: openapi_responses.References, components: JsonObject) -> None:
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


def _operation(row: Operation, references: openapi_responses.References, components: JsonObject) -> JsonObject:
    described: JsonObject = {
        "operationId": openapi_doors.operation_id(row.method, row.path),
        "summary": row.title,
        "tags": [row.tag],
        "parameters": [
            *openapi_parameters.path_parameters(row),
            *openapi_parameters.query_parameters(row),
            *openapi_parameters.header_parameters(row),
        ],
        "security": _SECURITY[row.access],
        "x-access": row.access.value,
        "responses": openapi_responses.responses(row, references),
    }
    notes = [row.description] if row.description else []
    if row.scope:
        notes.append(f"API keys need the scope {' or '.join(f'`{one}`' for one in row.scopes)}.")
        described["x-scope"] = row.scope
    if row.added:
        described["x-added"] = True
    if notes:
        described["description"] = "\n\n".join(notes)
    if content := _request_content(row, references, components):
        described["requestBody"] = {"content": content, "required": _body_needed(row)}
    return described


def _request_content(row: Operation, references: openapi_responses.References, components: JsonObject) -> JsonObject:
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
        "ticket": {"type": "http", "scheme": "bearer", "description": "The ticket of one live session."},
    }
