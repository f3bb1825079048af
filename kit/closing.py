"""The end of something that has several parts."""

import asyncio
from typing import Protocol

from kit import logs

_PART_SECONDS = 5.0
_log = logs.get(__name__)


class Closable(Protocol):
    """What holds something until it is closed."""

    async def close(self) -> None: ...


async def one_by_one(**parts: Closable | None) -> None:
    """Close them in order. An error or a delay of one does not keep the others from being closed."""
    for name, part in parts.items():
        if part is None:
            continue
        try:
            async with asyncio.timeout(_PART_SECONDS):
                await part.close()
        except Exception:
            _log.exception("part_not_closed", part=name)
