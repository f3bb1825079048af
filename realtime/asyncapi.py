"""The AsyncAPI 3 document, made from the rows of `realtime.wire`, so that it describes what is sent."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from kit.storable import JsonObject
from realtime import acks, plain_frames, wire
from realtime.payload import ClientPayload

_REFS = "#/components/schemas/{model}"
_ADDRESSES = {wire.LIVE: "A voice conversation.", wire.SPEAKING: "Reading aloud or free speech, scored."}
_OVER = {"socketio": "Over Socket.IO.", "websocket": "Over a plain WebSocket."}
OBSERVE = "observe"


def document(*, version: str, url: str) -> JsonObject:
    """`url` is where clients reach the server."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Parley realtime",
            "version": version,
            "description": "Connect with Socket.IO 5 (WebSocket transport only) and `auth: {token}` or "
            "`auth: {ticket}`, or with a plain WebSocket of the subprotocol `parley.1`.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": _servers(url),
        "channels": dict(_channels()),
        "operations": dict(_operations()),
        "components": {
            "messages": {row.name: _message(row) for row in wire.EVENTS},
            "schemas": _schemas(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "`token`: an access token, or an API key or integration token with a live scope.",
                },
                "ticket": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "`ticket`: of `POST /api/live/session/start`, or a `resume_ticket`.",
                },
            },
        },
    }


def _servers(url: str) -> JsonObject:
    host = url.split("://", 1)[-1].rstrip("/")
    security = [{"$ref": f"#/components/securitySchemes/{name}"} for name in ("token", "ticket")]
    common = {"host": host, "protocol": "wss" if url.startswith("https") else "ws", "security": security}
    socketio = "Socket.IO protocol 5 with EIO=4; the WebSocket transport only. The credential is the `auth` of connect."
    plain = "RFC 6455 with the subprotocol `parley.1`; the credential is `?ticket=` or the first message, `auth`."
    return {
        "socketio": {**common, "pathname": "/socket.io", "description": socketio},
        "websocket": {**common, "pathname": "/api/realtime", "description": plain},
    }


def _channel(namespace: str, over: str) -> str:
    name = namespace.strip("/")
    return name if over == "socketio" else f"{name}_{over}"


def _rows(namespace: str) -> list[wire.Event]:
    return [row for row in wire.EVENTS if namespace in row.namespaces]


def _channels() -> Iterator[tuple[str, JsonObject]]:
    for namespace, about in _ADDRESSES.items():
        rows = _rows(namespace)
        messages: JsonObject = {row.name: {"$ref": f"#/components/messages/{row.name}"} for row in rows}
        for row in rows:
            if row.ack is not None:
                messages[f"{row.name}.ack"] = _acknowledgement(row, row.ack)
        yield _channel(namespace, "socketio"), _described(namespace, about, "socketio", messages)
        framed = {**plain_frames.handshake(), **{row.name: plain_frames.framed(row) for row in rows}}
        framed |= {f"{row.name}.ack": plain_frames.answered(row.name, row.ack) for row in rows if row.ack is not None}
        channel = _described(namespace, about, "websocket", framed)
        yield _channel(namespace, "websocket"), {**channel, "bindings": plain_frames.BINDINGS}


def _described(namespace: str, about: str, over: str, messages: JsonObject) -> JsonObject:
    return {
        "address": namespace,
        "title": f"{namespace} {_OVER[over].removesuffix('.').lower()}",
        "description": f"{about} {_OVER[over]}",
        "servers": [{"$ref": f"#/servers/{over}"}],
        "messages": messages,
    }


def _operations() -> Iterator[tuple[str, JsonObject]]:
    """Seen from the server: it receives what clients send."""
    for namespace in _ADDRESSES:
        for over in _OVER:
            channel = _channel(namespace, over)
            for row in _rows(namespace):
                yield f"{channel}.{row.name}", _operation(channel, row)
            if over == "websocket":
                auth = {**_operation(channel, wire.CLIENT["session.join"]), "summary": plain_frames.AUTH_SUMMARY}
                auth["messages"], auth["reply"] = [_in(channel, "auth")], _reply(channel, "auth.ack")
                yield f"{channel}.auth", auth
            watched = _operation(channel, wire.CLIENT["session.join"])
            about = "`session.join` with `observe`; every event of the server follows but `audio.ack` and sound."
            yield (
                f"{channel}.{OBSERVE}",
                {
                    **watched,
                    "summary": "Watch a session.",
                    "description": about,
                    "x-required-scope": wire.OBSERVE_SCOPE,
                },
            )


def _operation(channel: str, row: wire.Event) -> JsonObject:
    operation: JsonObject = {
        "action": "receive" if row.direction == "client" else "send",
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": row.summary,
        "messages": [_in(channel, row.name)],
    }
    return operation if row.ack is None else {**operation, "reply": _reply(channel, f"{row.name}.ack")}


def _reply(channel: str, name: str) -> JsonObject:
    return {"channel": {"$ref": f"#/channels/{channel}"}, "messages": [_in(channel, name)]}


def _in(channel: str, name: str) -> JsonObject:
    return {"$ref": f"#/channels/{channel}/messages/{name}"}


def _message(row: wire.Event) -> JsonObject:
    message: JsonObject = {
        "name": row.name,
        "title": row.name,
        "summary": row.summary,
        "payload": plain_frames.data(row),
    }
    if row.binary:
        message["x-binary"] = "The bytes follow as a second argument."
    if row.direction == "server":
        message["x-numbered"] = row.logged
    else:
        message["x-required-scope"] = row.scope
    if row.ack is not None:
        message["x-ack"] = plain_frames.outcome(row.ack)
    return message


def _acknowledgement(row: wire.Event, ack: type[acks.Ack]) -> JsonObject:
    title = f"Acknowledgement of {row.name}"
    return {"name": f"{row.name}.ack", "title": title, "summary": f"{title}.", "payload": plain_frames.outcome(ack)}


def _schemas() -> JsonObject:
    models: list[type[BaseModel]] = [wire.Envelope, acks.SocketError, acks.Refusal, acks.Ack, plain_frames.Credential]
    for row in wire.EVENTS:
        models += [row.payload] + ([row.ack] if row.ack else [])
    found: JsonObject = {}
    for model in models:
        mode: Any = "validation" if issubclass(model, ClientPayload) else "serialization"
        schema = model.model_json_schema(ref_template=_REFS, mode=mode)
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return dict(sorted(found.items()))
