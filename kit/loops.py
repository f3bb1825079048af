"""The event loop that our processes run on."""

import asyncio
import contextlib
from collections.abc import Callable


def factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it is installed; None for Python's own loop."""
    with contextlib.suppress(ImportError):
        import uvloop

        made: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
        return made
    return None
