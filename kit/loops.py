"""The event loop that our processes run on."""

import asyncio
import contextlib
from collections.abc import Callable


def factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where there is one; None stands for Python's own."""
    with contextlib.suppress(ImportError):
        import uvloop

        made: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
        return made
    return None
