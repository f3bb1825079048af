"""Whose address a request came from, behind proxies that we trust and no others."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class TrustedProxies:
    """`networks`: addresses or CIDR blocks of proxies whose X-Forwarded-For is believed. ValueError when malformed."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks: tuple[Network, ...] = tuple(ipaddress.ip_network(text, strict=False) for text in networks)

    def client(self, request: web.Request) -> str:
        """The nearest address that is not a trusted proxy; "unknown" for a unix socket."""
        nearest = request.remote or "unknown"
        if not self._networks or not self._trusts(nearest):
            return nearest
        forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        for address in reversed([part for part in forwarded if part]):
            if not self._trusts(address):
                return address if _is_address(address) else nearest
        return nearest

    def _trusts(self, text: str) -> bool:
        if not _is_address(text):
            return False
        address = ipaddress.ip_address(text)
        return any(address in network for network in self._networks)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
