"""Which addresses a stranger may have us send to: public ones. Everything else may lead into the operator's network, to
this machine, or to a service that answers by trust."""

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_UNICAST = ipaddress.ip_network("2000::/3")
# They have an IPv4 address inside, or lead to one: Teredo, and 6to4 with its relays.
_TUNNELS = tuple(map(ipaddress.ip_network, ("2001::/32", "2002::/16", "192.88.99.0/24")))
# Public by their numbers, services of a cloud by their use: Azure's agent, and metadata among IETF's assignments.
_TRUSTED_BY_CLOUDS = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24")))


def is_public(address: Address) -> bool:
    """Whether it is one of the Internet's. An IPv4 address inside an IPv6 one is not: nobody needs it."""
    if any(address in network for network in (*_TUNNELS, *_TRUSTED_BY_CLOUDS)) or (
        address.version == 6 and address not in _UNICAST
    ):
        return False
    return address.is_global and not address.is_multicast


def is_allowed(text: str, networks: Iterable[Network]) -> bool:
    """Whether an address as a resolver writes it is public, or in one of `networks`."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return any(address.ipv4_mapped in network for network in networks)
    return is_public(address) or any(address in network for network in networks)
