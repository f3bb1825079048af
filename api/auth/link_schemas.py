"""The shapes of links, and of who may open an account, on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from api.auth.schemas import Email, Language, Name, Password, Timezone, Username
from kit.http.wire import Body, View

Token = Annotated[str, StringConstraints(min_length=1, max_length=200)]

_TOKEN = "2nB1cG6w…"


class EntranceResponse(View):
    """What a stranger may do here."""

    registration: bool = Field(description="Whether anybody may open an account.", examples=[True])
    guests: bool = Field(description="Whether guests are taken.", examples=[True])
    mail: bool = Field(description="Whether this server mails links.", examples=[True])
    provider: str | None = Field(description="Who signs people in, too.", examples=["Example School"])
    contact: str | None = Field(description="Whom people ask who cannot get in.", examples=["room 12"])


class ForgottenRequest(Body):
    email: Email = Field(description="The address of the account.", examples=["ana@example.com"])
    language: Language | None = Field(None, description="Of the letter; BCP 47.", examples=["pt-BR"])


class VerificationRequest(Body):
    language: Language | None = Field(None, description="Of the letter; BCP 47.", examples=["pt-BR"])


class LetterResponse(View):
    """The same whether there is such an account or not."""

    message: str = Field(description="A sentence for people.", examples=["A letter is on its way."])


class PasswordResetRequest(Body):
    token: Token = Field(description="From the link.", examples=[_TOKEN])
    password: Password = Field(description="The new password.", examples=["an even better phrase"])


class LinkRequest(Body):
    token: Token = Field(description="From the link.", examples=[_TOKEN])


class InvitationView(View):
    """What an invitation offers."""

    email: str | None = Field(description="The account's address; null: the guest chooses.", examples=["b@example.com"])
    full_name: str | None = Field(description="As they want to be called.", examples=["Ben Ito"])
    expires_at: datetime = Field(description="When it runs out.", examples=["2026-12-07T19:00:00Z"])


class JoinRequest(Body):
    """A new account, by invitation."""

    token: Token = Field(description="From the link.", examples=[_TOKEN])
    email: Email | None = Field(None, description="When the invitation names none.", examples=["b@example.com"])
    username: Username = Field(description="Unique; small letters, digits and _.", examples=["ben_ito"])
    password: Password = Field(description="At least 10 characters.", examples=["correct horse battery"])
    full_name: Name | None = Field(None, description="As the learner wants to be called.", examples=["Ben Ito"])
    timezone: Timezone = Field("UTC", description="IANA zone; days and streaks follow it.", examples=["Asia/Tokyo"])
    native_language: Language | None = Field(None, description="BCP 47.", examples=["ja"])
