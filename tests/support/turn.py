"""coturn as operators run it: installed, or fetched into `.tools` by `.ci/run` or the drill."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from server.bootstrap import debian
from tests.support.ports import free_port

SECRET = "shared by Parley and the relay"
PROGRAM = debian.program("turnserver")
_TRIES = 4
_SECONDS = 60.0
needed = pytest.mark.skipif(PROGRAM is None, reason="turnserver is not installed, and .ci/run did not fetch it")


def line(program: Path, folder: Path, address: str, port: int, secret: str) -> list[str | Path]:
    """coturn at `address`, for UDP and TCP, with its files in `folder`. On a loopback address it relays to such."""
    there = [f"--listening-ip={address}", f"--relay-ip={address}", f"--listening-port={port}"]
    who = ["--use-auth-secret", f"--static-auth-secret={secret}", "--realm=parley"]
    plain = ["--no-tls", "--no-dtls", "--no-cli", "--log-file=stdout"]
    files = [f"--pidfile={folder}/coturn.pid", f"--userdb={folder}/coturn.db"]
    loopback = ["--allow-loopback-peers"] if address.startswith("127.") else []
    return [program, "-n", *there, *who, *plain, *files, *loopback]


@asynccontextmanager
async def running(folder: Path, *options: str) -> AsyncIterator[int]:
    """coturn on 127.0.0.1 that relays to this machine; its port, for UDP and TCP."""
    for _ in range(_TRIES):
        port, log = free_port(socket.SOCK_DGRAM), folder / "coturn.log"
        process = await _started(folder, port, log, *options)
        try:
            if await _listening(port, process):
                yield port
                return
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()
    pytest.fail(f"coturn does not listen:\n{log.read_text(errors='replace')[-2000:]}")


async def _started(folder: Path, port: int, log: Path, *options: str) -> asyncio.subprocess.Process:
    assert PROGRAM is not None
    with log.open("wb") as written:
        return await asyncio.create_subprocess_exec(
            *line(PROGRAM, folder, "127.0.0.1", port, SECRET),
            *options,
            env=os.environ | debian.libraries(PROGRAM),
            stdout=written,
            stderr=written,
        )


async def _listening(port: int, process: asyncio.subprocess.Process) -> bool:
    """Whether coturn takes TCP, on the same port as UDP. Not where another program took the port meanwhile."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS):
            while process.returncode is None:
                with suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    return True
                await asyncio.sleep(0.05)
    return False
