"""The AsyncAPI 3 document, made from the rows of `realtime.wire`, so that it describes what is sent."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from kit.storable import JsonObject
from realtime import acks, wire
from realtime.payload import ClientPayload

_REFS = "#/components/schemas/{model}"
_ADDRESSES = {wire.LIVE: "A voice conversation.", wire.SPEAKING: "Reading aloud or free speech, scored."}


def document(*, version: str, url: str) -> JsonObject:
    """`url` is where clients reach the server."""
    host = url.split("://", 1)[-1].rstrip("/")
    secure = url.startswith("https")
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Parley realtime",
            "version": version,
            "description": "Connect with Socket.IO 5 (WebSocket transport only) and `auth: {token}` or "
            "`auth: {ticket}`, or with a plain WebSocket of the subprotocol `parley.1`.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "socketio": {"host": host, "pathname": "/socket.io", "protocol": "wss" if secure else "ws"},
        },
        "channels": {_channel(name): _describe(name) for name in _ADDRESSES},
        "operations": dict(_operations()),
        "components": {
            "messages": {row.name: _message(row) for row in wire.EVENTS},
            "schemas": _schemas(),
        },
    }


def _channel(namespace: str) -> str:
    return namespace.strip("/")


def _describe(namespace: str) -> JsonObject:
    rows = [row for row in wire.EVENTS if namespace in row.namespaces]
    return {
        "address": namespace,
        "description": _ADDRESSES[namespace],
        "messages": {row.name: {"$ref": f"#/components/messages/{row.name}"} for row in rows},
    }


def _operations() -> Iterable[tuple[str, JsonObject]]:
    """Seen from the server: it receives what clients send."""
    for namespace in _ADDRESSES:
        channel = _channel(namespace)
        for row in wire.EVENTS:
            if namespace not in row.namespaces:
                continue
            reference = {"$ref": f"#/channels/{channel}/messages/{row.name}"}
            yield (
                f"{channel}.{row.name}",
                {
                    "action": "receive" if row.direction == "client" else "send",
                    "channel": {"$ref": f"#/channels/{channel}"},
                    "summary": row.summary,
                    "messages": [reference],
                },
            )


def _message(row: wire.Event) -> JsonObject:
    payload: JsonObject = {"$ref": _REFS.format(model=row.payload.__name__)}
    if row.direction == "server" and row.logged:
        payload = {"allOf": [{"$ref": _REFS.format(model="Envelope")}, payload]}
    message: JsonObject = {"name": row.name, "title": row.name, "summary": row.summary, "payload": payload}
    if row.binary:
        message["x-binary"] = "The bytes follow as a second argument."
    if row.direction == "server":
        message["x-numbered"] = row.logged
    else:
        message["x-required-scope"] = row.scope
    if row.ack is not None:
        refused = {
            "type": "object",
            "required": ["ok", "error"],
            "properties": {"ok": {"const": False}, "error": {"$ref": _REFS.format(model="SocketError")}},
        }
        message["x-ack"] = {"oneOf": [{"$ref": _REFS.format(model=row.ack.__name__)}, refused]}
    return message


def _schemas() -> JsonObject:
    models: list[type[BaseModel]] = [wire.Envelope, acks.SocketError]
    for row in wire.EVENTS:
        models += [row.payload] + ([row.ack] if row.ack else [])
    found: JsonObject = {}
    for model in models:
        mode: Any = "validation" if issubclass(model, ClientPayload) else "serialization"
        schema = model.model_json_schema(ref_template=_REFS, mode=mode)
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return dict(sorted(found.items()))
