"""When the client is told how far its audio has come."""

Reached = tuple[int, int]
"""The last number received, and the last one that need not be sent again."""


class Acks:
    """At most every `every_ms`, and only what is new since `reached`."""

    def __init__(self, every_ms: int, now_ms: int, reached: Reached) -> None:
        self._every_ms = every_ms
        self._next_ms = now_ms + every_ms
        self._told = reached

    def due(self, now_ms: int, reached: Reached) -> bool:
        """Whether to tell `reached` now."""
        if now_ms < self._next_ms:
            return False
        self._next_ms = now_ms + self._every_ms
        told, self._told = self._told, reached
        return told != reached
