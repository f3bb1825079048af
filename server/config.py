"""Settings: the only place that reads the environment.

Every setting is `PARLEY_<NAME>`; a few also answer to the name that other tools use.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from kit.http.addresses import TrustedProxies

if TYPE_CHECKING:
    from kit.http.limits import Policy

VERSION = "0.1.0"

Words = Annotated[tuple[str, ...], NoDecode]
"""A list given as comma-separated text."""


def _named(name: str) -> AliasChoices:
    return AliasChoices(f"PARLEY_{name}", name, name.lower())


class ProviderSettings(BaseModel):
    """An OpenAI-compatible language model server."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$", description="Clients name it by this.")
    name: str = Field(description="What people call it.")
    base_url: str = Field(description="Its address, up to and with /v1.")
    api_key: SecretStr | None = Field(None, description="Its key.")
    models: tuple[str, ...] = Field(min_length=1, description="Its models, the default one first.")
    first_seconds: float = Field(15.0, gt=0, description="Seconds until the first piece of an answer.")
    stall_seconds: float = Field(15.0, gt=0, description="Seconds between two pieces.")
    total_seconds: float = Field(120.0, gt=0, description="Seconds for a whole answer.")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PARLEY_", frozen=True, populate_by_name=True, extra="ignore")

    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    data_dir: Path = Field(Path(".parley"), description="Where databases, models and keys are kept.")
    public_url: str | None = Field(None, description="The address clients use, when a proxy stands before us.")
    workers: int = Field(1, ge=1, le=64, description="Server processes on the one port.")
    reuse_port: bool = Field(False, description="Share the port with other Parley processes of this machine.")
    drain_seconds: float = Field(
        0, ge=0, description="After SIGTERM, how long clients have to move to another node before this one stops."
    )
    node: str | None = Field(None, description="This node's name in logs and leases; made up when not given.")

    database_url: str | None = Field(
        None, validation_alias=_named("DATABASE_URL"), description="PostgreSQL 15 or newer instead of the embedded one."
    )
    database_pool: int = Field(10, ge=2, le=200, description="Connections to PostgreSQL at most.")
    redis_url: str | None = Field(
        None, validation_alias=_named("REDIS_URL"), description="Redis or Valkey instead of the embedded one."
    )
    openai_api_key: SecretStr | None = Field(
        None, validation_alias=_named("OPENAI_API_KEY"), description="Key of an OpenAI-compatible server."
    )
    openai_base_url: str | None = Field(
        None, validation_alias=_named("OPENAI_BASE_URL"), description="Address of an OpenAI-compatible server."
    )

    openai_models: Words = Field(("gpt-4o-mini",), min_length=1, description="Its chat models, the default one first.")
    providers: tuple[ProviderSettings, ...] = Field((), description="More OpenAI-compatible servers, as a JSON list.")

    secret_key: SecretStr | None = Field(
        None,
        min_length=32,
        description="Signs tokens and seals secrets at rest; by default made once in the data folder.",
    )
    service_key: SecretStr | None = Field(None, min_length=32, description="Lets internal services in (X-Service-Key).")
    trusted_proxies: Words = Field(
        (), description="Addresses or CIDR blocks of proxies whose X-Forwarded-For is believed."
    )
    cors_origins: Words = Field((), description="Origins of browser apps that may call the API; * lets all of them.")
    google_client_id: str | None = Field(None, description="OAuth client for Google Calendar.")
    google_client_secret: SecretStr | None = Field(None, description="The secret of that OAuth client.")
    google_accounts_url: str = Field("https://accounts.google.com", description="Where users permit.")
    google_oauth_url: str = Field("https://oauth2.googleapis.com", description="Where tokens are had.")
    google_api_url: str = Field("https://www.googleapis.com", description="Where calendars are.")

    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much to log.")
    log_json: bool | None = Field(None, description="JSON logs; by default unless on a terminal.")

    whisper_model: str = Field("base", description="A folder with a CTranslate2 Whisper model, or a name.")
    whisper_download: bool = Field(True, description="Whether a missing model may be fetched.")
    whisper_device: Literal["cpu", "cuda"] = Field("cpu", description="Where Whisper runs; on cuda in float16.")
    speech_engine: Literal["auto", "whisper", "sphinx", "remote"] = Field(
        "auto", description="What recognises speech; auto is Whisper, and PocketSphinx until that is there."
    )
    speech_url: str | None = Field(None, description="For `remote`: an OpenAI-compatible server, to /v1 as a rule.")
    speech_key: SecretStr | None = Field(None, description="Its key.")
    speech_model: str = Field("whisper-1", description="Its model.")
    speech_door: Literal["file", "realtime"] = Field("file", description="Which of its doors is used.")
    speech_workers: int | None = Field(None, ge=1, description="Recognition processes; by default cores less one.")
    speech_at_start: bool = Field(True, description="Bring recognition up at start, not with the first session.")

    plan_free_seconds: int = Field(600, ge=0, description="Live seconds a month on the plan `free`.")
    plan_plus_seconds: int = Field(7_200, ge=0, description="Live seconds a month on the plan `plus`.")
    plan_pro_seconds: int = Field(36_000, ge=0, description="Live seconds a month on the plan `pro`.")
    live_longest_seconds: int = Field(3600, ge=1, description="The longest live session.")
    live_silence_seconds: float = Field(15, gt=0, description="Without a sign of life a session is suspended.")
    live_grace_seconds: float = Field(120, ge=0, description="A suspended session ends after this time.")
    live_sessions: int | None = Field(
        None, ge=1, description="Sessions of one process at most; by default what recognition can serve."
    )

    recording_days: int = Field(
        30, ge=0, description="Days that recordings are kept, of sessions started with record; 0 allows none."
    )

    embedding_model: str | None = Field(
        None, description="A model of an OpenAI-compatible embeddings server; by default the built-in embedder."
    )
    embedding_base_url: str | None = Field(None, description="Its address; by default OPENAI_BASE_URL.")
    embedding_api_key: SecretStr | None = Field(None, description="Its key; by default OPENAI_API_KEY.")
    ice_servers: Words = Field((), description="STUN and TURN addresses for WebRTC, such as stun:stun.example.org.")
    ice_private: bool = Field(
        False, description="Whether WebRTC sends to private addresses that a client names, before it heard from there."
    )
    media_workers: int = Field(
        0, ge=0, le=64, description="Processes that carry WebRTC peers; 0 has them in the server's own."
    )
    turn_secret: SecretStr | None = Field(None, description="Shared secret for TURN credentials that expire.")

    typesense_url: str | None = Field(None, description="A Typesense server that takes over search.")
    typesense_key: SecretStr | None = Field(None, description="Its API key.")
    typesense_collection: str = Field("parley", pattern=r"^[A-Za-z0-9_-]{1,60}$", description="Its collection.")

    voice: Literal["auto", "server", "espeak", "client"] = Field(
        "auto", description="Who speaks for the tutor; auto takes the first of these that there is."
    )
    voice_model: str | None = Field(None, description="Speech model of the server at OPENAI_BASE_URL, such as tts-1.")
    voice_name: str = Field("alloy", description="Voice of that model.")

    limit_read: int = Field(1200, ge=1, description="Reads a minute for one credential.")
    limit_write: int = Field(600, ge=1, description="Writes a minute for one credential.")
    limit_heavy: int = Field(60, ge=1, description="Costly operations a minute for one credential.")
    limit_public: int = Field(600, ge=1, description="Requests a minute for one address without a credential.")
    limit_login: int = Field(60, ge=1, description="Sign-ins and registrations a minute for one address.")

    @field_validator("trusted_proxies", "cors_origins", "openai_models", "ice_servers", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        TrustedProxies(value)
        return value

    def language_models(self) -> tuple[ProviderSettings, ...]:
        """All configured servers; the one of OPENAI_BASE_URL and OPENAI_API_KEY last."""
        if self.openai_api_key is None and self.openai_base_url is None:
            return self.providers
        openai = ProviderSettings(
            id="openai", name="OpenAI", base_url=self.openai_base_url or "https://api.openai.com/v1",
            api_key=self.openai_api_key, models=self.openai_models,
        )  # fmt: skip
        return (*(one for one in self.providers if one.id != "openai"), openai)

    def limits(self) -> dict[str, "Policy"]:
        from kit.http.limits import Policy

        quotas = {
            "read": self.limit_read,
            "write": self.limit_write,
            "heavy": self.limit_heavy,
            "public": self.limit_public,
            "login": self.limit_login,
        }
        return {name: Policy(quota, 60) for name, quota in quotas.items()}
