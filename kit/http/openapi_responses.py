"""What an operation answers, as OpenAPI says it: success, streams and errors."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, Field
from pydantic.json_schema import JsonSchemaMode

from kit.http import v1
from kit.http.operation import Access, Operation
from kit.http.wire import View
from kit.storable import JsonObject

MEANINGS = {
    400: "The request is not valid: `invalid_request`, with every field that is wrong.",
    401: "No valid credential: `not_authenticated`, `token_expired` or `invalid_credentials`.",
    403: "The credential does not allow this: `forbidden` or `INSUFFICIENT_API_KEY_SCOPE`.",
    404: "It does not exist, or not for this caller: `not_found`.",
    409: "It conflicts with what is there; the code says how.",
    412: "`precondition_failed`: `If-Match` names something else.",
    413: "The body is too large: `too_large`.",
    415: "The media type is not supported: `unsupported_media_type`.",
    416: "The range that was asked for lies outside.",
    422: "It was understood and cannot be done; the code says why.",
    428: "`precondition_required`: send `If-Match`.",
    429: "Too many: `rate_limited` or a named code, with `Retry-After`.",
    500: "Our fault: `internal_error`.",
    503: "A needed part is away: `unavailable`, with `Retry-After`.",
}
References = Mapping[tuple[type[BaseModel], JsonSchemaMode], JsonObject]
"""A reference to the component of each shape."""

_STREAM = "text/event-stream"


class FieldProblem(View):
    """One fault of a request."""

    path: str = Field(description="Where, as a JSON pointer.", examples=["/title"])
    message: str = Field(description="What is wrong.", examples=["is missing"])


class SimpleDetailResponse(View):
    """The documented error: a code, a sentence, and what the code needs beside them. Members that a code does not have
    are absent."""

    error: str = Field(description="The code: stable, for programs.", examples=["not_found"])
    message: str = Field(description="One sentence for people.", examples=["Conversation not found."])
    fields: list[FieldProblem] = Field([], description="Of `invalid_request`: every fault at once.")
    required_scope: str = Field("", description="Of `INSUFFICIENT_API_KEY_SCOPE`: what is needed.")
    granted_scopes: list[str] = Field([], description="Of `INSUFFICIENT_API_KEY_SCOPE`: what the credential has.")
    session_id: str = Field("", description="Of `session_active`: the session that runs.")
    plan: str = Field("", description="Of `live_quota_exceeded`: the plan.", examples=["free"])
    limit_seconds: int = Field(0, description="Of `live_quota_exceeded`: seconds that the plan has in a month.")
    used_seconds: int = Field(0, description="Of `live_quota_exceeded`: seconds that were used.")
    resets_at: datetime | None = Field(None, description="Of `live_quota_exceeded`: when the next month begins.")
    price: int = Field(0, description="Of `not_enough_tokens`: tokens that it costs.")
    tokens: int = Field(0, description="Of `not_enough_tokens`: tokens that are there.")
    missing: list[str] = Field([], description="Of `module_locked` and `module_incomplete`: what to do first.")
    organizations: list[str] = Field([], description="Of `last_owner`: which organizations need another owner.")
    message_id: str | None = Field(None, description="Of an answer that broke off: what was saved of it.")


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
    """A sentence and nothing else."""

    message: str = Field(description="One sentence for people.", examples=["Done."])


ALWAYS: tuple[type[BaseModel], ...] = (Error, CompatibleError, SimpleMessageResponse)
"""Shapes that the document always has."""


def responses(row: Operation, references: References) -> JsonObject:
    """Success and every error of an operation."""
    success: JsonObject = {"description": "Done."}
    if row.shapes.response is not None:
        success["content"] = {"application/json": {"schema": references[(row.shapes.response, "serialization")]}}
    for media in row.produces:
        schema = _stream(row, references) if media == _STREAM else text_or_bytes(media)
        success.setdefault("content", {}).setdefault(media, {"schema": schema})
    if row.views:
        success.setdefault("content", {})["application/json"] = {"schema": _one_of(row.views, references)}
    answers = {str(row.status): success}
    for status in sorted(_statuses(row)):
        answers[str(status)] = success if status < 400 else error(status, row.path, references)
    return answers


def error(status: int, path: str, references: References) -> JsonObject:
    """One error with the shape that its path uses."""
    shape = references[(CompatibleError if v1.covers(path) else Error, "serialization")]
    return {"description": MEANINGS[status], "content": {"application/json": {"schema": shape}}}


def text_or_bytes(media: str) -> JsonObject:
    """The schema of a response that is no JSON."""
    return {"type": "string"} if media.startswith(("text/", "application/")) else {"type": "string", "format": "binary"}


def _stream(row: Operation, references: References) -> JsonObject:
    """One event of a stream: its name, unless it has none, and its data."""
    data: JsonObject = {"type": "string", "contentMediaType": "application/json"}
    if row.events:
        data["contentSchema"] = _one_of([model for _, model in row.events], references)
    names = [name for name, _ in row.events if name]
    properties: JsonObject = {"event": {"type": "string", "enum": names}} if names else {}
    properties["data"] = data
    return {"type": "object", "properties": properties, "required": list(properties)}


def _one_of(models: Sequence[type[BaseModel]], references: References) -> JsonObject:
    found = [references[(model, "serialization")] for model in models]
    return {"anyOf": found} if len(found) > 1 else found[0]


def _statuses(row: Operation) -> set[int]:
    statuses = {400, 429, 500, 503, *row.errors}
    if row.access is not Access.PUBLIC:
        statuses |= {401, 403}
    if row.shapes.path:
        statuses.add(404)
    if row.shapes.body is not None or row.multipart is not None or row.json is not None:
        statuses |= {413, 415}
    if row.idempotent:
        statuses.add(409)
    return statuses
