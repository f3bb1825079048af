"""Server-sent events (WHATWG HTML, section 9.2) with heartbeats, so that proxies and phones keep the connection
open."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import orjson
from aiohttp import web

Stream = web.StreamResponse
"""What a handler that streams returns."""

_HEARTBEAT_SECONDS = 15.0


async def send_events(
    request: web.Request,
    events: AsyncGenerator[tuple[str | None, object], None],
    *,
    heartbeat: float = _HEARTBEAT_SECONDS,
) -> web.StreamResponse:
    """Send (event name, JSON value) pairs as they come; without a name there is only data, and bytes go as they are.
    `events` is closed on every path."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
    response.headers["X-Accel-Buffering"] = "no"
    await response.prepare(request)
    waiting: asyncio.Future[tuple[str | None, object]] | None = None
    try:
        while True:
            waiting = waiting or asyncio.ensure_future(anext(events))
            done, _ = await asyncio.wait({waiting}, timeout=heartbeat)
            if not done:
                await response.write(b": keep-alive\n\n")
                continue
            try:
                name, value = waiting.result()
            except StopAsyncIteration:
                break
            finally:
                waiting = None
            data = value if isinstance(value, bytes) else orjson.dumps(value)
            line = b"" if name is None else b"event: %b\n" % name.encode()
            await response.write(b"%bdata: %b\n\n" % (line, data))
        await response.write_eof()
    except ConnectionResetError:
        pass  # the client has gone; only the cleanup below is left to do
    finally:
        if waiting is not None:
            waiting.cancel()
            with contextlib.suppress(asyncio.CancelledError, StopAsyncIteration):
                await waiting
        await events.aclose()
    return response
