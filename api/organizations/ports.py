"""What organizations need from other parts."""

from typing import Protocol

from kit.database import Connection


class Dissolving(Protocol):
    """Told, inside the transaction, that an organization is about to be deleted."""

    async def __call__(self, tx: Connection, organization_id: str) -> None: ...
