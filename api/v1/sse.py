"""Streams as that API sends them: lines of data, and an error among them once the status has gone out."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from aiohttp import web

from kit import errors, logs
from kit.http import failures, streams, v1

DONE = b"[DONE]"
"""Closes the stream of a chat completion."""

_log = logs.get(__name__)

Events = AsyncGenerator[object, None]


async def send(request: web.Request, events: Events) -> streams.Stream:
    """A Failure before the first event is an ordinary answer. `events` is closed on every path."""
    async with aclosing(events):
        first = await anext(events)
        return await streams.send_events(request, _unnamed(first, events))


async def _unnamed(first: object, rest: Events) -> AsyncGenerator[tuple[None, object], None]:
    yield None, first
    try:
        async for event in rest:
            yield None, event
    except Exception as error:
        if not isinstance(error, errors.Failure):
            _log.exception("stream_failed")
        failure = errors.of(error)
        yield None, {"error": v1.error(failure, failures.STATUS[failure.kind])}
