"""UDP ports and public addresses of peers: `PARLEY_ICE_PORTS`, `PARLEY_ICE_ADDRESSES`."""

import re
import socket
from typing import Any

import pytest

from kit.clock import SystemClock
from kit.errors import Failure
from kit.storable import JsonObject
from kit.tasks import Tasks
from realtime.transports.webrtc.media_processes import MediaProcesses
from realtime.transports.webrtc.peer import Peer
from realtime.transports.webrtc.peers import Network
from tests.integration.rtc.test_peer import Client
from tests.support.waiting import until

_CANDIDATE = re.compile(r"a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ (\S+)(?: raddr (\S+) rport (\d+))?")


async def _nothing(_name: str, _data: Any) -> JsonObject:
    return {"ok": True}


def _peer(tasks: Tasks, network: Network) -> Peer:
    given: dict[str, Any] = {"voice_rate": 24_000, "ice_servers": [], "network": network}
    return Peer(lambda _: None, _nothing, lambda _: None, tasks, SystemClock(), **given)


def _candidates(answer: str) -> list[tuple[str, int, str, str | None, str | None]]:
    return sorted({(m[1], int(m[2]), m[3], m[4], m[5]) for m in _CANDIDATE.finditer(answer)})


def _free_range(count: int) -> tuple[int, int]:
    """Ports in a row that are free now."""
    for first in range(40_000, 60_000, count):
        bound = []
        try:
            for port in range(first, first + count):
                bound.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                bound[-1].bind(("", port))
        except OSError:
            continue
        finally:
            for one in bound:
                one.close()
        return first, first + count - 1
    raise AssertionError("no ports are free")


async def test_peers_keep_to_the_ports_and_the_one_too_many_is_refused() -> None:
    tasks, ports = Tasks(), _free_range(2)
    peers = [_peer(tasks, Network(ports=ports)) for _ in range(3)]
    clients = [Client() for _ in peers]
    try:
        used = []
        for peer, client in zip(peers[:2], clients, strict=False):
            answer = await peer.answer(await client.offer())
            await client.accept(answer)
            used.append({port for _, port, *_ in _candidates(answer)})
        assert set.union(*used) == set(ports) and not used[0] & used[1]
        await until(lambda: all(client.connection.connectionState == "connected" for client in clients[:2]))
        with pytest.raises(Failure) as refused:
            await peers[2].answer(await clients[2].offer())
        assert refused.value.code == "unavailable"
        await peers[0].close()
        peers.append(_peer(tasks, Network(ports=ports)))
        again = await peers[-1].answer(await clients[2].offer())
        assert {port for _, port, *_ in _candidates(again)} == used[0]
    finally:
        for client in clients:
            await client.connection.close()
        for peer in peers:
            await peer.close()
        await tasks.close()


async def test_the_answer_names_the_public_address_with_the_same_port() -> None:
    tasks, client = Tasks(), Client()
    peer = _peer(tasks, Network(announced=("203.0.113.7", "2001:db8::7")))
    try:
        found = _candidates(await peer.answer(await client.offer()))
    finally:
        await client.connection.close()
        await peer.close()
        await tasks.close()
    own = [(host, port) for host, port, kind, *_ in found if kind == "host"]
    public = {"4": "203.0.113.7", "6": "2001:db8::7"}
    wanted = {(public["6" if ":" in host else "4"], port, "srflx", host, str(port)) for host, port in own}
    assert own and {one for one in found if one[2] == "srflx"} == wanted


async def test_a_media_worker_keeps_to_them_too() -> None:
    tasks, client, ports = Tasks(), Client(), _free_range(1)
    network = Network(ports=ports, announced=("203.0.113.7",))
    workers = MediaProcesses(1, tasks, SystemClock(), list, 24_000, "error", network=network)
    await workers.start()
    try:
        await workers.ready()
        peer = workers.peer(lambda _: None, _nothing, lambda _: None)
        found = _candidates(await peer.answer(await client.offer()))
        assert {port for _, port, *_ in found} == {ports[0]}
        assert "203.0.113.7" in {host for host, *_ in found}
        await peer.close()
    finally:
        await client.connection.close()
        await workers.close()
        await tasks.close()
