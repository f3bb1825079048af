"""API keys as they are stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`prefix` is the beginning of the key, so that its owner can tell keys apart; the key itself is not stored."""

    id: str
    user_id: str
    organization_id: str | None
    name: str
    prefix: str
    scopes: list[str]
    allowed_ips: list[str]
    expires_at: datetime | None
    last_used_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewKey:
    """What the owner of a key chooses. Without an organization the key is for everything of its owner."""

    name: str
    scopes: Sequence[str]
    organization_id: str | None
    allowed_ips: Sequence[str]
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A stored key with the role that its creator has now."""

    key: ApiKey
    creator_role: Literal["user", "admin"]
