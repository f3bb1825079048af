"""What the binder needs to make a POST safe to repeat."""

from dataclasses import dataclass, field
from typing import Protocol

HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"


@dataclass(frozen=True, slots=True)
class Saved:
    """A response that can be sent again."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


class Replayed(Exception):
    """The request was answered before. Raised where its content is known, which for an upload is inside the handler."""

    def __init__(self, saved: Saved) -> None:
        super().__init__("answered before")
        self.saved = saved


class RunRight(Protocol):
    """The right to run a request, until one of the two is called."""

    async def finish(self, saved: Saved) -> None:
        """Keep the answer for all repetitions."""
        ...

    async def give_up(self) -> None:
        """A refusal had no effect and a stream went to one client only: a repetition is a new try."""
        ...


class Idempotency(Protocol):
    """Remembers the first answer to a key, so that a repeated request is not carried out again."""

    async def begin(self, *, owner: str, operation: str, key: str, digest: str) -> Saved | RunRight:
        """The right to run for one caller of each (owner, operation, key); for the others the answer, as soon as it is
        known.

        Failure `idempotency_mismatch` when the same key came with another `digest` of the request.
        """
        ...
