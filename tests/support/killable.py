"""A node in a process of its own, made to be killed: `python -m tests.support.killable PORT FOLDER`.

Reads DATABASE_URL and REDIS_URL; prints "ready" once it answers and has loaded what it loads in the background, so that
its memory can be compared.
"""

import asyncio
import sys
from pathlib import Path

from aiohttp import web

from kit import logs
from kit.http import door
from server import resources
from server.app import create_app
from server.config import Settings

LOADING = {"warm-up", "load the dictionary"}


async def main(port: int, folder: Path) -> None:
    secret = "0123456789abcdef0123456789abcdef"
    settings = Settings(data_dir=folder, models=folder / "models", secret_key=secret, port=port, speech_at_start=False)
    assert settings.database_url is not None
    assert settings.redis_url is not None
    async with resources.opened(settings, database_url=settings.database_url, redis_url=settings.redis_url) as opened:
        runner = door.Runner(create_app(opened))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        loading = [one for one in asyncio.all_tasks() if one.get_name() in LOADING]
        assert len(loading) == len(LOADING), "the names of these tasks have changed"
        await asyncio.gather(*loading)
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    logs.configure()
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
