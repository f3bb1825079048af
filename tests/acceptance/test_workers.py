"""`python3 run.py --workers 2`: two nodes on one port, of which any may die or be replaced while somebody reads."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest

from clients.python.parley_client import Session
from server.cli.demo import CLIP, TEXT, read_clip
from tests.acceptance.test_run import ROOT, Started

MODEL = ROOT / "tests" / "data" / "models" / "whisper-clips-test"


@contextmanager
def two_workers(data: Path, **variables: str) -> Iterator[Started]:
    """A server of two processes that hears with the small model; killed unless it has ended."""
    small = {
        "PARLEY_WHISPER_MODEL": str(MODEL),
        "PARLEY_WHISPER_DOWNLOAD": "false",
        "PARLEY_VOICE_DOWNLOAD": "false",
        "PARLEY_SPEECH_WORKERS": "1",
        "PARLEY_LOG_LEVEL": "warning",
    }
    started = Started(data, "--no-browser", "--port", "0", "--workers", "2", **small, **variables)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.kill()
            started.process.communicate()


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    with two_workers(tmp_path / "data", PARLEY_DRAIN_SECONDS="5") as started:
        yield started


def workers(started: Started) -> list[int]:
    children = psutil.Process(started.process.pid).children()
    return sorted(child.pid for child in children if "serve" in child.cmdline())


async def account(url: str) -> str:
    async with aiohttp.ClientSession(url, raise_for_status=True) as http:
        body = {"email": "w@example.com", "username": "worker", "password": "correct horse battery"}
        await http.post("/api/auth/register", json=body)
        login = {"username": "worker", "password": "correct horse battery"}
        async with http.post("/api/auth/login", data=login) as response:
            return str((await response.json())["access_token"])


async def read(url: str, started: Started) -> tuple[list[tuple[str, dict[str, Any]]], dict[str, Any]]:
    """Read the clip aloud while both workers are killed, one after the other."""
    session = Session(url, "/speaking", token=await account(url))
    pcm, seen = read_clip(CLIP), []
    try:
        await session.start_speaking(reference_text=TEXT)

        async def listen() -> None:
            async for event in session.events():
                seen.append((event.name, event.data))

        listening = asyncio.ensure_future(listen())
        streaming = asyncio.ensure_future(session.stream(pcm))
        for pid in workers(started):
            await asyncio.sleep(3)
            os.kill(pid, signal.SIGKILL)
        await streaming
        async with asyncio.timeout(90):
            ended = await session.end()
            await listening
        assert session.reconnects >= 1
        return seen, ended.data
    finally:
        await session.close()


async def counted(url: str, path: str) -> float:
    """What /metrics says of a path's requests, asked over a new connection."""
    async with aiohttp.ClientSession(url) as http, http.get("/metrics") as response:
        text = await response.text()
    assert text.count("# TYPE parley_http_requests_total counter") == 1
    wanted = f'parley_http_requests_total{{method="GET",route="{path}",status="200"}} '
    return sum(float(line.removeprefix(wanted)) for line in text.splitlines() if line.startswith(wanted))


async def ask(url: str, path: str, times: int) -> None:
    for _ in range(times):
        async with aiohttp.ClientSession(url, raise_for_status=True) as http, http.get(path):
            pass


@pytest.mark.skipif(sys.platform != "linux", reason="ports are shared this way on Linux only")
def test_the_metrics_of_the_workers_are_one(started: Started) -> None:
    url, path = started.url(), "/api/openapi.json"
    asyncio.run(ask(url, path, 24))
    assert {asyncio.run(counted(url, path)) for _ in range(8)} == {24.0}, "whichever is asked"
    os.kill(workers(started)[0], signal.SIGKILL)
    for _ in range(8):
        try:
            assert asyncio.run(counted(url, path)) == 24.0, "what a worker answered before it died counts"
        except aiohttp.ClientConnectionError:
            continue  # the connection went to the one that died
    asyncio.run(ask(url, path, 6))
    assert asyncio.run(counted(url, path)) == 30.0


@pytest.mark.skipif(sys.platform != "linux", reason="ports are shared this way on Linux only")
def test_workers_share_a_port_and_a_session_outlives_each_of_them(started: Started) -> None:
    url = started.url()
    before = workers(started)
    assert len(before) == 2
    seen, ended = asyncio.run(read(url, started))
    numbers = [data["seq"] for name, data in seen if name != "error"]
    assert numbers == list(range(1, len(numbers) + 1))
    said = " ".join(data["text"] for name, data in seen if name == "transcript.final")
    assert re.findall(r"[a-z]+", said.lower()) == re.findall(r"[a-z]+", TEXT.lower())
    assert ended["billed_seconds"] >= 11
    after = workers(started)
    assert len(after) == 2 and not set(after) & set(before)
    children = started.children()
    started.process.send_signal(signal.SIGTERM)
    started.process.communicate(timeout=30)
    assert started.process.returncode == 0
    assert not any(psutil.pid_exists(pid) for pid in children)
