"""The files of deploy/ in real proxies with TLS: REST, streams, WebSocket and Socket.IO through them."""

import asyncio
import io
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import socketio
from aiohttp import web
from aiohttp.test_utils import TestServer

from server.config import Settings
from tests.support import calls, node, proxies
from tests.support.node import Parley
from tests.support.ports import free_port

PROXIES = [
    pytest.param(name, marks=pytest.mark.skipif(not proxies.has(name), reason=f"{name} is not installed"))
    for name in ("nginx", "caddy")
]


@pytest.fixture(params=PROXIES)
async def proxied(
    request: pytest.FixtureRequest, settings: Settings, database_url: str, redis_url: str, tmp_path: Path
) -> AsyncIterator[Parley]:
    """A node as it is seen from outside."""
    port = free_port()
    own = {"public_url": f"https://localhost:{port}", "trusted_proxies": ("127.0.0.1",)}
    async with (
        node.running(settings.model_copy(update=own), database_url, redis_url) as inside,
        proxies.running(request.param, tmp_path, port, inside.client.port or 0) as tls,
        aiohttp.ClientSession(f"https://localhost:{port}", connector=aiohttp.TCPConnector(ssl=tls)) as session,
    ):
        yield Parley(session, inside.resources)  # type: ignore[arg-type]


async def test_every_door_opens_through_the_proxy(proxied: Parley) -> None:
    account = await proxied.account()
    async with proxied.client.get("/api/health") as response:
        assert response.headers["Strict-Transport-Security"] and response.headers["X-Request-Id"]
    async with proxied.client.get("/metrics") as response:
        assert response.status == 404
    body = {"message": "I have 20 years.", "stream": True}
    async with proxied.client.post("/api/ai/generate", json=body, headers=account.headers) as response:
        assert (response.status, response.content_type) == (200, "text/event-stream")
        assert "event: done" in await response.text()
    large = io.BytesIO(b'{"message": "' + b"x" * 3_000_000 + b'"}')
    headers = {**account.headers, "Content-Type": "application/json"}
    async with proxied.client.post("/api/ai/generate", data=large, headers=headers) as response:
        assert (response.status, response.content_type) == (413, "application/json"), "the proxy answered"

    ticket = {"token": account.access_token}
    origin = str(proxied.resources.settings.public_url)
    socket = calls.Socket(await proxied.client.ws_connect("/api/realtime/speaking", headers={"Origin": origin}))
    await socket.socket.send_json({"event": "auth", "data": ticket})
    assert (await socket.ask("speaking.start", {}))["session_id"]
    await socket.socket.close()
    http = aiohttp.ClientSession(connector=proxied.client.connector, connector_owner=False)  # type: ignore[attr-defined]
    client = socketio.AsyncClient(http_session=http, reconnection=False)
    line = {"transports": ["websocket"], "headers": {"Origin": origin}}
    await client.connect(origin, namespaces=["/speaking"], auth=ticket, wait_timeout=60, **line)
    assert client.namespaces.keys() == {"/speaking"}
    await client.disconnect()
    await http.close()


@pytest.mark.parametrize("name", PROXIES)
async def test_words_come_through_while_the_answer_is_still_made(name: str, tmp_path: Path) -> None:
    seen = asyncio.Event()

    async def stream(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"data: first\n\n")
        await seen.wait()
        await response.write(b"data: last\n\n")
        return response

    async def healthy(_request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_post("/stream", stream)
    app.router.add_get("/api/health", healthy)
    port = free_port()
    async with (
        TestServer(app) as upstream,
        proxies.running(name, tmp_path, port, upstream.port or 0) as tls,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=tls)) as session,
        session.post(f"https://localhost:{port}/stream") as response,
    ):
        assert await asyncio.wait_for(response.content.readuntil(b"\n\n"), 20) == b"data: first\n\n"
        seen.set()
        assert await response.content.read() == b"data: last\n\n"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_the_unit_is_sound(tmp_path: Path) -> None:
    unit = tmp_path / "parley.service"
    # The check wants programs that are there.
    unit.write_text(
        (proxies.DEPLOY / "parley.service").read_text().replace("/usr/bin/python3", shutil.which("sh") or "")
    )
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    # 1.9 of 10, as docs/deploy.md says: 0 has no network at all.
    line = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager"]
    exposed = subprocess.run([*line, proxies.DEPLOY / "parley.service"], capture_output=True, text=True, check=False)
    assert exposed.returncode == 0, exposed.stdout[-200:]
