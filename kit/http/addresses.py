"""The client's address of a request, behind trusted proxies only."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from multidict import istr

from kit import logs

if TYPE_CHECKING:
    from aiohttp import web

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_FORWARDED = (istr("X-Forwarded-For"), istr("Forwarded"), istr("X-Real-IP"))
_log = logs.get(__name__)

_WITH_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](:\d+)?|(?P<v4>[\d.]+):\d+")


class TrustedProxies:
    """`networks`: addresses or CIDR blocks of proxies whose X-Forwarded-For is believed. ValueError when malformed."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks: tuple[Network, ...] = tuple(ipaddress.ip_network(text, strict=False) for text in networks)
        self._told = False

    def client(self, request: web.Request) -> str:
        """The nearest address that is not a trusted proxy; "unknown" for a unix socket."""
        remote = request.remote or ""
        if not self._networks:
            self._tell(request)
            return remote or "unknown"
        nearest = read(remote)
        if nearest is None or not self._trusts(nearest):
            self._tell(request)
        # Some proxies append to the header, others add another one; together they are one list (RFC 9110, 5.3).
        chain = ",".join(request.headers.getall("X-Forwarded-For", ())).split(",")
        for text in reversed(chain):
            if nearest is None or not self._trusts(nearest):
                break
            if not text.strip():
                continue
            # A trusted proxy passed on something that is not an address: the proxy is the last address that we know.
            if (further := read(text.strip())) is None:
                break
            nearest = further
        return str(nearest) if nearest is not None else remote or "unknown"

    def _tell(self, request: web.Request) -> None:
        """Warn once: behind a proxy that is not trusted all clients have its address and share its limits."""
        headers = request.headers
        if self._told or not (_FORWARDED[0] in headers or _FORWARDED[1] in headers or _FORWARDED[2] in headers):
            return
        named = [str(name) for name in _FORWARDED if name in headers]
        self._told = True
        _log.warning(
            "forwarded_headers_ignored",
            peer=request.remote or "unix socket",
            headers=named,
            cure="If this is your proxy, name it in PARLEY_TRUSTED_PROXIES and let it set X-Forwarded-For: until then "
            "all its clients share one rate limit and one sign-in limit. If it is not, the header is forged.",
        )

    def _trusts(self, address: Address) -> bool:
        return any(address in network for network in self._networks)


def read(text: str) -> Address | None:
    """An address as proxies write it, with or without a port; IPv4 inside IPv6 is IPv4. None for anything else."""
    if (found := _WITH_PORT.fullmatch(text)) is not None:
        text = found["v6"] or found["v4"]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address
