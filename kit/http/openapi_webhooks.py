"""The requests that we send, as the OpenAPI document describes them: by Standard Webhooks 1.0."""

from dataclasses import dataclass

from pydantic import BaseModel

from kit.http import openapi_responses
from kit.storable import JsonObject

_HEADERS = {
    "webhook-id": "The event's id: the same at every try, so that a receiver can leave out what it has.",
    "webhook-timestamp": "When this try was signed, in Unix seconds.",
    "webhook-signature": "`v1,` and a signature in base64, for each secret, parted by spaces.",
}


@dataclass(frozen=True, slots=True)
class Webhook:
    """Its name, and the shape of its body."""

    name: str
    title: str
    payload: type[BaseModel]


def described(one: Webhook, references: openapi_responses.References) -> JsonObject:
    """One event of the webhooks as OpenAPI 3.1 describes it."""
    schema = references[(one.payload, "serialization")]
    return {
        "operationId": one.name.replace(".", "_"),
        "summary": one.title,
        "description": (one.payload.__doc__ or "").strip(),
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": text, "schema": {"type": "string"}}
            for name, text in _HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {
            "2XX": {"description": "It arrived."},
            "410": {"description": "Nothing shall be sent here any more: the endpoint is disabled."},
            "default": {"description": "It did not arrive, and is sent again later."},
        },
    }
