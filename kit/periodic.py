"""Housekeeping: small tasks that run periodically as long as the node does."""

from collections.abc import Awaitable, Callable

from kit.tasks import Tasks

_ROUND_SECONDS = 300.0

Act = Callable[[], Awaitable[None]]


def starter(tasks: Tasks, name: str, seconds: float, act: Act) -> Act:
    """A start hook: runs `act` now and every `seconds` after. After a failure it runs again sooner."""

    async def start() -> None:
        tasks.keep(act, name=name, pause=seconds, needed=False, round_seconds=_ROUND_SECONDS)

    return start
