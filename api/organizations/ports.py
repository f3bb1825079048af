"""What organizations need from other parts."""

from typing import Protocol

from kit.database import Connection


class Dissolving(Protocol):
    """Called inside the transaction before an organization is deleted."""

    async def __call__(self, tx: Connection, organization_id: str) -> None: ...
