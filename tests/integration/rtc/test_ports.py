"""UDP ports and public addresses of peers: `PARLEY_ICE_PORTS`, `PARLEY_ICE_ADDRESSES`."""

import asyncio
import contextlib
import re
import socket
from pathlib import Path
from typing import Any

import pytest
from aioice.ice import Connection

from kit.clock import SystemClock
from kit.errors import Failure
from kit.storable import JsonObject
from kit.tasks import Tasks
from realtime.transports.webrtc.gathering import _Gathering
from realtime.transports.webrtc.media_processes import MediaProcesses
from realtime.transports.webrtc.peer import Peer
from realtime.transports.webrtc.peers import Network, PeerSettings, PeerTerms, Reports
from tests.integration.rtc.test_peer import Client
from tests.support.waiting import until

_CANDIDATE = re.compile(r"a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ (\S+)(?: raddr (\S+) rport (\d+))?")


async def _nothing(_name: str, _data: Any) -> JsonObject:
    return {"ok": True}


def _peer(tasks: Tasks, network: Network) -> Peer:
    reports = Reports(lambda _: None, _nothing, lambda _: None)
    return Peer(reports, tasks, SystemClock(), PeerTerms(24_000, network=network))


def _candidates(answer: str) -> list[tuple[str, int, str, str | None, str | None]]:
    return sorted({(m[1], int(m[2]), m[3], m[4], m[5]) for m in _CANDIDATE.finditer(answer)})


def _free_range(count: int) -> tuple[int, int]:
    """Ports in a row that are free now, of those that systems do not give to sockets by themselves."""
    for first in range(20_000, 30_000, count):
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


def _open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


async def test_peers_keep_to_the_ports_and_the_one_too_many_is_refused() -> None:
    tasks, ports = Tasks(), _free_range(2)
    peers = [_peer(tasks, Network(ports=ports)) for _ in range(3)]
    clients = [Client() for _ in peers]
    try:
        used = []
        for peer, client in zip(peers[:2], clients, strict=False):
            answer = await peer.answer(await client.offer())
            await client.accept(answer)
            used.append({(address, port) for address, port, *_ in _candidates(answer)})  # one for each address
        assert {port for _, port in set.union(*used)} == set(ports) and not used[0] & used[1]
        await until(lambda: all(client.connection.connectionState == "connected" for client in clients[:2]))
        with pytest.raises(Failure) as refused:
            await peers[2].answer(await clients[2].offer())
        assert refused.value.code == "unavailable"
        await peers[0].close()
        peers.append(_peer(tasks, Network(ports=ports)))
        again = await peers[-1].answer(await clients[2].offer())
        assert {(address, port) for address, port, *_ in _candidates(again)} == used[0]
    finally:
        for client in clients:
            await client.connection.close()
        for peer in peers:
            await peer.close()
        await tasks.close()


async def test_a_peer_that_is_given_up_while_it_gathers_gives_its_ports_back() -> None:
    """Wherever that happens: between two addresses, too."""
    network, addresses = Network(announced=("203.0.113.7",)), ["127.0.0.1", "127.0.0.2", "127.0.0.3"]
    before = _open_files()
    for steps in range(24):
        ice = Connection(ice_controlling=False)
        gathering = asyncio.ensure_future(_Gathering(network, ice).candidates(1, addresses))
        for _ in range(steps // 2):
            await asyncio.sleep(0)
        if steps % 2:
            gathering.cancel()
        await ice.close()
        await asyncio.gather(gathering, return_exceptions=True)
    await until(lambda: _open_files() <= before)


async def test_a_long_range_that_is_used_up_does_not_hold_up_the_others() -> None:
    first, last = _free_range(300)
    with contextlib.ExitStack() as taken:
        for port in range(first, last + 1):
            with contextlib.suppress(OSError):  # another has it meanwhile
                taken.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)).bind(("127.0.0.1", port))
        ice, turns = Connection(ice_controlling=False), 0
        gathering = asyncio.ensure_future(_Gathering(Network(ports=(first, last)), ice).candidates(1, ["127.0.0.1"]))
        while not gathering.done():
            await asyncio.sleep(0)
            turns += 1
        assert isinstance(gathering.exception(), Failure) and turns > 5
        await ice.close()


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
    workers = MediaProcesses(1, tasks, SystemClock(), PeerSettings(24_000, network=network), "error")
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
