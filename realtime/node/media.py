"""A WebRTC peer as its session sees it: it carries sound both ways, and events."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from kit.caller import Caller
from realtime.node.connection import Connection
from realtime.node.runner import SessionRunner

Take = Callable[[Connection, str, tuple[Any, ...]], Awaitable[dict[str, Any]]]
"""`Dialogue.take`: an event of a connection to its acknowledgement."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A client's wish to carry the sound of a session by WebRTC.

    `caller` is who made it. The peer's data channel is a connection: it is passed to `entered` and `left`, its events
    to `take`. `offerer` is the client that made the offer; over WHIP there is none. `channel` is the label of the data
    channel. `voice` is told how many milliseconds of the tutor's sound would be played; False keeps them silent.
    """

    sdp: str
    runner: SessionRunner
    caller: Caller
    take: Take
    entered: Callable[[Connection], None]
    left: Callable[[Connection], None]
    offerer: object = None
    channel: str = "events"
    voice: Callable[[float], bool] = lambda _: True


class Media(Protocol):
    """WebRTC as sessions see it."""

    async def open(self, offer: Offer) -> str:
        """The answer's SDP. The session has a new peer then, and the one before is closed. Failure `invalid_request`
        for an offer that cannot be used, `session_ended`."""
        ...

    def leave(self, runner: SessionRunner, *, failed: bool) -> None:
        """The client sends its sound another way from now on; `failed` when it had to."""
        ...

    async def candidate(self, runner: SessionRunner, candidate: dict[str, Any]) -> None:
        """An address of the client that was not in its offer. Failure `invalid_request`, `no_peer`."""
        ...
