"""Waiting for what nobody tells of: it happens on the network, in the database, or in another process."""

import asyncio
from collections.abc import Callable


async def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """TimeoutError when `condition()` is not true by then: late, a machine may give a test no time for a while."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.02)
