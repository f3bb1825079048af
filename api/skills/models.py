"""Accounts at other providers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["active", "expired", "revoked"]
GOOGLE_CALENDAR = "google-calendar"


@dataclass(frozen=True, slots=True)
class Connection:
    """An account elsewhere; its tokens are sealed."""

    id: str
    user_id: str
    provider: str
    account: str
    scopes: list[str]
    status: Status
    access_token_sealed: bytes
    refresh_token_sealed: bytes | None
    access_expires_at: datetime
    connected_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """A connection under way: the user was sent to the provider and has not come back yet."""

    user_id: str
    browser_hash: bytes
    verifier_sealed: bytes
    redirect_to: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Authorization:
    """Where to send the user. `browser` goes into a cookie and must come back with them."""

    url: str
    state: str
    browser: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenSet:
    """`expires_in` seconds; a refresh answers without a new refresh token."""

    access_token: str
    refresh_token: str | None
    expires_in: int
    scopes: list[str]


@dataclass(frozen=True, slots=True)
class Lesson:
    """An entry for the calendar."""

    title: str
    description: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A lesson that is in the calendar."""

    id: str
    link: str
    lesson: Lesson
