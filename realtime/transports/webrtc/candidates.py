"""Which of a client's candidates get packets from us.

A candidate is an address chosen by the client: packets to it leave our network on behalf of a stranger. So only public
addresses count, and private ones if the operator allows them. Nothing is lost: a client that speaks full ICE sends
checks to our candidates itself, and we answer where they came from, whatever the address is. That is how the machine
itself and a school's network work without a setting.
"""

import ipaddress
import re

from aiortc import RTCIceCandidate

from kit import errors, public_addresses

MOST = 32
"""Candidates of one client that are used, those of its offer and those that come later together."""

_NUMBER = re.compile(r"[0-9]{1,10}")
_FOUNDATION = re.compile(r"[A-Za-z0-9+/]{1,32}")
_TYPES = frozenset({"host", "srflx", "relay"})
_WEB = frozenset({80, 443})
# Browsers send nothing to the other ports below 1024 either (libwebrtc, `VerifyCandidate`).
_LEAST_PORT = 1024
_PRIVATE = tuple(
    map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"))
)
_METADATA = ipaddress.ip_address("fd00:ec2::254"), ipaddress.ip_address("100.100.100.200")


class Candidates:
    """Those of one client. `private` lets addresses of private networks in."""

    def __init__(self, *, private: bool = False) -> None:
        self._private = private
        self._taken = 0

    def take(self, text: str) -> RTCIceCandidate | None:
        """The candidate of a line, without its name; None for one that is not for us: another transport or component,
        a name instead of an address, an address that we do not send to, one too many.

        Failure `invalid_request` for what is no candidate.
        """
        parts = text.split()
        if len(parts) < 8 or parts[6] != "typ" or not all(_NUMBER.fullmatch(parts[i]) for i in (1, 3, 5)):
            raise errors.invalid("The candidate cannot be used.", [("/candidate", "an ICE candidate")])
        foundation, component, transport, priority, host, port, _, kind = parts[:8]
        if component != "1" or transport.lower() != "udp" or kind not in _TYPES or self._taken >= MOST:
            return None
        if not _FOUNDATION.fullmatch(foundation) or not sends_to(host, int(port), private=self._private):
            return None
        self._taken += 1
        return RTCIceCandidate(
            component=1,
            foundation=foundation,
            ip=host,
            port=int(port),
            priority=min(int(priority), 0xFFFF_FFFF),
            protocol="udp",
            type=kind,
        )


def sends_to(host: str, port: int, *, private: bool = False) -> bool:
    """Whether packets may go there because a client asked for it. Names are not looked up, `.local` ones neither."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    if "%" in host:  # an interface of ours
        return False
    if not (_LEAST_PORT <= port <= 0xFFFF or port in _WEB):
        return False
    if any(address in network for network in _PRIVATE):
        return private and address not in _METADATA
    return public_addresses.is_public(address)
