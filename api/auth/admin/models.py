"""Records of accounts as administrators see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from api.auth.models import Plan, Role
from api.auth.oidc.models import Identity

Kind = Literal["account", "guest", "disabled", "admin"]


@dataclass(frozen=True, slots=True)
class Person:
    """`last_seen_at` is when a sign-in of theirs was last refreshed; by `identities` a provider signs them in."""

    id: str
    email: str
    username: str
    full_name: str | None
    role: Role
    plan: Plan
    created_at: datetime
    disabled_at: datetime | None
    email_verified_at: datetime | None
    is_guest: bool
    has_password: bool
    last_seen_at: datetime | None
    identities: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A learner of an organization's own site, and its name for them."""

    organization_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account that an administrator opens. `username` is made of the address when it is None."""

    email: str
    username: str | None
    full_name: str | None
    plan: Plan = "free"
    timezone: str = "UTC"
    native_language: str | None = None
