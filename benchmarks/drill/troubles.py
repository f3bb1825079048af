"""What happens to the servers in a drill of outages, and how it ends."""

import asyncio
import contextlib
import ctypes
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from server.embedded import runtime
from server.embedded.stack import EmbeddedStack, Endpoints

_DISK_MEGABYTES = 320
_WATCH_SECONDS = 0.3


@dataclass
class Servers:
    """The drill's own PostgreSQL and Valkey in the folder `data`; revived as `run.py serve` does it."""

    stack: EmbeddedStack
    endpoints: Endpoints
    data: Path
    asleep: set[str] = field(default_factory=set)  # not to be revived now

    async def look_after(self) -> None:
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            if not self.asleep:
                self.stack.revive()

    def pid(self, name: str) -> int:
        record = runtime.load(self.data)
        assert record is not None
        return record.pids[name]

    def family(self, name: str) -> list[int]:
        """The server's process and its children (Linux)."""
        pid = self.pid(name)
        children = Path(f"/proc/{pid}/task/{pid}/children")
        return [pid, *(map(int, children.read_text().split()) if children.exists() else ())]


Trouble = Callable[[Servers], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def read_only(servers: Servers) -> AsyncIterator[None]:
    """PostgreSQL as after a fail-over to a standby."""
    await _set_read_only(servers, "on")
    try:
        yield
    finally:
        await _set_read_only(servers, "off")


async def _set_read_only(servers: Servers, value: str) -> None:
    connection = await asyncpg.connect(servers.endpoints.database_url)
    await connection.execute("set default_transaction_read_only = off")
    await connection.execute(f"alter system set default_transaction_read_only = {value}")
    await connection.execute("select pg_reload_conf()")
    await connection.close()


@asynccontextmanager
async def full_disk(servers: Servers) -> AsyncIterator[None]:
    """No byte is left where PostgreSQL writes. Only on a file system of the drill's own: see `small_disk`."""
    assert servers.data.parent.is_mount(), "this fills the disk"
    ballast = servers.data.parent / "ballast"
    filling = asyncio.ensure_future(_keep_full(ballast))
    try:
        yield
    finally:
        filling.cancel()
        await asyncio.gather(filling, return_exceptions=True)
        ballast.unlink()


async def _keep_full(ballast: Path) -> None:
    """Also of what PostgreSQL gives back meanwhile."""
    with ballast.open("ab", buffering=0) as file:
        while True:
            for size in (1 << 20, 1 << 12, 1):
                with contextlib.suppress(OSError):
                    while file.write(bytes(size)) == size:
                        pass
            await asyncio.sleep(0.05)


@asynccontextmanager
async def stopped_redis(servers: Servers) -> AsyncIterator[None]:
    """Valkey has ended, and nobody starts it again for now."""
    servers.asleep.add("valkey")
    os.kill(servers.pid("valkey"), signal.SIGKILL)
    try:
        yield
    finally:
        servers.asleep.discard("valkey")


@asynccontextmanager
async def hanging_redis(servers: Servers) -> AsyncIterator[None]:
    with _frozen([servers.pid("valkey")]):
        yield


@asynccontextmanager
async def hanging_postgresql(servers: Servers) -> AsyncIterator[None]:
    with _frozen(servers.family("postgres")):
        yield


@contextmanager
def _frozen(pids: list[int]) -> Iterator[None]:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


TROUBLES: dict[str, Trouble] = {
    "read-only": read_only,
    "full-disk": full_disk,
    "stopped-redis": stopped_redis,
    "hanging-redis": hanging_redis,
    "hanging-postgresql": hanging_postgresql,
}


class NoDisk(Exception):
    """A file system of our own cannot be had; the message says why."""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A small file system mounted at a new folder in `folder`, gone after the block. NoDisk without the right to."""
    place = folder / "disk"
    place.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"size={_DISK_MEGABYTES}m,mode=0755".encode()
    if libc.mount(b"parley-drill", str(place).encode(), b"tmpfs", 0, options) != 0:
        raise NoDisk(f"mount: {os.strerror(ctypes.get_errno())}")
    try:
        yield place
    finally:
        libc.umount2(str(place).encode(), 2)  # MNT_DETACH
