"""Settings: the only place that reads the environment.

Every setting is `PARLEY_<NAME>`; a few also answer to the name that other tools use.
"""

import ipaddress
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AliasChoices, Field, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from kit.http.addresses import TrustedProxies
from server.people_settings import PeopleSettings
from server.ray_settings import RaySettings
from server.setting_types import (
    DatabaseAddress,
    HeaderSecret,
    Key,
    Origins,
    ProviderSettings,
    RedisAddress,
    ServiceKey,
    WebAddress,
    Words,
    check_text,
)
from server.webrtc_settings import WebRtcSettings

if TYPE_CHECKING:
    from kit.foreign_servers import Reach
    from kit.http.limits import Policy

VERSION = "0.1.0"

_DAY, _WEEK, _LIFETIME = 86_400, 604_800, 2_000_000_000  # seconds
_OFTEN = 1_000_000_000


def _named(name: str) -> AliasChoices:
    return AliasChoices(f"PARLEY_{name}", name, name.lower())


class Settings(WebRtcSettings, RaySettings, PeopleSettings):
    model_config = SettingsConfigDict(env_prefix="PARLEY_", frozen=True, populate_by_name=True, extra="ignore")

    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    data_dir: Path = Field(Path(".parley"), description="Where databases, models and keys are kept.")
    models: Path | None = Field(
        None,
        description="Where fetched models are kept, for all data folders; by default parley/models in the user cache.",
    )
    workers: int = Field(1, ge=1, le=64, description="Server processes on the one port.")
    reuse_port: bool = Field(False, description="Share the port with other Parley processes of this machine.")
    metrics_dir: Path | None = Field(
        None,
        description="A folder through which processes that share a port answer /metrics together; --workers sets it.",
    )
    drain_seconds: float = Field(
        0,
        ge=0,
        le=_DAY,
        description="Seconds that clients have to move to another node after SIGTERM.",
    )
    node: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9._-]{1,100}$",
        description="This node's name in logs and leases; made up when not given.",
    )

    database_url: DatabaseAddress | None = Field(
        None, validation_alias=_named("DATABASE_URL"), description="PostgreSQL 15 or newer instead of the embedded one."
    )
    database_pool: int = Field(10, ge=2, le=200, description="Connections to PostgreSQL at most.")
    redis_url: RedisAddress | None = Field(
        None, validation_alias=_named("REDIS_URL"), description="Redis or Valkey instead of the embedded one."
    )
    otel_exporter_otlp_endpoint: WebAddress | None = Field(
        None,
        validation_alias=_named("OTEL_EXPORTER_OTLP_ENDPOINT"),
        description="Where traces are sent by OTLP over HTTP; by default nothing is traced.",
    )
    openai_api_key: HeaderSecret | None = Field(
        None, validation_alias=_named("OPENAI_API_KEY"), description="Key of an OpenAI-compatible server."
    )
    openai_base_url: WebAddress | None = Field(
        None, validation_alias=_named("OPENAI_BASE_URL"), description="Address of an OpenAI-compatible server."
    )

    openai_models: Words = Field(("gpt-4o-mini",), min_length=1, description="Its chat models, the default one first.")
    providers: Annotated[tuple[ProviderSettings, ...], NoDecode] = Field(
        (), description="More OpenAI-compatible servers, as a JSON list."
    )

    secret_key: Key | None = Field(
        None,
        description="Signs tokens and seals secrets at rest; by default made once in the data folder.",
    )
    service_key: ServiceKey | None = Field(None, description="Lets internal services in (X-Service-Key).")
    trusted_proxies: Words = Field(
        (), description="Addresses or CIDR blocks of proxies whose X-Forwarded-For is believed."
    )
    cors_origins: Annotated[Origins, NoDecode] = Field(
        (), description="Origins of browser apps that may call the API; * lets all of them."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much to log.")
    log_json: bool | None = Field(None, description="JSON logs; by default unless on a terminal.")

    whisper_model: str = Field(
        "base", max_length=4096, description="A folder with a CTranslate2 Whisper model, or a name."
    )
    whisper_download: bool = Field(True, description="Whether a missing model may be fetched.")
    whisper_device: Literal["cpu", "cuda"] = Field("cpu", description="Where Whisper runs; on cuda in float16.")
    speech_engine: Literal["auto", "whisper", "sphinx", "remote", "ray"] = Field(
        "auto", description="What recognizes speech; auto is Whisper, and PocketSphinx until that is ready."
    )
    speech_wait_seconds: float = Field(
        30,
        ge=0,
        le=35,
        description="Seconds that sound waits for a model before PocketSphinx is used; 0 never waits.",
    )
    speech_url: WebAddress | None = Field(
        None, description="For `remote`: an OpenAI-compatible server, to /v1 as a rule."
    )
    speech_key: HeaderSecret | None = Field(None, description="Its key.")
    speech_model: str = Field("whisper-1", description="Its model.")
    speech_door: Literal["file", "realtime"] = Field("file", description="Which of its interfaces is used.")
    speech_workers: int | None = Field(
        None, ge=1, le=1024, description="Recognition processes; by default cores less one."
    )
    speech_at_start: bool = Field(True, description="Bring recognition up at start, not with the first session.")

    plan_free_seconds: int = Field(600, ge=0, le=_LIFETIME, description="Live seconds per month on the plan `free`.")
    plan_plus_seconds: int = Field(7_200, ge=0, le=_LIFETIME, description="Live seconds per month on the plan `plus`.")
    plan_pro_seconds: int = Field(36_000, ge=0, le=_LIFETIME, description="Live seconds per month on the plan `pro`.")
    live_longest_seconds: int = Field(3600, ge=1, le=_WEEK, description="The longest live session.")
    live_silence_seconds: float = Field(15, gt=0, le=_DAY, description="Without a sign of life a session is suspended.")
    live_grace_seconds: float = Field(120, ge=0, le=_WEEK, description="A suspended session ends after this time.")
    live_sessions: int | None = Field(
        None, ge=1, le=100_000, description="Sessions of one process at most; by default what recognition can serve."
    )

    recording_days: int = Field(
        30,
        ge=0,
        le=36_500,
        description="Days that recordings are kept, of sessions started with record; 0 allows none.",
    )

    embedding_model: str | None = Field(
        None, description="A model of an OpenAI-compatible embeddings server; by default the built-in embedder."
    )
    embedding_base_url: WebAddress | None = Field(None, description="Its address; by default OPENAI_BASE_URL.")
    embedding_api_key: HeaderSecret | None = Field(None, description="Its key; by default OPENAI_API_KEY.")

    typesense_url: WebAddress | None = Field(None, description="A Typesense server that takes over search.")
    typesense_key: HeaderSecret | None = Field(None, description="Its API key.")
    typesense_collection: str = Field("parley", pattern=r"^[A-Za-z0-9_-]{1,60}$", description="Its collection.")

    voice: Literal["auto", "server", "kokoro", "espeak", "client"] = Field(
        "auto", description="The tutor's voice; auto takes the first of these that is available."
    )
    voice_download: bool = Field(
        True, description="Whether the model of Kokoro may be fetched (92 MB) when it is missing."
    )
    voice_model: str | None = Field(None, description="Speech model of the server at OPENAI_BASE_URL, such as tts-1.")
    voice_name: str = Field("alloy", description="Voice of that model.")

    webhook_http: bool = Field(False, description="Whether webhooks may be sent to addresses without TLS.")
    webhook_networks: Words = Field(
        (), description="Addresses or CIDR blocks that are not public and that webhooks may be sent to."
    )

    limit_read: int = Field(1200, ge=1, le=_OFTEN, description="Reads per minute for one credential.")
    limit_write: int = Field(600, ge=1, le=_OFTEN, description="Writes per minute for one credential.")
    limit_heavy: int = Field(60, ge=1, le=_OFTEN, description="Costly operations per minute for one credential.")
    limit_recordings: int = Field(
        120, ge=5, le=1440, description="Minutes of recordings per hour for one person, in one file or many."
    )
    limit_public: int = Field(
        600, ge=1, le=_OFTEN, description="Requests per minute for one address without a credential."
    )
    limit_login: int = Field(60, ge=1, le=_OFTEN, description="Sign-ins and registrations per minute for one address.")

    @property
    def shared_models(self) -> Path | None:
        """The folder of models that the user's data folders share; None for a user without a home."""
        try:
            if self.models is not None:
                return self.models.expanduser().absolute()
            cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser()
        except RuntimeError:
            return None
        # A relative path is ignored, as the XDG Base Directory Specification says of XDG_CACHE_HOME.
        return (cache if cache.is_absolute() else Path("~/.cache").expanduser()) / "parley" / "models"

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, given: dict[str, object]) -> dict[str, object]:
        """Strip texts; an empty one counts as not set, but an empty secret is an error."""
        cleaned: dict[str, object] = {}
        for name, value in given.items():
            if isinstance(value, str):
                value = value.strip()
                if not value.isascii() or not value.isprintable():
                    check_text(name, value)
                if not value and not name.lower().endswith(("secret_key", "service_key")):
                    continue
            cleaned[name] = value
        return cleaned

    @field_validator("providers", mode="before")
    @classmethod
    def _decode(cls, value: object) -> object:
        try:
            return json.loads(value) if isinstance(value, str) else value
        except (ValueError, RecursionError):
            raise ValueError("it has to be a list in JSON") from None

    @field_validator(
        "trusted_proxies",
        "shared_addresses",
        "cors_origins",
        "openai_models",
        "ice_servers",
        "ice_addresses",
        "webhook_networks",
        "oidc_scopes",
        mode="before",
    )
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("trusted_proxies", "shared_addresses", "webhook_networks")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        TrustedProxies(value)
        return value

    @model_validator(mode="after")
    def _fit(self) -> Self:
        """Check settings that need or contradict another one; the error names both."""
        if self.speech_engine == "remote" and self.speech_url is None:
            raise ValueError("PARLEY_SPEECH_ENGINE is remote, but PARLEY_SPEECH_URL names no server.")
        self.check_ray(self.speech_engine)
        if self.turn_secret is None and any(url.lower().startswith("turn") for url in self.ice_servers):
            raise ValueError("PARLEY_ICE_SERVERS names a TURN server, for which PARLEY_TURN_SECRET is needed.")
        if self.voice == "server" and (self.voice_model is None or self.openai_base_url is None):
            raise ValueError("PARLEY_VOICE is server, for which PARLEY_VOICE_MODEL and OPENAI_BASE_URL are needed.")
        names = [one.id for one in self.providers]
        if len(names) != len(set(names)):
            raise ValueError("PARLEY_PROVIDERS is not usable: two of them have the same id.")
        return self

    def language_models(self) -> tuple[ProviderSettings, ...]:
        """All configured servers; the one of OPENAI_BASE_URL and OPENAI_API_KEY last."""
        if self.openai_api_key is None and self.openai_base_url is None:
            return self.providers
        openai = ProviderSettings(
            id="openai",
            name="OpenAI",
            base_url=self.openai_base_url or "https://api.openai.com/v1",
            api_key=self.openai_api_key,
            models=self.openai_models,
        )
        return (*(one for one in self.providers if one.id != "openai"), openai)

    def webhook_reach(self) -> "Reach":
        """Networks that webhooks may reach beside public addresses."""
        from kit.foreign_servers import Reach

        networks = tuple(ipaddress.ip_network(text, strict=False) for text in self.webhook_networks)
        return Reach(networks, plain=self.webhook_http)

    def limits(self) -> dict[str, "Policy"]:
        """The rate limit of each class, per minute."""
        from kit.http.limits import Policy

        quotas = {
            "read": self.limit_read,
            "write": self.limit_write,
            "heavy": self.limit_heavy,
            "public": self.limit_public,
            "login": self.limit_login,
        }
        recordings = Policy(self.limit_recordings * 60, 3600)
        return {"recordings": recordings} | {name: Policy(quota, 60) for name, quota in quotas.items()}
