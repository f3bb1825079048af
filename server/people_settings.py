"""Settings of accounts: who may open one, and what signs people in besides a password."""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from server.setting_types import WebAddress, Words


class PeopleSettings(BaseSettings):
    """Part of `Settings`, which has the rules of all of them."""

    registration: Literal["open", "closed"] = Field(
        "open", description="Whether anybody may open an account; an administrator may decide otherwise meanwhile."
    )
    guests: Literal["open", "closed"] = Field("open", description="Whether guests are taken; as registration.")
    guests_a_day: int | None = Field(
        None, ge=0, le=1_000_000, description="Guests that one address may open in 24 hours; by default any number."
    )
    shared_addresses: Words = Field(
        (),
        description="Addresses or CIDR blocks that many people share, such as a school's: sign-ins there are "
        "limited by account only.",
    )

    google_client_id: str | None = Field(None, description="OAuth client for Google Calendar.")
    google_client_secret: SecretStr | None = Field(None, description="The secret of that OAuth client.")
    google_accounts_url: WebAddress = Field("https://accounts.google.com", description="Where users permit.")
    google_oauth_url: WebAddress = Field("https://oauth2.googleapis.com", description="Where tokens are had.")
    google_api_url: WebAddress = Field("https://www.googleapis.com", description="Where calendars are.")

    @model_validator(mode="after")
    def _fit_people(self) -> Self:
        if (self.google_client_id is None) != (self.google_client_secret is None):
            raise ValueError("PARLEY_GOOGLE_CLIENT_ID and PARLEY_GOOGLE_CLIENT_SECRET are needed together.")
        return self
