"""Records of sign-ins by an OpenID Connect provider."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """The one provider. `issuer` is exactly what it calls itself; `redirect_uri` is registered there for this client.

    `trusts_addresses`: an address counts as proved though the provider does not say whether it is.
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    scopes: tuple[str, ...]
    redirect_uri: str
    trusts_addresses: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """What the provider says of itself (OpenID Connect Discovery 1.0)."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    takes_secret_in_form: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    issuer: str
    subject: str
    email: str | None = None
    full_name: str | None = None
    username: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    browser_hash: bytes
    secrets_sealed: bytes = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """That an account is signed in to by somebody of a provider."""

    issuer: str
    subject: str
    user_id: str
    joined_at: datetime
    last_used_at: datetime
