"""A message of the server as an event."""

from dataclasses import fields
from typing import cast

from ._event import UnknownEvent
from ._json import JsonObject
from .events import KINDS, ServerEvent

_MEMBERS = {name: {one.name for one in fields(kind)} - {"name", "data"} for name, kind in KINDS.items()}


def parsed(name: str, data: JsonObject) -> ServerEvent:
    """The event of its class; `UnknownEvent` for one that this version does not know."""
    kind = KINDS.get(name)
    if kind is not None:
        known = {member: data[member] for member in _MEMBERS[name] & data.keys()}
        try:
            return cast(ServerEvent, kind(data=data, **known))
        except TypeError:  # a member is missing: as good as unknown
            pass
    return UnknownEvent(name=name, data=data)
