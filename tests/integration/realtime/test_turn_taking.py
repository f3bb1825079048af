"""A learner's words and loudspeaker: over a real socket, with real recognition and a recording as the voice."""

import asyncio
import itertools
import json
import struct
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr

from speech.pool import lanes
from tests.support import sounds
from tests.support.node import Account, Parley, running
from tests.support.speech import AUDIO, CLIPS_MODEL
from tests.support.talks import talk
from tests.support.voice_server import voice_server

FRAME = 640  # 40 ms
RATE = 16_000


def _clip(name: str) -> Any:
    return soundfile.read(AUDIO / f"{name}.flac", dtype="float32")[0]


def _voice(name: str) -> bytes:
    """Some seconds of a reader, as the tutor's voice."""
    samples = soxr.resample(_clip(name), RATE, 24_000)
    return bytes(np.clip(samples * 32767, -32768, 32767).astype("<i2").tobytes())


VOICES = [_voice(name) for name in ("LJ001-0006", "LJ001-0002", "LJ001-0004", "LJ001-0013", "LJ001-0008")]


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
        self.played: list[tuple[int, int, bytes]] = []  # epoch, when it begins on the microphone's clock, sound
        self.flushed: list[int] = []

    def say(self, samples: Any) -> None:
        self.mic[self.at : self.at + len(samples)] += samples

    def _play(self, epoch: int, pcm: bytes) -> None:
        if epoch < self.epoch:
            return
        self.sound_bytes += len(pcm)
        heard = soxr.resample(np.frombuffer(pcm, "<i2").astype(np.float32) / 32768, 24_000, RATE)
        start = max(self.plays_until, self.at)
        self.plays_until = start + len(heard)
        self.played.append((epoch, start, pcm))
        echo = start + RATE * 150 // 1000
        self.echo[echo : echo + len(heard)] += heard * self.loudspeaker

    def _flush(self, epoch: int) -> None:
        self.epoch = epoch
        self.flushed.append(self.at)
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

    async def until(self, name: str, count: int = 1, seconds: float = 60) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while len(self.of(name)) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return self.of(name)[count - 1]

    async def answered_after(self, turn_id: str) -> None:
        """Until another reply than this one is under way; it may be over already."""
        async with asyncio.timeout(60):
            while all(delta["turn_id"] == turn_id for delta in self.of("response.delta")):  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    async with voice_server(itertools.cycle(VOICES).__next__) as voice:
        given = {**voice, "whisper_model": str(CLIPS_MODEL), "speech_at_start": True}
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


async def _session(node: Parley, work: Any, loudspeaker: float = 0.0, **options: Any) -> Learner:
    """`work` begins when the tutor has said a second of its greeting."""
    account = await node.account()
    body = {"session_type": "voice", **options}
    async with node.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        started = await response.json()
    async with node.client.ws_connect(f"/api/realtime/live?ticket={started['realtime']['ticket']}") as socket:
        learner = Learner(socket, loudspeaker)
        await socket.send_json({"event": "session.join", "id": 1, "data": {"session_id": started["session_id"]}})
        tasks = [asyncio.ensure_future(learner.run()), asyncio.ensure_future(learner.listen())]
        try:
            await socket.send_json({"event": "text", "id": 2, "data": {"text": "Hello."}})
            await learner.until("response.delta")
            async with asyncio.timeout(60):
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
        await learner.until("playback.flush")
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
        await learner.until("playback.flush")
        assert not (await learner.until("response.done"))["complete"]
        await learner.until("transcript.final", 3)

    learner = await _session(node, work, loudspeaker=0.3)
    said = [final["text"] for final in learner.of("transcript.final") if final["role"] == "user"]
    assert "questions" in said[-1]


def _place(piece: bytes, whole: bytes) -> int:
    """Where in the reply's sound a piece of it begins, in bytes."""
    found = whole.find(piece)
    assert found >= 0 and whole.find(piece, found + 1) < 0
    return found


async def test_a_cough_holds_the_reply_which_goes_on_and_nothing_of_it_is_lost(node: Parley) -> None:
    async def work(learner: Learner) -> None:
        learner.say(sounds.cough())
        await learner.until("playback.flush")
        resumed = await learner.until("playback.resume")
        assert resumed["epoch"] == 1 and resumed["text"]
        assert (await learner.until("response.done"))["complete"]

    learner = await _session(node, work)
    whole = b"".join(VOICES)
    held = learner.flushed[0]
    before = [(start, pcm) for epoch, start, pcm in learner.played if epoch == 0 and start < held]
    after = [pcm for epoch, _, pcm in learner.played if epoch == 1]
    last_start, last = before[-1]
    heard = _place(last, whole) + min(len(last), (held - last_start) * 3)  # 24 kHz of two bytes on a clock of 16 kHz
    again = _place(after[0], whole)
    assert heard - 48_000 <= again <= heard  # from where it was heard last, or up to a second before
    assert b"".join(after) == whole[again : again + sum(map(len, after))]  # and without a hole to its end
    said = "".join(delta["text"] for delta in learner.of("response.delta"))
    finals = {final["role"]: final["text"] for final in learner.of("transcript.final") if final["text"]}
    assert finals == {"user": "Hello.", "ai": said}
    ends = list(itertools.accumulate(map(len, VOICES)))
    assert again + sum(map(len, after)) in ends  # with the end of a sentence


async def test_what_no_engine_could_hear_cuts_it_off_and_is_asked_for_again(
    node: Parley, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: Any) -> Any:
        raise lanes.JobFailed("the engine is broken")

    def told(learner: Learner) -> list[str]:
        return [one["message"] for one in learner.of("session.warning") if one["part"] == "recognition"]

    async def work(learner: Learner) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(lanes.ProcessLane, "run", refuse)
            learner.say(_clip("so762-008110159"))
            assert not (await learner.until("response.done"))["complete"]
            async with asyncio.timeout(60):
                while not told(learner):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        assert learner.of("playback.resume") == []
        assert len(told(learner)) == 1 and "say it again" in told(learner)[0]
        learner.say(_clip("so762-008110159"))
        await learner.until("response.done", 2)

    learner = await _session(node, work)
    assert "questions" in [one["text"] for one in learner.of("transcript.final") if one["role"] == "user"][-1]


async def test_a_keyboard_does_not_disturb_the_tutor(node: Parley) -> None:
    async def work(learner: Learner) -> None:
        learner.say(sounds.keyboard(4))
        assert (await learner.until("response.done"))["complete"]
        assert learner.of("playback.flush") == []

    await _session(node, work)


async def test_with_push_to_talk_only_a_commit_ends_a_turn(node: Parley) -> None:
    async def work(learner: Learner) -> None:
        await learner.socket.send_json({"event": "response.cancel"})
        await learner.until("response.done")
        learner.say(_clip("so762-008110159"))
        await learner.until("speech.started")
        await asyncio.sleep(len(_clip("so762-008110159")) / RATE + 2.5)
        assert [final for final in learner.of("transcript.final") if final["role"] == "user"][1:] == []
        await learner.socket.send_json({"event": "audio.commit"})
        await learner.until("speech.stopped")
        async with asyncio.timeout(60):
            while not any("questions" in final["text"] for final in learner.of("transcript.final")):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    await _session(node, work, patience_ms=0)


async def _spoken(node: Parley, account: Account, samples: Any) -> list[str]:
    """A session of free speech, without a tutor, faster than it was spoken: the turns that were heard in it."""
    async with talk(node, token=account.access_token) as learner:
        await learner.says(samples, speed=8)
        await learner.ends()
        return [final["text"] for final in learner.all("transcript.final")]


async def test_patience_is_learnt_from_session_to_session(node: Parley) -> None:
    """Who was cut off again and again while searching for words is waited for in the next session."""
    hesitant = np.concatenate([_clip("LJ001-0008"), np.zeros(RATE // 2, np.float32)])
    account, somebody = await node.account(), await node.account()
    assert len(await _spoken(node, account, np.tile(hesitant, 8))) > 2
    assert len(await _spoken(node, account, np.tile(hesitant, 2))) == 1
    assert len(await _spoken(node, somebody, np.tile(hesitant, 2))) == 2
