"""A whole node on embedded servers, for benchmarks: real PostgreSQL and Valkey, in a folder that goes away."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web

from kit import logs
from kit.http import door
from server import resources
from server.app import create_app
from server.config import Settings
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate
from server.resources import Resources

UNLIMITED = dict.fromkeys(("limit_read", "limit_write", "limit_heavy", "limit_public", "limit_login"), 100_000_000)
PASSWORD = "correct horse battery"


@asynccontextmanager
async def servers() -> AsyncIterator[Endpoints]:
    """PostgreSQL with all tables, and Valkey."""
    with tempfile.TemporaryDirectory(prefix="parley-bench-", ignore_cleanup_errors=True) as folder:
        stack = EmbeddedStack(Path(folder) / "data", durable=False)
        try:
            endpoints = stack.start()
            await migrate(endpoints.database_url)
            yield endpoints
        finally:
            await asyncio.to_thread(stack.stop)


@asynccontextmanager
async def serving(endpoints: Endpoints, **fields: Any) -> AsyncIterator[tuple[str, Resources]]:
    """A node in this process; its address and its resources. Nothing is rate limited."""
    logs.configure("warning")
    with tempfile.TemporaryDirectory(prefix="parley-node-") as folder:
        settings = Settings(data_dir=Path(folder), secret_key="0" * 32, port=0, **{**UNLIMITED, **fields})
        async with resources.opened(
            settings, database_url=endpoints.database_url, redis_url=endpoints.redis_url
        ) as opened:
            runner = door.Runner(create_app(opened), shutdown_timeout=1)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            try:
                host, port = runner.addresses[0][:2]
                yield f"http://{host}:{port}", opened
            finally:
                await runner.cleanup()


async def sign_up(url: str, name: str, password: str = PASSWORD) -> str:
    """A new account; its access token."""
    async with ClientSession(url, raise_for_status=True) as client:
        account = {"email": f"{name}@example.com", "username": name, "password": password}
        async with client.post("/api/auth/register", json=account):
            pass
        async with client.post("/api/auth/login", data={"username": name, "password": password}) as response:
            return str((await response.json())["access_token"])
