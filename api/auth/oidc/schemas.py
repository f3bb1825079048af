"""The shapes of sign-ins by a provider on the wire."""

from pydantic import ConfigDict, Field

from kit.http.wire import Body, View


class ProviderCallbackQuery(Body):
    """What the provider sends along; it may add members of its own, which mean nothing here."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    state: str = Field("", max_length=200, description="From the start.", examples=["Zk3vQ9aB…"])
    code: str | None = Field(None, min_length=1, max_length=4096, description="The proof.", examples=["0.AXoA…"])
    error: str | None = Field(None, max_length=200, description="Why there is none.", examples=["access_denied"])
    iss: str | None = Field(None, max_length=2048, description="The provider.", examples=["https://id.example"])


class SignInRedirect(View):
    """Where the browser is sent, as in the header `Location`."""

    location: str = Field(description="An address.", examples=["https://parley.example/#/signed-in"])
