"""What API keys need from other parts."""

from typing import Protocol

from kit.database import Connection


class Memberships(Protocol):
    """Who belongs to which organization."""

    async def belongs(self, tx: Connection, organization_id: str, user_id: str) -> bool:
        """Whether the user is a member; the membership cannot end before `tx` does."""
        ...
