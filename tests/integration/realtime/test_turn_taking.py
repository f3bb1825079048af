"""A learner's words and loudspeaker: over a real socket, with real recognition and a recording as the voice."""

import asyncio
import json
import struct
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.support.node import Parley, running
from tests.support.speech import AUDIO, CLIPS_MODEL

FRAME = 640  # 40 ms
RATE = 16_000


def _clip(name: str) -> Any:
    return soundfile.read(AUDIO / f"{name}.flac", dtype="float32")[0]


def _voice() -> bytes:
    """Some seconds of a reader, as the tutor's voice."""
    samples = soxr.resample(_clip("LJ001-0006"), RATE, 24_000)
    return bytes(np.clip(samples * 32767, -32768, 32767).astype("<i2").tobytes())


class Learner:
    """A microphone that is always on; with `loudspeaker` what is played comes back 150 ms later."""

    def __init__(self, socket: Any, loudspeaker: float = 0.0) -> None:
        self.socket, self.loudspeaker = socket, loudspeaker
        self.mic = np.zeros(RATE * 120, np.float32)
        self.echo = np.zeros(RATE * 120, np.float32)
        self.at = 0
        self.epoch = 0
        self.plays_until = 0
        self.sound_bytes = 0
        self.seen: list[dict[str, Any]] = []
        self.begun: list[int] = []

    def say(self, samples: Any) -> None:
        self.mic[self.at : self.at + len(samples)] += samples

    def _play(self, epoch: int, pcm: bytes) -> None:
        if epoch < self.epoch:
            return
        self.sound_bytes += len(pcm)
        self.begun.append(epoch)
        heard = soxr.resample(np.frombuffer(pcm, "<i2").astype(np.float32) / 32768, 24_000, RATE)
        start = max(self.plays_until, self.at)
        self.plays_until = start + len(heard)
        echo = start + RATE * 150 // 1000
        self.echo[echo : echo + len(heard)] += heard * self.loudspeaker

    def _flush(self, epoch: int) -> None:
        self.epoch = epoch
        if self.loudspeaker:
            self.echo[self.at + RATE * 150 // 1000 :] = 0
        self.plays_until = self.at

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        start, number = loop.time(), 0
        while True:
            number += 1
            both = self.mic[self.at : self.at + FRAME] + self.echo[self.at : self.at + FRAME]
            pcm = np.clip(both * 32767, -32768, 32767).astype("<i2").tobytes()
            self.at += FRAME
            await self.socket.send_bytes(struct.pack(">IB", number, 0) + pcm)
            await asyncio.sleep(max(0.0, start + number * FRAME / RATE - loop.time()))

    async def listen(self) -> None:
        async for message in self.socket:
            if isinstance(message.data, bytes):
                self._play(int.from_bytes(message.data[:2], "big"), message.data[7:])
                continue
            said = json.loads(message.data)
            self.seen.append(said)
            if said.get("event") == "playback.flush":
                self._flush(said["data"]["epoch"])

    def of(self, name: str) -> list[dict[str, Any]]:
        return [one["data"] for one in self.seen if one.get("event") == name]

    async def until(self, name: str, count: int = 1, seconds: float = 40) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while len(self.of(name)) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return self.of(name)[count - 1]

    async def answered_after(self, turn_id: str) -> None:
        """Until another reply than this one is under way; it may be over already."""
        async with asyncio.timeout(40):
            while all(delta["turn_id"] == turn_id for delta in self.of("response.delta")):  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    sound = _voice()

    async def speech(_: web.Request) -> web.Response:
        return web.Response(body=sound)

    app = web.Application()
    app.router.add_post("/v1/audio/speech", speech)
    async with TestServer(app) as server:
        given = {
            "voice": "server", "voice_model": "v", "openai_base_url": str(server.make_url("/v1")),
            "whisper_model": str(CLIPS_MODEL), "speech_at_start": True,
        }  # fmt: skip
        async with running(settings.model_copy(update=given), database_url, redis_url) as parley:
            await _ears_ready(parley)
            yield parley


async def _ears_ready(node: Parley) -> None:
    """Until recognition runs: a busy machine takes a while to load even a small model."""
    headers = (await node.admin()).headers
    async with asyncio.timeout(60):
        while True:
            async with node.client.get("/api/health/detailed", headers=headers) as response:
                checks = {check["name"]: check["detail"] for check in (await response.json())["checks"]}
            if checks["recognition"].startswith("faster-whisper"):
                return
            await asyncio.sleep(0.3)


async def _session(node: Parley, work: Any, loudspeaker: float = 0.0) -> Learner:
    account = await node.account()
    body = {"session_type": "voice"}
    async with node.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        started = await response.json()
    async with node.client.ws_connect(f"/api/realtime/live?ticket={started['realtime']['ticket']}") as socket:
        learner = Learner(socket, loudspeaker)
        await socket.send_json({"event": "session.join", "id": 1, "data": {"session_id": started["session_id"]}})
        tasks = [asyncio.ensure_future(learner.run()), asyncio.ensure_future(learner.listen())]
        try:
            await socket.send_json({"event": "text", "id": 2, "data": {"text": "Hello."}})
            await learner.until("response.delta")
            async with asyncio.timeout(20):
                while learner.sound_bytes < 48_000:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            await work(learner)
        finally:
            for task in tasks:
                task.cancel()
    return learner


async def test_words_cut_it_off_and_the_transcript_keeps_what_was_heard(node: Parley) -> None:
    async def work(learner: Learner) -> None:
        learner.say(_clip("so762-008110159")[9000:])
        await learner.until("playback.flush", seconds=3)
        done = await learner.until("response.done")
        assert not done["complete"]
        assert "?" not in done["text"]
        await learner.until("transcript.final", 3)
        await learner.answered_after(done["turn_id"])

    learner = await _session(node, work)
    finals = {final["role"]: final["text"] for final in learner.of("transcript.final")}
    assert "questions" in finals["user"]
    assert learner.of("playback.resume") == []


async def test_out_of_a_loudspeaker_it_does_not_interrupt_itself_and_the_learner_still_can(node: Parley) -> None:
    async def work(learner: Learner) -> None:
        await asyncio.sleep(4)
        assert learner.of("playback.flush") == []
        assert len(learner.of("transcript.final")) == 1  # what was typed
        learner.say(_clip("so762-008110159")[9000:])
        await learner.until("playback.flush", seconds=4)
        assert not (await learner.until("response.done"))["complete"]
        await learner.until("transcript.final", 3)

    learner = await _session(node, work, loudspeaker=0.3)
    said = [final["text"] for final in learner.of("transcript.final") if final["role"] == "user"]
    assert "questions" in said[-1]
