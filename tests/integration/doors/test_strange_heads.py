"""Heads of requests that no library sends, at every door."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest

from server import resources
from server.app import create_app, serving
from server.config import Settings

SOCKETS = ("/socket.io/?EIO=4&transport=websocket", "/api/realtime/live", "/api/realtime/speaking", "/v1/realtime")
OTHERS = ("/", "/api/auth/me", "/static/js/api.js", "/api/nowhere", "/v1/models", "/socket.io/?EIO=4&transport=polling")
HANDSHAKE = {
    b"Upgrade": b"websocket",
    b"Connection": b"Upgrade",
    b"Sec-WebSocket-Version": b"13",
    b"Sec-WebSocket-Key": b"dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture
async def port(database_url: str, redis_url: str, settings: Settings) -> AsyncIterator[int]:
    """A node as the program serves it."""
    async with resources.opened(settings, database_url=database_url, redis_url=redis_url) as opened:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            async with serving(create_app(opened), listener, 1.0):
                yield listener.getsockname()[1]


async def credential(port: int) -> dict[bytes, bytes]:
    person = {"email": "ana@example.com", "username": "ana", "password": "correct horse"}
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        async with http.post("/api/auth/register", json=person) as response:
            assert response.status == 201
        login = {"username": "ana", "password": "correct horse"}
        async with http.post("/api/auth/login", data=login) as response:
            token = (await response.json())["access_token"]
    return {b"Authorization": f"Bearer {token}".encode()}


async def answered(port: int, path: str, lines: dict[bytes, bytes], method: str = "GET") -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = b"".join(name + b": " + value + b"\r\n" for name, value in lines.items())
    writer.write(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n".encode() + head + b"\r\n")
    try:
        first = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        length = next(int(one.split(b":")[1]) for one in first.split(b"\r\n") if one.lower().startswith(b"content-len"))
        return int(first.split()[1]), await asyncio.wait_for(reader.readexactly(length), 30)
    finally:
        writer.close()


async def test_no_door_takes_a_handshake_in_strange_letters(
    port: int, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    signed_in = HANDSHAKE | await credential(port)
    for path in SOCKETS:
        for name in (*HANDSHAKE, b"Sec-WebSocket-Protocol", b"Sec-WebSocket-Extensions"):
            status, body = await answered(port, path, signed_in | {name: b"\xff\xfe\x80"})
            assert status == 400, (path, name)
            assert b"Traceback" not in body, (path, name)
        status, body = await answered(port, path, signed_in | {b"Sec-WebSocket-Key": "ключ".encode()})
        error = json.loads(body)
        named = error["error"]["code"] if path.startswith("/v1") else error["detail"]["error"]
        assert (status, named) == (400, "invalid_request"), path
    assert not [record for record in caplog.records if record.exc_info]
    assert "request_failed" not in capsys.readouterr().out


async def test_no_socket_agrees_to_compressed_frames(port: int) -> None:
    """A small frame could become a large one, before anybody has signed in."""
    asked = HANDSHAKE | await credential(port)
    asked[b"Sec-WebSocket-Extensions"] = b"permessage-deflate; client_no_context_takeover"
    for path in SOCKETS:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = b"".join(name + b": " + value + b"\r\n" for name, value in asked.items())
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n".encode() + head + b"\r\n")
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        writer.close()
        assert answer.startswith(b"HTTP/1.1 101 "), path
        assert b"sec-websocket-extensions" not in answer.lower(), path


async def test_no_door_meets_an_unknown_expectation(
    port: int, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    doors = [("GET", path) for path in (*SOCKETS, *OTHERS)]
    for method, path in [*doors, ("POST", "/api/auth/login"), ("POST", "/api/realtime/whip"), ("PUT", "/v1/models")]:
        for more in ({}, HANDSHAKE):
            status, body = await answered(port, path, {**more, b"Expect": b"nonsense"}, method)
            assert status == 417 and b"expectation_failed" in body, (method, path)
    assert not [record for record in caplog.records if record.exc_info]
    assert "request_failed" not in capsys.readouterr().out
