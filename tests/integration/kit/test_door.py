"""Connections that do not behave, over plain sockets."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from kit.http import door, front


async def _hello(_request: web.Request) -> web.Response:
    return web.Response(text="hello")


@asynccontextmanager
async def serving(head_seconds: float = 5.0) -> AsyncIterator[int]:
    app = web.Application()
    front.Front().attach(app)
    app.add_routes([web.get("/", _hello)])
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
        raw = await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body


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
            assert await asyncio.wait_for(reader.read(), 10) == b""
        finally:
            dripping.cancel()
            writer.close()
        assert loop.time() - began >= 0.3


async def test_patient_clients_keep_their_connection() -> None:
    async with serving(head_seconds=0.3) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            # In two halves, and with an idle time longer than the patience for a head in between.
            writer.write(b"GET / HTTP/1.1\r\n")
            await asyncio.sleep(0.05)
            writer.write(b"Host: x\r\n\r\n")
            assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.5)
        writer.close()
