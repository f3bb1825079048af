"""`run.py doctor --url`: what it says of a way that works, and of proxies that spoil one thing each."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from server.bootstrap.terminal import Stop
from server.cli import outside
from server.cli.doctor import BROKEN, OK, OPTIONAL, CheckResult
from server.config import Settings
from tests.support import node, proxies, turn
from tests.support.node import Parley
from tests.support.ports import free_port

pytestmark = pytest.mark.skipif(not proxies.has("nginx"), reason="nginx is not installed")
PORT = free_port()


@pytest.fixture
async def inside(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    own = {"public_url": f"https://localhost:{PORT}", "trusted_proxies": ("127.0.0.1",)}
    async with node.running(settings.model_copy(update=own), database_url, redis_url) as parley:
        yield parley


async def examined(parley: Parley, folder: Path, spoilt: dict[str, str] | None = None) -> dict[str, CheckResult]:
    async with proxies.running("nginx", folder, PORT, parley.client.port or 0, spoilt) as tls:
        return dict(await asyncio.to_thread(outside.examined, f"https://localhost:{PORT}", tls))


async def verdicts(parley: Parley, folder: Path, spoilt: dict[str, str] | None = None) -> dict[str, str]:
    return {name: one.state for name, one in (await examined(parley, folder, spoilt)).items()}


async def test_the_way_through_our_own_file_is_sound(inside: Parley, tmp_path: Path) -> None:
    found = await verdicts(inside, tmp_path)
    assert found.pop("TURN") == OPTIONAL, "none is configured"
    assert set(found.values()) == {OK} and len(found) == 7, found


async def test_each_fault_of_a_proxy_is_found(inside: Parley, tmp_path: Path) -> None:
    spoilt = {
        "client_max_body_size 32m;": "client_max_body_size 1m;",
        "proxy_buffering off;": "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering; postpone_output 1460;",
        "proxy_set_header Upgrade $http_upgrade;": "",
        "location = /metrics {": "location = /other {",
    }
    found = await verdicts(inside, tmp_path, spoilt)
    assert found.pop("Metrics") == found.pop("TURN") == OPTIONAL
    broken = {name for name, state in found.items() if state == BROKEN}
    assert broken == {"WebSocket", "Socket.IO", "Streams", "Large bodies"}, found


async def test_a_server_that_does_not_know_its_address_refuses_its_pages(
    settings: Settings, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    lost = {"Host $http_host;": "Host parley;"}  # X-Forwarded-Host, too
    async with node.running(settings, database_url, redis_url) as parley:
        found = await examined(parley, tmp_path, lost)
    assert found["Server"].state == OPTIONAL and "PARLEY_PUBLIC_URL" in found["Server"].text
    for door in ("WebSocket", "Socket.IO"):
        assert found[door].state == BROKEN and "are refused" in found[door].text, found


async def test_a_certificate_that_nobody_trusts_and_no_server_are_told(inside: Parley, tmp_path: Path) -> None:
    async with proxies.running("nginx", tmp_path, PORT, inside.client.port or 0):
        untrusted = dict(await asyncio.to_thread(outside.examined, f"https://localhost:{PORT}"))
    assert untrusted["Server"].state == BROKEN and "certificate" in untrusted["Server"].text
    nobody = dict(await asyncio.to_thread(outside.examined, f"http://127.0.0.1:{PORT}"))
    assert nobody["Server"].state == BROKEN and nobody["Microphone"].state == OPTIONAL


def test_a_page_without_tls_has_no_microphone() -> None:
    assert outside.microphone("http", "parley.example").state == BROKEN
    with pytest.raises(Stop, match="--url"):
        outside.examined("parley.example")


@turn.needed
async def test_a_relay_is_tried_with_what_a_guest_is_given(
    settings: Settings, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    own = {"public_url": f"https://localhost:{PORT}", "trusted_proxies": ("127.0.0.1",)}
    found = []
    async with turn.running(tmp_path) as relay:
        addresses = (f"turn:127.0.0.1:{relay}", f"turn:localhost:{relay}?transport=tcp")
        for secret in (turn.SECRET, "another one"):
            more = {"ice_servers": addresses, "turn_secret": SecretStr(secret)}
            async with node.running(settings.model_copy(update=own | more), database_url, redis_url) as parley:
                found.append((await examined(parley, tmp_path))["TURN"])
                async with parley.resources.database.connection() as cx:
                    assert await cx.fetchval("select count(*) from users") == 0, "the guest has gone"
    assert found[0].state == OK and all(one in found[0].text for one in addresses), found
    assert found[1].state == BROKEN and "PARLEY_TURN_SECRET" in found[1].text


async def test_a_relay_that_is_not_there_and_no_guests_are_told(
    settings: Settings, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    own = {"public_url": f"https://localhost:{PORT}", "trusted_proxies": ("127.0.0.1",)}
    gone = {
        "ice_servers": (f"turn:127.0.0.1:{free_port(socket.SOCK_DGRAM)}?transport=tcp",),
        "turn_secret": SecretStr("s"),
    }
    async with node.running(settings.model_copy(update=own | gone), database_url, redis_url) as parley:
        account = await parley.account()
        async with proxies.running("nginx", tmp_path, PORT, parley.client.port or 0) as tls:
            url = f"https://localhost:{PORT}"
            found = dict(await asyncio.to_thread(outside.examined, url, tls, account.access_token))
        assert found["TURN"].state == BROKEN and "by TCP" in found["TURN"].text
        async with parley.resources.database.transaction() as tx:
            await tx.execute("insert into entrance (guests, changed_at) values (false, now())")
        assert (await examined(parley, tmp_path))["TURN"].state == OPTIONAL
