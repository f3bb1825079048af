"""Credentials for relays, tried on coturn itself; skipped where there is none (Debian: `coturn`)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aioice.stun import TransactionFailed
from aioice.turn import TurnTransport, create_turn_endpoint
from pydantic import SecretStr

from realtime.transports.webrtc import ice
from tests.support import turn
from tests.support.node import running
from tests.support.turn import SECRET

pytestmark = turn.needed


@dataclass
class Relay:
    port: int

    @property
    def url(self) -> str:
        return f"turn:127.0.0.1:{self.port}?transport=udp"


@pytest.fixture
async def relay(tmp_path: Path) -> AsyncIterator[Relay]:
    async with turn.running(tmp_path) as port:
        yield Relay(port)


class Received(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.packets: asyncio.Queue[tuple[bytes, Any]] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self.packets.put_nowait((data, addr))


async def _allocated(relay: Relay, server: dict[str, Any]) -> tuple[TurnTransport, Received]:
    """An allocation on the relay. TransactionFailed when it refuses the credentials."""
    async with asyncio.timeout(60):
        return await create_turn_endpoint(
            Received, ("127.0.0.1", relay.port), server["username"], server["credential"], transport="udp"
        )


async def _told(relay: Relay, settings: Any, database_url: str, redis_url: str) -> dict[str, Any]:
    """What a learner is given by `POST /api/live/session/start`."""
    configured = settings.model_copy(update={"ice_servers": (relay.url,), "turn_secret": SecretStr(SECRET)})
    async with running(configured, database_url, redis_url) as parley:
        headers = (await parley.account()).headers
        body = {"session_type": "voice"}
        async with parley.client.post("/api/live/session/start", json=body, headers=headers) as response:
            (server,) = (await response.json())["realtime"]["ice_servers"]
    assert server["urls"] == [relay.url]
    return dict(server)


async def test_a_learners_credentials_open_a_relay_that_carries_sound_both_ways(
    relay: Relay, settings: Any, database_url: str, redis_url: str
) -> None:
    near, at_near = await _allocated(relay, await _told(relay, settings, database_url, redis_url))
    loop = asyncio.get_running_loop()
    far, at_far = await loop.create_datagram_endpoint(Received, local_addr=("127.0.0.1", 0))
    try:
        near.sendto(b"from the learner", far.get_extra_info("sockname"))
        data, through = await asyncio.wait_for(at_far.packets.get(), 60)
        assert data == b"from the learner"
        assert through == near.get_extra_info("sockname") and through[1] != relay.port
        far.sendto(b"from the server", through)
        assert (await asyncio.wait_for(at_near.packets.get(), 60))[0] == b"from the server"
    finally:
        far.close()
        near.close()
        await asyncio.sleep(0.2)  # the allocation is given back


def _server(relay: Relay, secret: str, at: datetime) -> dict[str, Any]:
    (server,) = ice.servers(ice.IceSettings((relay.url,), secret), "learner", at)
    return server


async def test_credentials_that_have_expired_are_refused(relay: Relay) -> None:
    now = datetime.now(UTC)
    lasting, _ = await _allocated(relay, _server(relay, SECRET, now - timedelta(minutes=119)))
    lasting.close()
    with pytest.raises(TransactionFailed, match="401"):
        await _allocated(relay, _server(relay, SECRET, now - timedelta(minutes=121)))
    await asyncio.sleep(0.2)


async def test_credentials_of_another_secret_or_for_another_user_are_refused(relay: Relay) -> None:
    now = datetime.now(UTC)
    with pytest.raises(TransactionFailed, match="401"):
        await _allocated(relay, _server(relay, "another secret", now))
    borrowed = _server(relay, SECRET, now)
    borrowed["username"] = borrowed["username"].replace("learner", "somebody")
    with pytest.raises(TransactionFailed, match="401"):
        await _allocated(relay, borrowed)
