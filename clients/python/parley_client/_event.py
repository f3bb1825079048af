"""What all events have in common, and the two that the server does not describe: sound, and those of later versions."""

from dataclasses import dataclass, field
from typing import Literal

from ._json import JsonObject


@dataclass(frozen=True, kw_only=True)
class Event:
    """`data` is the event as it came, with the members that this version does not know."""

    name: str
    data: JsonObject = field(repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class Numbered(Event):
    """`seq` counts from 1 without holes in a session, `at_ms` are milliseconds since the session began."""

    seq: int
    session_id: str
    at_ms: int


@dataclass(frozen=True, kw_only=True)
class ResponseAudio(Event):
    """Speech of the tutor: PCM16, mono, 24,000 samples a second. Play the pieces one behind the other, and none of an
    earlier `epoch` than that of the last `PlaybackFlush`."""

    name: Literal["response.audio"] = "response.audio"
    epoch: int
    seq: int
    sound: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class UnknownEvent(Event):
    """An event of a later version of the server."""
