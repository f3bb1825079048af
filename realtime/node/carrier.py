"""Sound that goes beside a session's events."""

from typing import Protocol


class Carrier(Protocol):
    """A peer that carries the session's sound beside its events."""

    def say(self, pcm: bytes) -> bool:
        """The tutor's sound; False when it has to go another way."""
        ...

    def flush(self) -> None: ...

    def serves(self, client: object) -> bool:
        """Whether the peer and `client` are one device."""
        ...

    async def close(self) -> None: ...
