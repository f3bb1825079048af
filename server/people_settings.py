"""Settings of accounts: who may open one, and what signs people in besides a password."""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from server.setting_types import Issuer, PublicAddress, Sender, WebAddress, Words


class PeopleSettings(BaseSettings):
    """Part of `Settings`, which has the rules of all of them."""

    model_config = SettingsConfigDict(defer_build=True)  # only `Settings` is ever made

    public_url: PublicAddress | None = Field(None, description="The address that clients use, when there is a proxy.")

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

    smtp_host: str | None = Field(None, description="The mail server for letters with links; without one none is sent.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_security: Literal["starttls", "tls", "none"] = Field("starttls", description="How the way there is secured.")
    smtp_user: str | None = Field(None, description="The account at the mail server.")
    smtp_password: SecretStr | None = Field(None, description="Its password.")
    smtp_sender: Sender | None = Field(None, description="The sender of letters, such as parley@school.example.")
    contact: str | None = Field(
        None, max_length=200, description="Whom people ask who cannot get in: a name, an address, a room."
    )

    oidc_issuer: Issuer | None = Field(
        None, description="The OpenID Connect provider that people may sign in with, exactly as it calls itself."
    )
    oidc_client_id: str | None = Field(None, max_length=300, description="The client that it knows this server as.")
    oidc_client_secret: SecretStr | None = Field(None, description="The secret of that client, if it has one.")
    oidc_name: str | None = Field(None, max_length=60, description="What people call it: “Sign in with …”.")
    oidc_scopes: Words = Field(("openid", "email", "profile"), description="What it is asked for.")
    oidc_trust_addresses: bool = Field(
        False,
        description="Whether its e-mail addresses count as proved though it does not say whether they are; only for "
        "one where nobody chooses an address.",
    )

    google_client_id: str | None = Field(None, description="OAuth client for Google Calendar.")
    google_client_secret: SecretStr | None = Field(None, description="The secret of that OAuth client.")
    google_accounts_url: WebAddress = Field("https://accounts.google.com", description="Where users permit.")
    google_oauth_url: WebAddress = Field("https://oauth2.googleapis.com", description="Where tokens are had.")
    google_api_url: WebAddress = Field("https://www.googleapis.com", description="Where calendars are.")

    @model_validator(mode="after")
    def _fit_mail(self) -> Self:
        if self.smtp_host is not None and self.smtp_sender is None:
            raise ValueError("PARLEY_SMTP_HOST is set, for which PARLEY_SMTP_SENDER is needed.")
        if self.smtp_host is not None and self.public_url is None:
            raise ValueError("PARLEY_SMTP_HOST is set, for which PARLEY_PUBLIC_URL is needed: letters have links.")
        if (self.smtp_user is None) != (self.smtp_password is None):
            raise ValueError("PARLEY_SMTP_USER and PARLEY_SMTP_PASSWORD are needed together.")
        return self

    @model_validator(mode="after")
    def _fit_provider(self) -> Self:
        if (self.oidc_issuer is None) != (self.oidc_client_id is None):
            raise ValueError("PARLEY_OIDC_ISSUER and PARLEY_OIDC_CLIENT_ID are needed together.")
        if self.oidc_issuer is not None and self.public_url is None:
            raise ValueError(
                "PARLEY_OIDC_ISSUER is set, for which PARLEY_PUBLIC_URL is needed: people are sent back there."
            )
        if "openid" not in self.oidc_scopes:
            raise ValueError("PARLEY_OIDC_SCOPES is not usable: openid has to be among them.")
        return self

    @model_validator(mode="after")
    def _fit_people(self) -> Self:
        if (self.google_client_id is None) != (self.google_client_secret is None):
            raise ValueError("PARLEY_GOOGLE_CLIENT_ID and PARLEY_GOOGLE_CLIENT_SECRET are needed together.")
        return self
