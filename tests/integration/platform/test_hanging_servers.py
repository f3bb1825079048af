"""Valkey or PostgreSQL stand still: requests are answered, limits let everybody through, and the health page tells."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kit import patience
from server.config import Settings
from server.embedded import runtime
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate
from tests.support.node import Parley, running


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[EmbeddedStack]:
    made = EmbeddedStack(tmp_path / "servers", durable=False)
    yield made
    made.stop()


@pytest.fixture
async def node(stack: EmbeddedStack, settings: Settings) -> AsyncIterator[Parley]:
    urls = stack.start()
    await migrate(urls.database_url)
    async with running(settings, urls.database_url, urls.redis_url) as parley:
        yield parley


@contextmanager
def standing_still(data: Path, server: str) -> Iterator[None]:
    record = runtime.load(data)
    assert record is not None
    pid = record.pids[server]
    children = Path(f"/proc/{pid}/task/{pid}/children")
    family = [pid, *(map(int, children.read_text().split()) if children.exists() else ())]
    for one in family:
        os.kill(one, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in family:
            os.kill(one, signal.SIGCONT)


async def test_a_valkey_that_hangs_costs_a_second_once_and_limits_nobody(node: Parley, tmp_path: Path) -> None:
    ana = await node.account()
    loop = asyncio.get_running_loop()
    with standing_still(tmp_path / "servers", "valkey"):
        began = loop.time()
        for number in range(10):
            async with node.client.get("/api/core/notes", headers=ana.headers) as response:
                assert response.status == 200
                assert "RateLimit" not in response.headers
            body = {"title": f"Note {number}", "content": "Tea"}
            async with node.client.post("/api/core/notes", json=body, headers=ana.headers) as response:
                assert response.status == 201
        assert loop.time() - began < 40  # twenty requests; two of them took so long before
        async with node.client.get("/api/health/detailed", headers=ana.headers) as response:
            checks = {one["name"]: one["status"] for one in (await response.json())["checks"]}
            assert (response.status, checks["redis"]) == (503, "down")
    async with asyncio.timeout(60):
        while True:
            async with node.client.get("/api/core/notes", headers=ana.headers) as response:
                if "RateLimit" in response.headers:
                    break
            await asyncio.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
async def test_a_postgresql_that_hangs_is_503_for_all_within_one_allowance(
    node: Parley, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await node.account()
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 1.0)
    loop = asyncio.get_running_loop()

    async def note() -> tuple[int, bool]:
        body = {"title": "Note", "content": "Tea"}
        headers = {**ana.headers, "Idempotency-Key": str(loop.time())}
        async with node.client.post("/api/core/notes", json=body, headers=headers) as response:
            return response.status, "Retry-After" in response.headers

    with standing_still(tmp_path / "servers", "postgres"):
        began = loop.time()
        assert await asyncio.gather(*(note() for _ in range(30))) == [(503, True)] * 30
        assert loop.time() - began < 20  # and not thirty seconds for each statement
    async with asyncio.timeout(60):
        while (await note())[0] != 201:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.05)
