"""What the doors below `/v1` need from their neighbours."""

from typing import Protocol


class Allowance(Protocol):
    """How much of recordings a person may have recognised."""

    @property
    def most_s(self) -> float:
        """Seconds of the longest one."""
        ...

    async def spend(self, user_id: str, seconds: float) -> None:
        """Failure `rate_limited` when that is too much for now."""
        ...


class ModelCard(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def owned_by(self) -> str: ...
