"""Connections that do not behave, over plain sockets."""

import asyncio
import contextlib
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.compression_utils import ZLibDecompressor

from kit import errors
from kit.http import door, front


async def _hello(_request: web.Request) -> web.Response:
    return web.Response(text="hello")


async def _echo(request: web.Request) -> web.Response:
    return web.Response(body=await request.read())


async def _socket(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.close()
    return socket


@asynccontextmanager
async def serving(*more: web.RouteDef, head_seconds: float = 5.0) -> AsyncIterator[int]:
    app = web.Application()
    front.Front().attach(app)
    app.add_routes(
        [web.get("/", _hello), web.post("/echo", _echo), web.get("/socket", _socket), web.post("/unread", _unread)]
    )
    app.add_routes(more)
    runner = door.Runner(app, head_seconds=head_seconds, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def exchange(port: int, sent: bytes) -> tuple[int, dict[str, str], bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    try:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        first, *lines = head.decode().strip().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        body = await asyncio.wait_for(reader.readexactly(int(headers["Content-Length"])), 30)
    finally:
        writer.close()
    return int(first.split()[1]), headers, body


async def _unread(request: web.Request) -> web.Response:
    raise errors.too_large("This is too large.")


def _packed(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(b" " * 2**20) for _ in range(mebibytes)), packer.flush()])


@pytest.mark.parametrize("address", ["/unread", "/echo", "/nowhere"])
async def test_a_body_that_is_compressed_is_refused_and_never_unpacked(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[int] = []
    monkeypatch.setattr(ZLibDecompressor, "decompress_sync", lambda _self, data, *_rest: unpacked.append(len(data)))
    body = _packed(300)
    head = f"POST {address} HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    async with serving() as port:
        status, _, told = await exchange(port, head.encode() + body)
        assert (status, json.loads(told)["detail"]["error"]) == (415, "unsupported_media_type"), told
        status, _, told = await exchange(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (status, told) == (200, b"hello") and not unpacked
        as_it_is = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: identity\r\nContent-Length: 2\r\n\r\nhi"
        assert (await exchange(port, as_it_is))[::2] == (200, b"hi")


async def test_what_is_no_http_is_answered_like_every_error() -> None:
    broken = [
        b"GET / HTTP/1.1\r\nHost: x\r\nX: \x00\r\n\r\n",
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 9000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"\x16\x03\x01\x02\x00\r\n\r\n",
    ]
    async with serving() as port:
        for sent in broken:
            status, headers, body = await exchange(port, sent)
            answer = json.loads(body)
            assert (status, answer["status"], answer["detail"]["error"]) == (400, 400, "invalid_request"), sent
            assert headers["Content-Type"].startswith("application/json")
            assert headers["X-Request-Id"] == answer["request_id"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert b"Traceback" not in body and b"aaaa" not in body


async def test_a_client_that_hangs_up_before_its_body_is_read_is_no_fault_of_ours(capfd: Any) -> None:
    gone = asyncio.Event()

    async def reading(request: web.Request) -> web.Response:
        try:
            await request.read()
        finally:
            gone.set()
        return web.Response()

    async with serving(web.post("/reading", reading)) as port:
        for length in (100, 2_000_000):
            gone.clear()
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"POST /reading HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\nhello" % length)
            await writer.drain()
            writer.transport.abort()
            await asyncio.wait_for(gone.wait(), 60)
        assert (await exchange(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"))[2] == b"hello"
    printed = "".join(capfd.readouterr())
    assert "request_failed" not in printed and "Traceback" not in printed


async def test_a_slow_head_is_cut_off_however_steadily_it_drips() -> None:
    async with serving(head_seconds=0.4) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n")
        loop = asyncio.get_running_loop()
        began = loop.time()

        async def drip() -> None:
            while True:
                await asyncio.sleep(0.05)
                writer.write(b"X-A: b\r\n")

        dripping = loop.create_task(drip())
        try:
            with contextlib.suppress(ConnectionResetError):  # closed all the same, with a line of ours still unread
                assert await asyncio.wait_for(reader.read(), 60) == b""
        finally:
            dripping.cancel()
            writer.close()
        assert loop.time() - began >= 0.3


async def test_who_takes_nothing_of_an_answer_is_cut_off_and_who_takes_it_slowly_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(door, "TAKEN_SECONDS", 0.4)
    ended: list[str] = []

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(bytes(1 << 18))
        finally:
            ended.append(request.query_string)

    async with serving(web.get("/endless", endless)) as port, asyncio.timeout(60):
        reader, slow = await asyncio.open_connection("127.0.0.1", port)
        _, idle = await asyncio.open_connection("127.0.0.1", port)
        slow.write(b"GET /endless?slow HTTP/1.1\r\nHost: x\r\n\r\n")
        idle.transport.pause_reading()  # type: ignore[attr-defined]
        idle.write(b"GET /endless?idle HTTP/1.1\r\nHost: x\r\n\r\n")
        while not ended:
            await reader.readexactly(1 << 19)
            await asyncio.sleep(0.02)
        assert ended == ["idle"]
        idle.close()
        slow.close()


@pytest.mark.parametrize("piece", [24 << 20, 1 << 18], ids=["in one piece", "in pieces"])
async def test_how_little_a_client_takes_at_a_time_ends_no_download(
    piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "TAKEN_SECONDS", 0.5)
    whole, ended = 24 << 20, asyncio.Event()

    async def recording(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(whole)})
        await response.prepare(request)
        try:
            for _ in range(whole // piece):
                await response.write(bytes(piece))
        finally:
            ended.set()
        return response

    async with serving(web.get("/recording", recording)) as port, asyncio.timeout(60):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /recording HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        for _ in range(30):  # three seconds for the first megabytes, then all the rest
            await reader.readexactly(1 << 17)
            await asyncio.sleep(0.1)
        await reader.readexactly(whole - 30 * (1 << 17))
        ended.clear()
        writer.write(b"GET /recording HTTP/1.1\r\nHost: x\r\n\r\n")
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        await asyncio.wait_for(ended.wait(), 20)  # nothing is taken of the second
        writer.close()


async def test_patient_clients_keep_their_connection() -> None:
    async with serving(head_seconds=2.0) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            # In two halves, and with an idle time longer than the patience for a head in between.
            writer.write(b"GET / HTTP/1.1\r\n")
            await asyncio.sleep(0.05)
            writer.write(b"Host: x\r\n\r\n")
            assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(2.2)
        writer.close()


async def test_an_expectation_that_nobody_meets_is_refused_at_every_address(caplog: pytest.LogCaptureFixture) -> None:
    heads = (b"GET / ", b"POST /echo ", b"GET /socket ", b"GET /nowhere ", b"PUT / ", b"OPTIONS / ", b"GET /v1/none ")
    twice = (b"100-continue, 100-continue", b"100-continue, more", b"100-continue\r\nExpect: more")
    expected = (b"nonsense", b"\xff\xfe", b"200-ok", *twice)
    async with serving() as port:
        for head in heads:
            for value in expected:
                sent = head + b"HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: " + value + b"\r\n\r\n"
                status, headers, body = await exchange(port, sent)
                assert status == 417, sent
                assert b"expectation_failed" in body and "X-Request-Id" in headers, sent
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_client_may_ask_first_whether_to_send() -> None:
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = b"POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n"
        writer.write(head + b"Expect: 100-Continue\r\n\r\n")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100 ")
        writer.write(b"hello")
        assert (await reader.read()).endswith(b"hello")
        writer.close()


@pytest.mark.parametrize("odd", [b"\xff\xfe\x80", "ключ".encode(), b"dGhlIHNhbXBsZSBub25jZQ==\xff"])
@pytest.mark.parametrize("name", [b"Key", b"Protocol", b"Extensions", b"Version", b"Upgrade", b"Connection"])
async def test_a_handshake_in_strange_letters_is_refused(name: bytes, odd: bytes) -> None:
    lines = {
        b"Upgrade": b"websocket",
        b"Connection": b"Upgrade",
        b"Sec-WebSocket-Version": b"13",
        b"Sec-WebSocket-Key": b"dGhlIHNhbXBsZSBub25jZQ==",
    }
    lines[name if name in lines else b"Sec-WebSocket-" + name] = odd
    head = b"".join(one + b": " + value + b"\r\n" for one, value in lines.items())
    async with serving() as port:
        status, _, body = await exchange(port, b"GET /socket HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n")
    assert (status, json.loads(body)["detail"]["error"]) == (400, "invalid_request")
