"""What the binder needs to make a POST safe to repeat."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"


@dataclass(frozen=True, slots=True)
class Saved:
    """A response as it can be given again."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


class NotRepeatable(Exception):
    """The answer was a stream: it went to this client and to no other."""

    def __init__(self, response: web.StreamResponse) -> None:
        super().__init__("a streamed answer is not kept")
        self.response = response


class Idempotency(Protocol):
    async def once(
        self, *, owner: str, operation: str, key: str, digest: str, act: Callable[[], Awaitable[Saved]]
    ) -> tuple[Saved, bool]:
        """The response of `act`, run once per (owner, operation, key); True when it was replayed.

        What `act` raises is passed on and not kept: a refusal had no effect, so a repetition is a new try. Failure
        `idempotency_mismatch` when the same key came with another `digest` of the request.
        """
        ...
