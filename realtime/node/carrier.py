"""Sound that travels beside a session's events."""

from collections.abc import Callable
from typing import Protocol


class Carrier(Protocol):
    """A peer that carries the session's sound beside its events."""

    def say(self, pcm: bytes) -> bool:
        """The tutor's sound; False when it must be sent another way."""
        ...

    def flush(self) -> None:
        """Play nothing of what waits to be played."""

    def serves(self, client: object) -> bool:
        """Whether the peer and `client` are one device."""
        ...

    async def close(self) -> None:
        """End the peer."""


class CarrierSlot:
    """The peer that carries a session's sound, if there is one. `closed` when this node no longer runs the session."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._carrier: Carrier | None = None
        self._closed = False
        self._heard_ms: int | None = None

    @property
    def current(self) -> Carrier | None:
        """The peer; None while the sound comes over the socket."""
        return self._carrier

    @property
    def closed(self) -> bool:
        """Whether the session is over, so that no new peer may come."""
        return self._closed

    def take(self, carrier: Carrier) -> Carrier | None:
        """This peer carries the sound from now on. Returns the peer before, which the caller closes."""
        before, self._carrier = self._carrier, carrier
        self.heard()
        return before

    def heard(self) -> None:
        """Sound of the learner has arrived by the peer."""
        self._heard_ms = self._now_ms()

    @property
    def missing_ms(self) -> int | None:
        """For how long nothing has arrived by a peer; None where this node had none in the session."""
        return None if self._heard_ms is None else self._now_ms() - self._heard_ms

    def leave(self) -> Carrier | None:
        """The sound goes with the events again. Returns the peer, which the caller closes."""
        before, self._carrier = self._carrier, None
        return before

    def say(self, pcm: bytes) -> bool:
        """The tutor's sound; False when it has to go with the events."""
        return self._carrier is not None and self._carrier.say(pcm)

    def flush(self) -> None:
        """Let the peer, if there is one, play nothing of what waits."""
        if self._carrier is not None:
            self._carrier.flush()

    async def close(self) -> None:
        """End the peer, for good."""
        self._closed = True
        if self._carrier is not None:
            await self._carrier.close()
