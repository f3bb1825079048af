"""Parts of the dialogue that break: the conversation goes on, the learner is told, and operators see it."""

import asyncio
import json
import os
import shutil
import signal
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import soundfile
from aiohttp import web
from aiohttp.test_utils import TestServer

from server.config import Settings
from tests.support.language_model import language_model
from tests.support.node import Parley, running
from tests.support.speech import AUDIO, CLIPS_MODEL

TEXT = "Let us know if you have any other questions."


class Talk:
    """A session over the plain WebSocket."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.seen: list[dict[str, Any]] = []
        self.frames = 0

    async def ask(self, event: str, **data: Any) -> dict[str, Any]:
        await self.socket.send_json({"event": event, "id": event, "data": data})
        while True:
            said = await self._next()
            if said.get("ack") == event:
                answer: dict[str, Any] = said["data"]
                return answer

    async def speak(self, broken: Any = None) -> None:
        """The clip and the end of a turn; `broken` is called in the middle of it."""
        samples, _ = soundfile.read(AUDIO / "so762-008110159.flac", dtype="int16")
        sound = samples.tobytes()
        for at in range(0, len(sound), 1280):
            if broken is not None and at >= len(sound) // 2:
                broken = broken()
            self.frames += 1
            await self.socket.send_bytes(struct.pack(">IB", self.frames, 0) + sound[at : at + 1280])
            await asyncio.sleep(0.02)
        await self.socket.send_json({"event": "audio.commit", "id": 8, "data": {}})

    async def say(self, text: str) -> None:
        await self.socket.send_json({"event": "text", "id": 7, "data": {"text": text}})

    async def until(self, name: str, seconds: float = 60, **wanted: Any) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while True:
                said = await self._next()
                if said.get("event") == name and all(said["data"].get(key) == want for key, want in wanted.items()):
                    found: dict[str, Any] = said["data"]
                    return found

    async def _next(self) -> dict[str, Any]:
        while True:
            message = await self.socket.receive()
            if isinstance(message.data, str):
                said: dict[str, Any] = json.loads(message.data)
                self.seen.append(said)
                return said

    def warnings(self, part: str) -> list[str]:
        return [
            one["data"]["message"]
            for one in self.seen
            if one.get("event") == "session.warning"
            and (one["data"]["reason"], one["data"]["part"]) == ("degraded", part)
        ]


@asynccontextmanager
async def talking(node: Parley, account: Any) -> AsyncIterator[Talk]:
    body = {"session_type": "voice"}
    async with node.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        assert response.status == 201, await response.text()
        started: dict[str, Any] = await response.json()
    async with node.client.ws_connect(f"/api/realtime/live?ticket={started['realtime']['ticket']}") as socket:
        await socket.send_json({"event": "session.join", "id": 1, "data": {"session_id": started["session_id"]}})
        yield Talk(socket)


async def health(node: Parley, account: Any) -> dict[str, tuple[str, str]]:
    async with node.client.get("/api/health/detailed", headers=account.headers) as response:
        checks = (await response.json())["checks"]
    return {check["name"]: (check["status"], check["detail"]) for check in checks}


@pytest.fixture
def silent(settings: Settings) -> Settings:
    return settings.model_copy(update={"voice": "client"})


async def test_without_the_language_model_the_built_in_tutor_answers_and_says_so_once(
    silent: Settings, database_url: str, redis_url: str
) -> None:
    async with language_model() as model:
        given = {"openai_base_url": model.url}
        async with running(silent.model_copy(update=given), database_url, redis_url) as node:
            account = await node.admin()
            assert (await health(node, account))["language_model"][0] == "ok"
            async with talking(node, account) as talk:
                await talk.say("I like music.")
                assert "cinema" in (await talk.until("response.done"))["text"]
                assert talk.warnings("language_model") == []
                model.behaviours = ["forbid"]
                for _ in range(2):
                    await talk.say("I like music very much.")
                    assert "tutor" in (await talk.until("response.done"))["text"] or talk.warnings("language_model")
                assert len(talk.warnings("language_model")) == 1
                assert "builtin answers" in talk.warnings("language_model")[0]
                for _ in range(4):
                    await talk.say("And I play the piano.")
                    await talk.until("response.done")
                status, detail = (await health(node, account))["language_model"]
                assert status == "degraded"
                assert "OpenAI" in detail


async def test_without_the_voice_the_client_speaks(settings: Settings, database_url: str, redis_url: str) -> None:
    async def broken(_: web.Request) -> web.Response:
        return web.Response(status=500)

    app = web.Application()
    app.router.add_post("/v1/audio/speech", broken)
    async with TestServer(app) as server:
        given = {"voice": "server", "voice_model": "tts", "openai_base_url": str(server.make_url("/v1"))}
        async with running(settings.model_copy(update=given), database_url, redis_url) as node:
            account = await node.admin()
            async with talking(node, account) as talk:
                await talk.say("Hello, my name is Ana.")
                assert (await talk.until("response.done"))["complete"]
                assert any("your device speaks" in warning for warning in talk.warnings("voice"))
                status, detail = (await health(node, account))["voice"]
                assert status == "degraded"
                assert "500" in detail


async def test_a_program_that_was_removed_leaves_the_client_to_speak() -> None:
    from speech.synthesis.espeak import EspeakVoice
    from speech.synthesis.voices import VoiceProblem

    with pytest.raises(VoiceProblem, match="cannot be started"):
        await anext(EspeakVoice("/nowhere/espeak-ng").speak("Hello.", "en"))


def _workers() -> list[int]:
    """Processes of this one in which recognition runs."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            line = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == os.getpid() and b"speech.engines.worker" in line:
            found.append(int(folder.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
async def test_without_whisper_a_running_session_is_heard_by_pocketsphinx(
    silent: Settings, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    model = tmp_path / "model"
    shutil.copytree(CLIPS_MODEL, model)

    def lose_whisper() -> None:
        """For good: what is gone cannot be loaded again."""
        model.rename(tmp_path / "gone")
        for pid in _workers():
            os.kill(pid, signal.SIGKILL)

    given = {"whisper_model": str(model), "speech_at_start": True, "speech_workers": 1}
    async with running(silent.model_copy(update=given), database_url, redis_url) as node:
        account = await node.admin()
        async with talking(node, account) as talk:
            await talk.speak()
            final = await talk.until("transcript.final", role="user")
            assert (final["text"], final["engine"]["name"]) == (TEXT, "faster-whisper")
            assert (await health(node, account))["recognition"][0] == "ok"
            assert not [told for told in talk.warnings("recognition") if "stopgap" in told]
            await talk.speak(lose_whisper)
            final = await talk.until("transcript.final", role="user")
            assert final["text"] and final["engine"]["name"] == "pocketsphinx"
            # On a busy machine others tell that captions come less often.
            assert len([told for told in talk.warnings("recognition") if "stopgap" in told]) == 1
            status, detail = (await health(node, account))["recognition"]
            assert status == "degraded" and "stopgap" in detail
            assert (await talk.until("response.done"))["complete"]  # and the conversation goes on


async def test_without_its_cluster_a_session_is_heard_here_and_health_says_so(
    silent: Settings, database_url: str, redis_url: str
) -> None:
    given = {"whisper_model": str(CLIPS_MODEL), "speech_workers": 1}
    given |= {"speech_engine": "ray", "ray_address": "127.0.0.1:1"}
    async with running(silent.model_copy(update=given), database_url, redis_url) as node:
        account = await node.admin()
        async with talking(node, account) as talk:
            await talk.speak()
            final = await talk.until("transcript.final", role="user")
            assert (final["text"], final["engine"]["name"]) == (TEXT, "faster-whisper")
            status, detail = (await health(node, account))["recognition"]
            assert status == "degraded" and "0 actors on Ray" in detail and "127.0.0.1:1" in detail


async def test_without_webrtc_the_sound_goes_by_the_socket_and_without_a_microphone_one_types(
    silent: Settings, database_url: str, redis_url: str
) -> None:
    given = {"whisper_model": str(CLIPS_MODEL)}
    async with running(silent.model_copy(update=given), database_url, redis_url) as node:
        account = await node.account()
        async with talking(node, account) as talk:
            await _peer_that_dies(talk)
            await talk.until("session.warning", reason="degraded", part="media")
            talk.frames = (await talk.ask("webrtc.close", failed=True))["audio_seq"]
            assert talk.frames > 0  # the sound of the peer was numbered, too
            await talk.speak()
            assert (await talk.until("transcript.final", role="user"))["text"] == TEXT
            await talk.until("response.done")
            await talk.say("Hello, my name is Ana.")
            assert "Ana" in (await talk.until("response.done"))["text"]


async def _peer_that_dies(talk: Talk) -> None:
    """A learner's browser in a process of its own, killed in the middle of the call."""
    program = Path(__file__).parents[2] / "support" / "webrtc_client.py"
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        str(program),
        cwd=str(program.parents[2]),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert child.stdin is not None and child.stdout is not None
    try:
        offer = json.loads(await child.stdout.readline())
        answer = await talk.ask("webrtc.offer", **offer)
        child.stdin.write(json.dumps(answer).encode() + b"\n")
        assert await child.stdout.readline() == b"connected\n"
        await asyncio.sleep(1)
    finally:
        child.kill()
        await child.wait()
