"""API keys as they are stored."""

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
class KnownKey:
    """A stored key with the role that its creator has now."""

    key: ApiKey
    creator_role: Literal["user", "admin"]
