"""Where a peer's packets arrive: which UDP ports are bound, and which addresses the answer names."""

import asyncio
import ipaddress
import random
import socket
from collections.abc import Iterable

from aioice.candidate import Candidate, candidate_foundation, candidate_priority
from aioice.ice import Connection, StunProtocol, server_reflexive_candidate
from aioice.turn import UDP_SOCKET_BUFFER_SIZE
from aiortc import RTCPeerConnection

from kit import errors, logs
from realtime.transports.webrtc.peers import Network

_ANNOUNCED_PREFERENCE = 65534  # just before what a STUN server says

_STUN_SECONDS = 5.0
_TRIES = 50

_log = logs.get(__name__)


def apply(network: Network, connection: RTCPeerConnection) -> None:
    """To a connection that has its transports and has not gathered yet. Gathering raises Failure `unavailable` when no
    port is left."""
    if network.ports is None and not network.announced:
        return  # aioice does all that is needed
    transports = {one.receiver.transport.transport for one in connection.getTransceivers()}
    if connection.sctp is not None:
        transports.add(connection.sctp.transport.transport)
    for transport in transports:
        ice = transport.iceGatherer._connection
        ice.get_component_candidates = _Gathering(network, ice).candidates  # type: ignore[assignment,method-assign]


class _Gathering:
    """In place of aioice's own, which binds any free port and knows no other address than the machine's."""

    def __init__(self, network: Network, ice: Connection) -> None:
        self._network = network
        self._ice = ice

    async def candidates(self, component: int, addresses: list[str], _: int = 5) -> list[Candidate]:
        bound = [one for address in addresses if (one := await self._bound(component, address)) is not None]
        if not bound:
            if not self._ice._closing:
                _log.error("ice_ports_used_up", ports=self._network.ports)
            raise errors.unavailable("unavailable", "No UDP port is left for WebRTC. Use the socket.", 5)
        found = [one.local_candidate for one in bound]
        return [
            *found,
            *(other for one in found for other in self._elsewhere(one)),
            *await _reflexive(self._ice, bound),
        ]

    async def _bound(self, component: int, address: str) -> StunProtocol | None:
        """None for an address on which no port can be had."""
        loop = asyncio.get_running_loop()
        for tries, port in enumerate(self._order(), 1):
            if tries % _TRIES == 0:
                await asyncio.sleep(0)  # a bind that fails waits for nothing, and the range may be long
            try:
                transport, protocol = await loop.create_datagram_endpoint(
                    lambda: StunProtocol(self._ice), local_addr=(address, port)
                )
            except OSError:
                continue  # another peer has it
            if self._ice._closing:  # meanwhile: nothing would give the port back
                transport.close()
                return None
            self._ice._protocols.append(protocol)  # at once: the peer may be given up before the next address
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, UDP_SOCKET_BUFFER_SIZE)
            host, used = transport.get_extra_info("sockname")[:2]
            protocol.local_candidate = _candidate(component, "host", host, used)
            return protocol
        return None

    def _order(self) -> Iterable[int]:
        """From a random port on: the peers of several processes share the range."""
        if self._network.ports is None:
            return [0]
        first, last = self._network.ports
        start = random.randint(first, last)
        return [*range(start, last + 1), *range(first, start)]

    def _elsewhere(self, own: Candidate) -> Iterable[Candidate]:
        """The same port at each public address of the same version."""
        here = ipaddress.ip_address(own.host)
        for one in self._network.announced:
            if ipaddress.ip_address(one).version == here.version and one != own.host:
                yield _candidate(own.component, "srflx", one, own.port, own)


def _candidate(component: int, kind: str, host: str, port: int, base: Candidate | None = None) -> Candidate:
    return Candidate(
        foundation=candidate_foundation(kind, "udp", base.host if base else host),
        component=component,
        transport="udp",
        priority=candidate_priority(component, kind, 65535 if base is None else _ANNOUNCED_PREFERENCE),
        host=host,
        port=port,
        type=kind,
        related_address=base.host if base else None,
        related_port=base.port if base else None,
    )


async def _reflexive(ice: Connection, bound: list[StunProtocol]) -> list[Candidate]:
    """What the STUN server says; nothing when it does not answer."""
    if ice.stun_server is None:
        return []
    ours = [one for one in bound if ipaddress.ip_address(one.local_candidate.host).version == 4]
    asked = [server_reflexive_candidate(one, ice.stun_server) for one in ours]
    answers = await asyncio.gather(*(asyncio.wait_for(one, _STUN_SECONDS) for one in asked), return_exceptions=True)
    return [answer[0] for answer in answers if not isinstance(answer, BaseException)]
