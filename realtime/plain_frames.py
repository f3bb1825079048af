"""The messages of the plain WebSocket as AsyncAPI says them: an event is framed as JSON, sound is bytes.
docs/websocket.md says the same in words."""

from pydantic import Field

from kit.storable import JsonObject
from realtime import acks, wire
from realtime.payload import ClientPayload

AUTH_SUMMARY = "Who connects: the first message of a client that did not come with `?ticket=`."
BINDINGS: JsonObject = {
    "ws": {
        "method": "GET",
        "query": {
            "type": "object",
            "properties": {"ticket": {"type": "string", "description": "A ticket, in place of the message `auth`."}},
        },
        "headers": {
            "type": "object",
            "properties": {"Sec-WebSocket-Protocol": {"type": "string", "const": "parley.1"}},
            "required": ["Sec-WebSocket-Protocol"],
        },
        "bindingVersion": "0.1.0",
    }
}
_ID: JsonObject = {
    "description": "Any JSON value of up to 200 characters; the acknowledgement repeats it. Without it there is none.",
    "oneOf": [{"type": "string"}, {"type": "number"}],
}
_SOUND = {
    "audio": "Bytes 0 to 3: `seq`, unsigned, big-endian. Byte 4: codec, 0 PCM16 or 1 Opus. From byte 5: the sound.",
    "response.audio": "Bytes 0 to 1: `epoch` (its last 16 bits), unsigned, big-endian. Bytes 2 to 5: `seq`, unsigned, "
    "big-endian. Byte 6: codec, 0 PCM16. From byte 7: mono, 24,000 samples per second, 16 bits, little endian.",
}


class Credential(ClientPayload):
    """One of the two."""

    token: str | None = Field(None, description="An access token, API key or integration token.")
    ticket: str | None = Field(None, description="A ticket of one session.")


def data(row: wire.Event) -> JsonObject:
    """The schema of an event's payload, with the envelope where it is numbered."""
    payload = reference(row.payload.__name__)
    if row.direction == "server" and row.logged:
        return {"allOf": [reference("Envelope"), payload]}
    return payload


def outcome(ack: type[acks.Ack]) -> JsonObject:
    """The schema of what an event gets back: its acknowledgement or a refusal."""
    return {"oneOf": [reference(ack.__name__), reference("Refusal")]}


def framed(row: wire.Event) -> JsonObject:
    """The message of an event on the plain WebSocket."""
    message: JsonObject = {"name": row.name, "title": row.name, "summary": row.summary}
    if row.binary:
        sound = {"type": "string", "format": "binary", "description": _SOUND[row.name]}
        return {**message, "contentType": "application/octet-stream", "payload": sound}
    return {**message, "payload": _frame(row.name, data(row), asks=row.direction == "client")}


def answered(name: str, ack: type[acks.Ack]) -> JsonObject:
    """The message of an acknowledgement."""
    title = f"Acknowledgement of {name}"
    members = {"ack": {**_ID, "description": "The `id` of the message."}, "data": outcome(ack)}
    payload = {"type": "object", "properties": members, "required": ["ack", "data"]}
    return {"name": f"{name}.ack", "title": title, "summary": f"{title}.", "payload": payload}


def handshake() -> JsonObject:
    """The messages that only this transport has."""
    payload = _frame("auth", reference(Credential.__name__), asks=True)
    auth = {"name": "auth", "title": "auth", "summary": AUTH_SUMMARY, "payload": payload}
    return {"auth": auth, "auth.ack": answered("auth", acks.Ack)}


def reference(model: str) -> JsonObject:
    """A reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{model}"}


def _frame(name: str, payload: JsonObject, *, asks: bool) -> JsonObject:
    members: JsonObject = {"event": {"type": "string", "const": name}, "data": payload}
    if asks:
        members["id"] = _ID
    return {"type": "object", "properties": members, "required": ["event"] if asks else ["event", "data"]}
