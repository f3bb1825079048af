"""What accounts need from other parts."""

from typing import Protocol

from kit.database import Connection


class Leaving(Protocol):
    """Called inside the transaction before an account is deleted. A Failure stops the deletion."""

    async def __call__(self, tx: Connection, user_id: str) -> None: ...
