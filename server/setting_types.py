"""Types of settings: a broken one is reported at the start in one sentence, instead of a failure much later. Messages
follow "PARLEY_… is not usable: " and never repeat the value, which may hold a password."""

import ipaddress
import re
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic_settings import NoDecode

from kit import emails

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]+\])"
_HOST_ONLY = re.compile(_HOST)
_ORIGIN = re.compile(rf"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<host>{_HOST})(?::(?P<port>\d{{1,5}}))?")
_ICE = re.compile(rf"(?:stuns?|turns?):{_HOST}(?::\d{{1,5}})?(?:\?transport=(?:udp|tcp))?", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LEAST_PORT = 1024
_LAST_PORT = 65_535
_PORTS = re.compile(r"(\d{1,5})-(\d{1,5})", re.ASCII)
_KEY_LENGTH = 32
_HOUR = 3600  # seconds


def _parts(value: str, schemes: tuple[str, ...], example: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        port = parts.port  # ValueError when it is none
    except ValueError:
        raise ValueError(f"it has to be an address such as {example}") from None
    if parts.scheme.lower() not in schemes or port == 0 or re.search(r"[\s\\]", value):
        raise ValueError(f"it has to be an address such as {example}")
    return parts


def _web(value: str) -> str:
    parts = _parts(value, ("http", "https"), "https://example.org/v1")
    if not _HOST_ONLY.fullmatch(_host(parts)):
        raise ValueError("it has to be an address such as https://example.org/v1")
    if parts.query or parts.fragment:
        raise ValueError("it has to be an address without ? and #")
    return value.rstrip("/")


def _issuer(value: str) -> str:
    """As it is: issuers are compared letter by letter. What is sent there has to be sealed on the way."""
    parts = urlsplit(_public(value))
    if parts.scheme != "https" and parts.hostname not in THIS_MACHINE:
        raise ValueError("it has to begin with https://, unless it is on this machine")
    return value


def _public(value: str) -> str:
    try:
        parts = urlsplit(_web(value))
    except ValueError:
        raise ValueError("it has to be an address such as https://parley.example") from None
    if "@" in parts.netloc:
        raise ValueError("it has to be an address without a user's name")
    return value.rstrip("/")


def _host(parts: SplitResult) -> str:
    host = parts.netloc.rpartition("@")[2]
    return re.sub(r":\d*$", "", host)


def _database(value: str) -> str:
    _parts(value, ("postgres", "postgresql"), "postgresql://user:password@host/database")
    return value


def _redis(value: str) -> str:
    parts = _parts(value, ("redis", "rediss", "unix"), "redis://host:6379/0")
    if parts.scheme != "unix" and not re.fullmatch(r"/?\d*", parts.path):
        raise ValueError("the path has to be the number of a database, as in redis://host:6379/0")
    return value


def _sender(value: str) -> str:
    try:
        return emails.normal(value)
    except ValueError:
        raise ValueError("it has to be an e-mail address such as parley@school.example") from None


def _origins(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(origin(value) for value in values)


def origin(value: str) -> str:
    """As browsers write it: small letters, no default port, nothing after it. ValueError else."""
    if value == "*":
        return value
    found = _ORIGIN.fullmatch(value.rstrip("/").lower())
    port = int(found["port"] or 1) if found else 0
    if found is None or not 0 < port <= _LAST_PORT:
        raise ValueError("each has to be an origin such as https://app.example, without a path, or *")
    named = found["port"] and port != _DEFAULT_PORTS.get(found["scheme"])
    return f"{found['scheme']}://{found['host']}" + (f":{port}" if named else "")


def _ice(values: tuple[str, ...]) -> tuple[str, ...]:
    if not all(_ICE.fullmatch(value) for value in values):
        raise ValueError("each has to be an address such as stun:stun.example.org or turn:turn.example.org:3478")
    return tuple(scheme.lower() + colon + rest for scheme, colon, rest in (value.partition(":") for value in values))


def _ports(value: object) -> object:
    """From text such as 50000-50999."""
    if not isinstance(value, str):
        return value
    found = _PORTS.fullmatch(value.strip())
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    if not _LEAST_PORT <= first <= last <= _LAST_PORT:
        raise ValueError("it has to be a range of ports from 1024 on, such as 50000-50999")
    return first, last


def _hosts(values: tuple[str, ...]) -> tuple[str, ...]:
    try:
        found = [ipaddress.ip_address(value) for value in values]
    except ValueError:
        found = [ipaddress.IPv4Address(0)]
    if any(one.is_unspecified or one.is_multicast or "%" in str(one) for one in found):
        raise ValueError("each has to be an IP address such as 203.0.113.7")
    return tuple(map(str, found))


def _header(secret: SecretStr) -> SecretStr:
    value = secret.get_secret_value()
    if not (value.isascii() and value.isprintable()):
        raise ValueError("it may hold letters, digits and signs of ASCII only")
    return secret


def _long(secret: SecretStr) -> SecretStr:
    if why := weakness(secret.get_secret_value()):
        raise ValueError(why)
    return secret


def weakness(key: str) -> str | None:
    """Why this cannot be used as the secret key; None when it can."""
    if len(key) < _KEY_LENGTH:
        return f"it has {len(key)} characters, and {_KEY_LENGTH} are needed"
    if not key.isprintable():
        return "it holds characters that cannot be printed"
    return None


Words = Annotated[tuple[str, ...], NoDecode]
"""A list given as comma-separated text."""
WebAddress = Annotated[str, AfterValidator(_web)]
Sender = Annotated[str, AfterValidator(_sender)]
Issuer = Annotated[str, AfterValidator(_issuer)]
PublicAddress = Annotated[str, AfterValidator(_public)]
DatabaseAddress = Annotated[str, AfterValidator(_database)]
RedisAddress = Annotated[str, AfterValidator(_redis)]
Origins = Annotated[tuple[str, ...], AfterValidator(_origins)]
IceAddresses = Annotated[tuple[str, ...], AfterValidator(_ice)]
PortRange = Annotated[tuple[int, int], BeforeValidator(_ports)]
"""The first and the last."""
HostAddresses = Annotated[tuple[str, ...], AfterValidator(_hosts)]
HeaderSecret = Annotated[SecretStr, AfterValidator(_header)]
"""A secret that is sent in the head of a request."""
Key = Annotated[SecretStr, AfterValidator(_long)]
"""A secret of ours."""
ServiceKey = Annotated[SecretStr, AfterValidator(_long), AfterValidator(_header)]


def check_text(name: str, value: str) -> None:
    """Raise ValueError for a value that is not printable text in UTF-8."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{_written(name)} is not usable: it is not in UTF-8.") from None
    if not value.isprintable():
        raise ValueError(f"{_written(name)} is not usable: it holds characters that cannot be printed.")


def _written(name: str) -> str:
    return name.upper() if name.upper().startswith("PARLEY_") else f"PARLEY_{name.upper()}"


class ProviderSettings(BaseModel):
    """An OpenAI-compatible language model server."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$", description="Clients name it by this.")
    name: str = Field(description="What people call it.")
    base_url: WebAddress = Field(description="Its address, up to and with /v1.")
    api_key: HeaderSecret | None = Field(None, description="Its key.")
    models: tuple[str, ...] = Field(min_length=1, description="Its models, the default one first.")
    first_seconds: float = Field(15.0, gt=0, le=_HOUR, description="Seconds until the first piece of an answer.")
    stall_seconds: float = Field(15.0, gt=0, le=_HOUR, description="Seconds between two pieces.")
    total_seconds: float = Field(120.0, gt=0, le=_HOUR, description="Seconds for a whole answer.")
