"""What integration tokens need from other parts."""

from typing import Literal, Protocol

from kit.database import Connection


class Tenants(Protocol):
    """Organizations and who leads them."""

    async def standing(self, tx: Connection, organization_id: str, user_id: str) -> Literal["leader", "member"] | None:
        """Leaders act in the tenant's name; None for outsiders."""
        ...

    async def sole(self, tx: Connection, user_id: str) -> str | None:
        """The user's only organization, if there is exactly one."""
        ...


class Keys(Protocol):
    """API keys that tokens hang on."""

    async def hold(self, tx: Connection, key_id: str) -> bool:
        """Keep an API key from being deleted until `tx` ends; False when it is gone."""
        ...


class Guests(Protocol):
    """Accounts for subjects of a tenant."""

    async def add(self, tx: Connection, full_name: str) -> str:
        """A new account without sign-in; its id."""
        ...
