"""The shapes of accounts and sign-ins on the wire."""

from datetime import datetime
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from api.auth.models import User
from kit import emails, passwords
from kit.http.wire import Body, Id, Label, Page, View

_SHORTEST_PASSWORD = 10


@cache
def zones() -> frozenset[str]:
    """Names of the IANA database that browsers know, too: a machine's own folder holds others (`localtime`,
    `posixrules`, `right/UTC`)."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("ascii").split()) - {"Factory"}


def _known_zone(name: str) -> str:
    if name not in zones():
        raise ValueError("not a time zone of the IANA database, such as Europe/Berlin")
    return name


def _new_password(given: str) -> str:
    if passwords.length(given) < _SHORTEST_PASSWORD:
        raise ValueError(f"must have at least {_SHORTEST_PASSWORD} characters")
    return given


Email = Annotated[
    str,
    StringConstraints(max_length=254),
    AfterValidator(emails.normal),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]


Timezone = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    AfterValidator(_known_zone),
    WithJsonSchema({"type": "string", "format": "iana-time-zone", "minLength": 1, "maxLength": 64}),
]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", max_length=35)]
Username = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{3,32}$", max_length=32)]
# Control characters are refused: they cannot be typed again (RFC 8264, section 9.12).
Password = Annotated[
    str,
    StringConstraints(min_length=_SHORTEST_PASSWORD, max_length=256, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$"),
    AfterValidator(_new_password),
]
# The same password may be longer where accents are characters of their own.
GivenPassword = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100), Label]
Nickname = Annotated[str, StringConstraints(min_length=1, max_length=40), Label]
WebAddress = Annotated[str, StringConstraints(pattern=r"""^https?://[^\s\x00<>"'\\]+$""", max_length=2048)]


class RegisterRequest(Body):
    """A new account."""

    email: Email = Field(description="Unique, whatever its case.", examples=["ana@example.com"])
    username: Username = Field(description="Unique; small letters, digits and _.", examples=["ana_92"])
    password: Password = Field(description="At least 10 characters.", examples=["correct horse battery"])
    full_name: Name | None = Field(None, description="As the learner wants to be called.", examples=["Ana Souza"])
    timezone: Timezone = Field("UTC", description="IANA zone; days and streaks follow it.", examples=["Europe/Berlin"])
    native_language: Language | None = Field(None, description="BCP 47.", examples=["pt-BR"])


class LoginForm(Body):
    """The form of a sign-in; the members besides name and password are those of an OAuth 2 password form."""

    username: str = Field(min_length=1, max_length=254, description="User name or e-mail address.", examples=["ana_92"])
    password: GivenPassword = Field(description="The password.", examples=["correct horse battery"])
    grant_type: Literal["password"] = Field("password", description="Taken and ignored.", examples=["password"])
    scope: str = Field("", max_length=500, description="Taken and ignored.", examples=[""])


class ClaimRequest(Body):
    """What makes a guest's account one that can be signed in to."""

    email: Email = Field(description="Unique, whatever its case.", examples=["ana@example.com"])
    username: Username | None = Field(None, description="Unique; else the name stays.", examples=["ana_92"])
    password: Password = Field(description="At least 10 characters.", examples=["correct horse battery"])
    full_name: Name | None = Field(None, description="As the learner wants to be called.", examples=["Ana Souza"])


class PageGuestRequest(Body):
    """Somebody who tries it first."""

    timezone: Timezone = Field("UTC", description="IANA zone; days and streaks follow it.", examples=["Europe/Berlin"])
    native_language: Language | None = Field(None, description="BCP 47.", examples=["pt-BR"])


class PageLoginRequest(Body):
    username: str = Field(min_length=1, max_length=254, description="User name or e-mail address.", examples=["ana_92"])
    password: GivenPassword = Field(description="The password.", examples=["correct horse battery"])


class PageRefreshRequest(Body):
    """Nothing: the browser sends the cookie."""


class PageLogoutRequest(Body):
    everywhere: bool = Field(False, description="End all sessions of the account.", examples=[False])


class RefreshRequest(Body):
    refresh_token: str = Field(min_length=1, max_length=200, description="The newest one.", examples=["2nB1cG6w…"])


class LogoutRequest(Body):
    refresh_token: str | None = Field(
        None, min_length=1, max_length=200, description="Ends the session of this token too.", examples=["2nB1cG6w…"]
    )


class TokenResponse(View):
    """A pair of tokens."""

    access_token: str = Field(description="For `Authorization: Bearer`.", examples=["eyJhbGciOiJIUzI1NiIs…"])
    token_type: Literal["bearer"] = Field("bearer", description="Always bearer.", examples=["bearer"])
    refresh_token: str = Field(description="Exchanged for the next pair, once.", examples=["2nB1cG6w…"])
    expires_in: int = Field(description="Lifetime of the access token in seconds.", examples=[900])


class PageTokenResponse(View):
    """An access token. What buys the next one is in a cookie that no script can read."""

    access_token: str = Field(description="For `Authorization: Bearer`.", examples=["eyJhbGciOiJIUzI1NiIs…"])
    token_type: Literal["bearer"] = Field("bearer", description="Always bearer.", examples=["bearer"])
    expires_in: int = Field(description="Lifetime of the access token in seconds.", examples=[900])


class LogoutResponse(View):
    message: str = Field(description="A sentence for people.", examples=["You are logged out."])
    revoked_sessions: int = Field(description="How many sessions ended.", examples=[1])


class UserProfile(View):
    """An account as its owner sees it."""

    id: Id = Field(description="The account.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f10"])
    email: str = Field(description="The e-mail address.", examples=["ana@example.com"])
    username: str = Field(description="The public name.", examples=["ana_92"])
    full_name: str | None = Field(description="As the learner wants to be called.", examples=["Ana Souza"])
    nickname: str | None = Field(description="The name that the tutor uses in live sessions.", examples=["Ana"])
    avatar_url: str | None = Field(description="A picture.", examples=["https://example.com/ana.png"])
    timezone: str = Field(description="IANA time zone.", examples=["Europe/Berlin"])
    native_language: str | None = Field(description="BCP 47.", examples=["pt-BR"])
    cefr_level: str | None = Field(description="A1 to C2 as measured so far, or null.", examples=["B1"])
    role: Literal["user", "admin"] = Field(description="The role on this server.", examples=["user"])
    plan: Literal["free", "plus", "pro"] = Field(description="Decides the monthly live seconds.", examples=["free"])
    created_at: datetime = Field(description="When the account was made.", examples=["2026-11-23T19:00:00Z"])
    is_guest: bool = Field(description="Whether it has no password yet, so that it can be claimed.", examples=[False])
    has_password: bool = Field(description="Whether a password opens it.", examples=[True])

    email_verified: bool = Field(description="Whether mail to the address is known to arrive.", examples=[False])

    @classmethod
    def of(cls, user: User) -> "UserProfile":
        """The account as its owner sees it."""
        return cls.model_validate(user, from_attributes=True)


class ProfileUpdateRequest(Body):
    """Only what is given changes; null clears what may be empty."""

    full_name: Name | None = Field(None, description="As the learner wants to be called.", examples=["Ana Souza"])
    timezone: Timezone = Field(default_factory=lambda: "UTC", description="IANA zone.", examples=["Europe/Berlin"])
    native_language: Language | None = Field(None, description="BCP 47.", examples=["pt-BR"])
    nickname: Nickname | None = Field(None, description="What the tutor says.", examples=["Ana"])
    avatar_url: WebAddress | None = Field(None, description="http or https.", examples=["https://example.com/ana.png"])


class PasswordChangeRequest(Body):
    current_password: GivenPassword = Field(description="The current password.", examples=["correct horse battery"])
    new_password: Password = Field(description="At least 10 characters.", examples=["an even better phrase"])


class AccountDeleteRequest(Body):
    password: GivenPassword | None = Field(
        None, description="The password, as a confirmation, of who has one.", examples=["correct horse battery"]
    )


class AuthSession(View):
    """One sign-in."""

    id: Id = Field(description="The session.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f11"])
    created_at: datetime = Field(description="When it was opened.", examples=["2026-11-23T19:00:00Z"])
    last_seen_at: datetime = Field(description="When it was last refreshed.", examples=["2026-11-23T19:15:00Z"])
    expires_at: datetime = Field(description="When it ends unless refreshed.", examples=["2026-12-23T19:15:00Z"])
    address: str = Field(description="The address it was opened from.", examples=["203.0.113.7"])
    user_agent: str = Field(description="The program it was opened by.", examples=["Mozilla/5.0"])
    current: bool = Field(description="Whether this request belongs to it.", examples=[True])


class AuthSessionList(Page[AuthSession]):
    """Living sessions, newest first."""
