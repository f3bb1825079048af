"""Stops long work when its client disconnects."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from kit import errors

_LOOK_SECONDS = 0.5


@asynccontextmanager
async def while_connected(request: web.Request) -> AsyncIterator[None]:
    """Cancels the block when the client has gone. Failure `client_gone`, which the client no longer reads."""
    loop = asyncio.get_running_loop()
    gone = False
    again: asyncio.TimerHandle | None = None

    def look() -> None:
        nonlocal gone, again
        if request.transport is None or request.transport.is_closing():
            gone = True
            scope.reschedule(loop.time())
        else:
            again = loop.call_later(_LOOK_SECONDS, look)

    try:
        async with asyncio.timeout(None) as scope:
            look()
            yield
    except TimeoutError as error:
        if gone:
            raise errors.invalid("The client has gone.", code="client_gone") from error
        raise
    finally:
        if again is not None:
            again.cancel()
