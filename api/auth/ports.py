"""What accounts need from other parts."""

from typing import Protocol

from kit.database import Connection


class Leaving(Protocol):
    """Called inside the transaction before an account is deleted. A Failure stops the deletion."""

    async def __call__(self, tx: Connection, user_id: str) -> None: ...


class Disabling(Protocol):
    """Called inside the transaction in which an account is disabled, for what the account gave to others."""

    async def __call__(self, tx: Connection, user_id: str) -> None: ...


class Subjects(Protocol):
    """Learners of organizations' own sites, who have accounts that nobody signs in to."""

    async def of(self, cx: Connection, user_ids: list[str]) -> dict[str, tuple[str, str]]:
        """Account → (organization, its name for the learner), for those who are such learners."""
        ...

    async def named(self, cx: Connection, name: str) -> list[str]:
        """The accounts that an organization knows by this name."""
        ...
