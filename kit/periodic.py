"""Housekeeping: small things done again and again for as long as the node runs."""

import asyncio
from collections.abc import Awaitable, Callable

from kit import logs
from kit.tasks import Tasks

_log = logs.get(__name__)

Act = Callable[[], Awaitable[None]]


def starter(tasks: Tasks, name: str, seconds: float, act: Act) -> Act:
    """A start hook: runs `act` now and every `seconds` after. One failed round is logged and does not stop the next."""

    async def loop() -> None:
        while True:
            try:
                await act()
            except Exception as error:  # whatever it was, the next round must come
                _log.warning("housekeeping_failed", task=name, error=f"{type(error).__name__}: {error}")
            await asyncio.sleep(seconds)

    async def start() -> None:
        tasks.spawn(loop(), name=name)

    return start
