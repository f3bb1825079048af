"""A WHIP client that is not ours: FFmpeg's muxer, as the wheels of PyAV carry it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.node import Parley, running

ROOT = Path(__file__).parents[3]
CLIP = ROOT / "tests" / "data" / "audio" / "so762-008110159.flac"
TEXT = "Let us know if you have any other questions."


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    model = str(ROOT / "tests" / "data" / "models" / "whisper-clips-test")
    async with running(settings.model_copy(update={"whisper_model": model}), database_url, redis_url) as parley:
        yield parley


async def test_ffmpeg_publishes_and_its_words_are_in_the_transcript(node: Parley) -> None:
    account = await node.account()
    body = {"session_type": "voice"}
    async with node.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        started = await response.json()
    ffmpeg = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "tests" / "support" / "ffmpeg_whip.py"),
        str(CLIP),
        f"{node.url}/api/live/whip",
        started["realtime"]["ticket"],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(ffmpeg.communicate(), 60)
    assert (ffmpeg.returncode, said.splitlines()[0]) == (0, b"publishing"), said.decode()
    # Its DELETE at the end closed the peer, not the session.
    assert not [one for one in asyncio.all_tasks() if one.get_name() == "peer inbound"]
    ended = {"session_id": started["session_id"]}
    async with node.client.post("/api/live/session/end", json=ended, headers=account.headers) as response:
        settled = await response.json()
    assert settled["billed_seconds"] >= 5
    async with node.client.get(
        f"/api/live/transcripts/{settled['transcript_id']}", headers=account.headers
    ) as response:
        turns = (await response.json())["turns"]
    assert [turn["text"] for turn in turns if turn["role"] == "user"] == [TEXT]
