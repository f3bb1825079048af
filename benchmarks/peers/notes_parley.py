"""A whole node of ours as a process: `python -m benchmarks.peers.notes_parley`. Settings come from the environment."""

import asyncio
import gc
import socket

import uvloop

from kit import logs
from server import resources
from server.app import create_app, serving
from server.config import Settings


async def serve() -> None:
    settings = Settings()
    logs.configure("warning")
    database_url, redis_url = settings.database_url or "", settings.redis_url or ""
    async with resources.opened(settings, database_url=database_url, redis_url=redis_url) as opened:
        listener = socket.create_server(("127.0.0.1", settings.port), backlog=512)
        async with serving(create_app(opened), listener, 1.0):
            gc.freeze()  # as a start does
            print(listener.getsockname()[1], flush=True)
            await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve())
