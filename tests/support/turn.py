"""coturn as operators run it: installed, or fetched into `.tools` by `.ci/run` or the drill."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from server.bootstrap import debian

SECRET = "shared by Parley and the relay"
PROGRAM = debian.program("turnserver")
needed = pytest.mark.skipif(PROGRAM is None, reason="turnserver is not installed, and .ci/run did not fetch it")


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def running(folder: Path, *options: str) -> AsyncIterator[int]:
    """coturn on 127.0.0.1 that relays to this machine; its port, for UDP and TCP."""
    assert PROGRAM is not None
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        str(PROGRAM),
        "-n",
        "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1",
        f"--listening-port={port}",
        "--use-auth-secret",
        f"--static-auth-secret={SECRET}",
        "--realm=parley",
        "--no-tls",
        "--no-dtls",
        "--no-cli",
        "--allow-loopback-peers",
        "--log-file=stdout",
        f"--pidfile={folder}/pid",
        f"--userdb={folder}/db",
        *options,
        env=os.environ | debian.libraries(PROGRAM),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _listening(port)
        yield port
    finally:
        process.terminate()
        await process.wait()


async def _listening(port: int) -> None:
    """coturn takes TCP on the same port as UDP."""
    async with asyncio.timeout(20):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)
