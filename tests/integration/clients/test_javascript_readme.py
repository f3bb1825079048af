"""The README of the JavaScript client, with nothing but its text: its sample reads a recording aloud."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import soundfile

from server.config import Settings
from tests.support.node import Parley, running
from tests.support.speech import AUDIO, CLIPS_MODEL
from tests.support.typescript import SDK

NODE = shutil.which("node")
README = (SDK / "README.md").read_text()
SENTENCE = "Let us know if you have any other questions."

pytestmark = pytest.mark.skipif(NODE is None, reason="no node on this machine")


@pytest.fixture
async def place(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    listening = settings.model_copy(update={"whisper_model": str(CLIPS_MODEL)})
    async with running(listening, database_url, redis_url) as parley:
        yield parley


async def _printed(program: str, folder: Path) -> str:
    assert NODE is not None
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "parley-client").symlink_to(SDK)
    (folder / "program.mjs").write_text(program)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(NODE, "program.mjs", cwd=folder, stdout=pipe, stderr=pipe)
    try:
        said, complaint = await asyncio.wait_for(process.communicate(), 120)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, complaint.decode()
    return said.decode()


def _samples(place: Parley) -> list[str]:
    found = re.findall(r"```js\n(.*?)```", README, re.DOTALL)
    return [one.replace("http://127.0.0.1:8080", place.url) for one in found]


async def test_its_sample_reads_a_recording_aloud(place: Parley, tmp_path: Path) -> None:
    await place.account("ana")
    samples, rate = soundfile.read(AUDIO / "so762-008110159.flac", dtype="int16")
    soundfile.write(tmp_path / "reading.wav", samples, rate, subtype="PCM_16")
    sample = _samples(place)[0]
    assert len(sample.strip().splitlines()) <= 12
    printed = await _printed(sample, tmp_path)
    assert f"heard: {SENTENCE}" in printed
    assert re.search(r"score: \d+", printed)
    assert re.search(r"seconds counted: [1-9]", printed)


async def test_its_conversation_is_answered(place: Parley, tmp_path: Path) -> None:
    await place.account("ana")
    reading, talk = _samples(place)[:2]
    begin = "\n".join(
        line for line in reading.splitlines() if "import { P" in line or "parley = " in line or "signIn" in line
    )
    end = "await new Promise((done) => session.on('response.done', done));\nawait session.end();\n"
    assert "for two years" in await _printed(f"{begin}\n{talk}\n{end}", tmp_path)
