"""Who is asking."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kit import errors

Via = Literal["bearer", "key", "service"]

SAME_ORIGIN = "same"


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated caller.

    `credential_id` is the sign-in session (bearer), the API key or the name of the service. `scopes` is None for a
    person, who may do all that their role allows. `organization_id` is set for keys that act inside an organization.
    `web_origin` is set for credentials that are good from one web origin only; SAME_ORIGIN is this server's own pages.
    `ends_at` is the planned end of a key or an integration token.
    """

    user_id: str
    role: Literal["user", "admin"]
    via: Via
    credential_id: str
    organization_id: str | None = None
    scopes: frozenset[str] | None = None
    web_origin: str | None = None
    ends_at: datetime | None = None

    @property
    def is_admin(self) -> bool:
        """Administrators are so by their own sign-in only, never by a key or a token."""
        return self.role == "admin" and self.via == "bearer"

    @property
    def limited_as(self) -> str:
        """The subject of the rate limit: a person with all devices, or a single API key."""
        if self.via == "key" and self.web_origin is None:
            return f"key:{self.credential_id}"
        return f"{'service' if self.via == 'service' else 'user'}:{self.user_id}"

    def may(self, scope: str | None) -> bool:
        """Whether the caller's credential covers `scope`."""
        return scope is None or self.scopes is None or scope in self.scopes

    def require(self, *scopes: str) -> None:
        """One of `scopes` is enough. Failure `INSUFFICIENT_API_KEY_SCOPE`."""
        if not scopes or any(map(self.may, scopes)):
            return
        raise errors.forbidden(
            f"The {'key' if self.web_origin is None else 'token'} lacks the scope {' or '.join(scopes)}.",
            code="INSUFFICIENT_API_KEY_SCOPE",
            required_scope=scopes[0],
            granted_scopes=sorted(self.scopes or ()),
        )
