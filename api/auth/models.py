"""Records of accounts and sign-ins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Role = Literal["user", "admin"]
Plan = Literal["free", "plus", "pro"]
NO_PASSWORD = "!"
"""In the place of a guest's hash: not one, so that no password fits it."""
UNSET_PASSWORD = "!unset"
"""The same for an account that is opened by the provider, or whose owner has a link to set the first password."""


@dataclass(frozen=True, slots=True)
class User:
    """An account as the slice keeps it, without its password."""

    id: str
    email: str
    username: str
    full_name: str | None
    nickname: str | None
    avatar_url: str | None
    timezone: str
    native_language: str | None
    cefr_level: str | None
    role: Role
    plan: Plan
    created_at: datetime
    is_guest: bool = False
    disabled_at: datetime | None = None
    email_verified_at: datetime | None = None
    has_password: bool = True

    @property
    def email_verified(self) -> bool:
        """Whether the address was shown to be theirs."""
        return self.email_verified_at is not None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An account to open."""

    email: str
    username: str
    full_name: str | None
    timezone: str = "UTC"
    native_language: str | None = None
    plan: Plan = "free"

    def account(self, id: str, at: datetime, *, verified: bool = False, has_password: bool = True) -> User:
        """The account as it is opened."""
        proved = at if verified else None
        names = (self.email, self.username, self.full_name, None, None)
        rest = (self.timezone, self.native_language, None)
        return User(id, *names, *rest, "user", self.plan, at, email_verified_at=proved, has_password=has_password)


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in. `address` and `user_agent` are those of the sign-in itself."""

    id: str
    user_id: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    address: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A stored refresh token together with the state of its session and of the token that replaced it."""

    session_id: str
    user_id: str
    expires_at: datetime
    used_at: datetime | None
    successor_sealed: bytes | None
    successor_used: bool
    session_revoked: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    """A fresh pair; `expires_in` is the access token's lifetime in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`device` is a token that the client may show at its next sign-in to be known again."""

    tokens: Tokens
    device: str


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """Lifetimes of credentials."""

    access: timedelta = timedelta(minutes=15)
    refresh: timedelta = timedelta(days=30)
    lost_reply: timedelta = timedelta(seconds=10)
    lost_page: timedelta = timedelta(days=30)
    device: timedelta = timedelta(days=180)


LinkKind = Literal["reset", "invitation", "verification"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link that stands for a password, without its token. `user_id` is None for an invitation, `plan` for any other.
    `mailed`: it went to `email` and nowhere else."""

    id: str
    kind: LinkKind
    user_id: str | None
    email: str | None
    full_name: str | None
    plan: Plan | None
    mailed: bool
    created_at: datetime
    expires_at: datetime
