"""The shapes of API keys on the wire."""

import ipaddress
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from kit.http.wire import Body, Id, Label, Moment, Page, Scope, View


def _network(text: str) -> str:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise ValueError("not an IP address or CIDR block") from error
    inside = network.network_address.ipv4_mapped if isinstance(network, ipaddress.IPv6Network) else None
    if inside is not None and network.prefixlen >= 96:
        return str(ipaddress.IPv4Network((inside, network.prefixlen - 96)))
    return str(network)


_BYTE = r"(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_BLOCK_V4 = rf"^{_BYTE}(\.{_BYTE}){{3}}/(3[0-2]|[12]?[0-9])$"
_BLOCK_V6 = r"^([0-9a-f]{1,4}:){1,7}:/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$"
_FORMS = [{"format": "ipv4"}, {"format": "ipv6"}, {"pattern": _BLOCK_V4}, {"pattern": _BLOCK_V6}]

Network = Annotated[
    str,
    StringConstraints(min_length=2, max_length=50),
    AfterValidator(_network),
    WithJsonSchema({"anyOf": [{"type": "string", **form} for form in _FORMS]}),
]
KeyName = Annotated[str, StringConstraints(min_length=1, max_length=100), Label]

_KEY = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"
_ORGANIZATION = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f20"
_WHEN = "2026-11-23T19:00:00Z"


class APIKeyCreateRequest(Body):
    name: KeyName = Field(description="A name that tells keys apart.", examples=["Course importer"])
    scopes: list[Scope] = Field(
        min_length=1, max_length=50, description="What the key opens.", examples=[["live:read", "live:write"]]
    )
    organization_id: Id | None = Field(None, description="Binds the key to it.", examples=[_ORGANIZATION])
    allowed_ips: list[Network] = Field(
        [], max_length=100, description="IP addresses or CIDR blocks; empty allows all.", examples=[["203.0.113.0/24"]]
    )
    expires_at: Moment | None = Field(None, description="When the key expires.", examples=["2030-01-01T00:00:00Z"])


class APIKeyResponse(View):
    id: Id = Field(description="The key's id.", examples=[_KEY])
    name: str = Field(description="The name of the key.", examples=["Course importer"])
    prefix: str = Field(description="How the key begins.", examples=["xntr-Zk3vQ9aB"])
    scopes: list[str] = Field(description="What the key opens.", examples=[["live:read"]])
    organization_id: Id | None = Field(description="The organization it acts in.", examples=[_ORGANIZATION])
    allowed_ips: list[str] = Field(
        description="The addresses from which it may be used.", examples=[["203.0.113.0/24"]]
    )
    expires_at: datetime | None = Field(description="When it expires.", examples=["2030-01-01T00:00:00Z"])
    last_used_at: datetime | None = Field(description="Its last use, to the minute.", examples=[_WHEN])
    created_at: datetime = Field(description="When it was made.", examples=[_WHEN])
    key: str | None = Field(
        None, description="The key itself, once: in the answer to its creation.", examples=["xntr-Zk3v…"]
    )


class APIKeyList(Page[APIKeyResponse]):
    """The caller's keys, the newest first."""
