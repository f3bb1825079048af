"""What an API key may do, and from which addresses."""

import ipaddress
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from api.api_keys.models import ApiKey

PREFIX = "xntr-"
SECRET_BYTES = 64
"""Of randomness: 86 characters of unpadded base64url."""

ADMIN_SCOPE = "api:admin"

_USE_NOTED_EVERY = timedelta(minutes=1)


def effective_scopes(scopes: Iterable[str], creator_role: Literal["user", "admin"]) -> frozenset[str]:
    """The scopes of the key today: never more than its creator may use."""
    held = frozenset(scopes)
    return held if creator_role == "admin" else held - {ADMIN_SCOPE}


def address_allowed(address: str, allowed: Iterable[str]) -> bool:
    """Whether `address` is in one of the addresses and CIDR blocks; an empty list allows all."""
    networks = list(allowed)
    if not networks:
        return True
    try:
        parsed: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed in ipaddress.ip_network(network) for network in networks)


def expired(key: ApiKey, now: datetime) -> bool:
    """Whether the key's own end has come."""
    return key.expires_at is not None and key.expires_at <= now


def use_is_news(key: ApiKey, now: datetime) -> bool:
    """Whether the last use is old enough to be stored again, so that not every request is a write."""
    return key.last_used_at is None or now - key.last_used_at >= _USE_NOTED_EVERY
