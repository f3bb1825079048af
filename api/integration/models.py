"""Integration tokens and the keys that sign them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from kit.caller import Caller

Mode = Literal["api", "embed"]
Reason = Literal["malformed", "unknown_key", "bad_signature", "expired", "wrong_origin", "revoked"]

MAX_LIFETIME = timedelta(seconds=900)


@dataclass(frozen=True, slots=True)
class TenantKey:
    """`public_key` is a DER SubjectPublicKeyInfo. A retired key has no private half any more."""

    kid: str
    organization_id: str
    public_key: bytes
    private_key_sealed: bytes | None
    created_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Grant:
    """A token as it was issued. It acts for the account `acts_for`, in the tenant, from `origin`. `parent` is the token
    and `issued_key` the API key with which it was got: it ends with them."""

    jti: str
    organization_id: str
    kid: str
    mode: Mode
    origin: str
    scopes: list[str]
    subject: str
    acts_for: str
    issued_by: str | None
    issued_at: datetime
    expires_at: datetime
    parent: str | None = None
    issued_key: str | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who requests a token: the credential with which it is requested, and its end; unset for a person."""

    caller: Caller
    parent: str | None = None
    key: str | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revocation:
    """A token that is no longer good."""

    jti: str
    organization_id: str
    reason: str
    revoked_at: datetime
    revoked_by: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenCheck:
    """The result of a verification. `claims` are set whenever the signature is ours, even if the token is not
    `valid`."""

    reason: Reason | None
    claims: dict[str, object] | None
    revoked: bool = False

    @property
    def valid(self) -> bool:
        """Whether the token may be used."""
        return self.reason is None
