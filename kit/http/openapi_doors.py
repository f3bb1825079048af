"""Routes that are no operations (WebSockets, WHIP), as OpenAPI says them: each is a row that its transport writes."""

from dataclasses import dataclass
from typing import Literal

from kit.http import openapi_responses
from kit.storable import JsonObject


@dataclass(frozen=True)
class Door:
    """`who` is what `x-access` says; `security` names schemes of the document. `takes` and `gives` are media types with
    their descriptions, `parts` the schemas of a form that is taken as well, `success` the status and what it means,
    `headers` those of the success with their meanings."""

    method: Literal["get", "post", "patch", "delete", "options"]
    path: str
    title: str
    tag: str
    description: str
    who: str
    security: tuple[str, ...]
    success: tuple[int, str]
    errors: tuple[int, ...] = ()
    scope: str | None = None
    parameters: tuple[JsonObject, ...] = ()
    takes: tuple[str, str] | None = None
    parts: JsonObject | None = None
    gives: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


def described(door: Door, references: openapi_responses.References) -> JsonObject:
    """A route that no operation row stands behind, as OpenAPI describes it."""
    status, meaning = door.success
    answer: JsonObject = {"description": meaning}
    if door.gives is not None:
        answer["content"] = {door.gives: {"schema": {"type": "string"}}}
    if door.headers:
        answer["headers"] = {name: {"description": text, "schema": {"type": "string"}} for name, text in door.headers}
    answers = {str(status): answer}
    answers |= {str(one): openapi_responses.error(one, door.path, references) for one in door.errors}
    found: JsonObject = {
        "operationId": operation_id(door.method, door.path),
        "summary": door.title,
        "tags": [door.tag],
        "description": door.description,
        "parameters": list(door.parameters),
        "security": [{name: []} for name in door.security],
        "x-access": door.who,
        "responses": answers,
    }
    if door.scope is not None:
        found["x-scope"] = door.scope
    if door.takes is not None:
        media, text = door.takes
        content: JsonObject = {media: {"schema": {"type": "string", "description": text}}}
        if door.parts is not None:
            form = {"type": "object", "properties": door.parts, "required": [next(iter(door.parts))]}
            content["multipart/form-data"] = {"schema": form}
        found["requestBody"] = {"required": True, "content": content}
    return found


def operation_id(method: str, path: str) -> str:
    """A name for generated clients: method and path in snake case."""
    words = [part.strip("{}") for part in path.split("/") if part and part != "api"]
    return "_".join([method.lower(), *(word.replace("-", "_") for word in words)])
