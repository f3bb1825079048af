"""Events of a client of the OpenAI Realtime API as they are read, and the line that carries those for it."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from kit import errors, validation
from kit.errors import Failure
from kit.storable import JsonObject
from realtime import payload
from realtime.transports.openai.access import error
from realtime.transports.openai.items import Event

LARGEST = 4 * 1024 * 1024
APPEND = "input_audio_buffer.append"
_LONGEST_ID = 512

Tell = Callable[[JsonObject], Awaitable[None]]
"""Sends one event."""


class EventLine(Protocol):
    """Carries the events of one client."""

    def alive(self) -> bool: ...

    async def tell(self, message: JsonObject) -> None: ...

    async def close(self, code: int) -> None:
        """`code` of a WebSocket."""
        ...


def told_as(failure: Failure, event_id: object = None) -> Event:
    """A failure as an event; `event_id` is that of the client's event that failed."""
    return {"type": "error", "error": {**error(failure), "event_id": event_id}}


def read(text: str) -> tuple[JsonObject, str | None]:
    """An event, and the id that the client gave it. Failure `invalid_request`, `too_large`."""
    event = payload.parsed(text, LARGEST)
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise errors.invalid("An event is an object with a type.", [("/type", "a text is needed")])
    if event["type"] != APPEND and len(text) > payload.MOST_CHARACTERS:
        raise errors.too_large("Only sound may be that long.")
    validation.refuse_unstorable(event)
    event_id = event.get("event_id")
    return event, event_id if isinstance(event_id, str) and len(event_id) <= _LONGEST_ID else None
