"""One node as a process: everything real but the recogniser."""

import asyncio
import contextlib
import signal
import socket
from typing import Any

from benchmarks.chaos.ears import ChecksumListening
from server import resources
from server.app import create_app, serving
from server.config import Settings
from server.kit import logs


async def serve(settings: Settings) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    database_url, redis_url = settings.database_url or "", settings.redis_url or ""
    async with resources.opened(settings, database_url=database_url, redis_url=redis_url) as opened:
        listener = socket.create_server((settings.host, settings.port), backlog=512)
        async with serving(create_app(opened, listening=ChecksumListening()), listener, 1.0):
            await stopping.wait()


def main(values: dict[str, Any]) -> None:
    """`values` are settings by name."""
    settings = Settings(**values)
    logs.configure(settings.log_level, settings.log_json)
    with contextlib.suppress(ImportError):
        import uvloop

        uvloop.run(serve(settings))
        return
    asyncio.run(serve(settings))
