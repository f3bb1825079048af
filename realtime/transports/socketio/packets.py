"""Socket.IO packets as clients may send them: the grammar of protocol 5, and nothing beyond what Parley's events need.

The library stores whatever a packet announces and silently drops what it cannot read. Here a packet is checked before
anything of it is stored, and an invalid one is refused.
"""

import re
from typing import Any, NamedTuple

import orjson

from kit import storable
from realtime import payload

CONNECT, DISCONNECT, EVENT, BINARY_EVENT = 0, 1, 2, 5

_HEAD = re.compile(
    r"(?P<type>[0-6])(?:(?P<bytes>[0-9]{1,9})-)?(?:(?P<namespace>/[^,?]{0,40})(?:\?[^,]{0,200})?(?:,|$))?"
)
_ID = re.compile(r"[0-9]{1,15}")


class Malformed(Exception):
    """What arrived is not a valid packet; the text says why."""


class Packet(NamedTuple):
    """`data` is None when the packet's JSON is longer than any event may be; such an event is refused by name."""

    type: int
    namespace: str
    id: int | None
    data: Any
    placeholder: int = 0
    """Of a BINARY_EVENT: the argument for which the bytes stand that follow."""

    def whole(self, attachment: bytes) -> "Packet":
        """The packet with its attachment in its place."""
        if self.data is None:
            return self
        arguments = [*self.data]
        arguments[self.placeholder] = attachment
        return Packet(BINARY_EVENT, self.namespace, self.id, arguments)


def read(text: str) -> Packet:
    """Raises Malformed."""
    head = _HEAD.match(text)
    if head is None:
        raise Malformed("no packet")
    kind = int(head["type"])
    if (head["bytes"] is not None) != (kind == BINARY_EVENT) or (kind == BINARY_EVENT and int(head["bytes"]) != 1):
        raise Malformed("attachments: one, of a binary event")
    at = head.end()
    number = _ID.match(text, at) if kind in (EVENT, BINARY_EVENT) else None
    if number is not None:
        at = number.end()
    packet_id = int(number[0]) if number else None
    namespace = head["namespace"] or "/"
    if len(text) - at > payload.MOST_CHARACTERS:
        if kind not in (EVENT, BINARY_EVENT):
            raise Malformed("too long")
        return Packet(kind, namespace, packet_id, None)
    data = _json(text[at:])
    match kind:
        case 0 if data is None or isinstance(data, dict):
            return Packet(kind, namespace, None, data)
        case 1 if data is None:
            return Packet(kind, namespace, None, None)
        case 2 if isinstance(data, list) and data:
            return Packet(kind, namespace, packet_id, data)
        case 5 if isinstance(data, list) and data:
            return Packet(kind, namespace, packet_id, data, _placeholder(data))
    # Acknowledgements are among them: nothing that the server sends asks for one.
    raise Malformed("no packet of a client")


def _json(text: str) -> Any:
    if not text:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Malformed("no JSON") from error


def _placeholder(arguments: list[Any]) -> int:
    """Which argument stands for the attachment: exactly one, number 0."""
    found = [
        index
        for index, one in enumerate(arguments[: storable.DEEPEST])
        if isinstance(one, dict) and one.get("_placeholder") is True and type(one.get("num")) is int and one["num"] == 0
    ]
    if len(found) != 1 or found[0] == 0:
        raise Malformed("one placeholder, for attachment 0")
    return found[0]
