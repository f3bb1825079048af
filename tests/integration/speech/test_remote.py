"""A real server in the shape of OpenAI's, small enough to stand in a test."""

import base64
import io
import wave
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import test_utils, web

from server.kit.clock import SystemClock
from server.kit.tasks import Tasks
from speech import events
from speech.listening import ListenerOptions, Listening, ListeningSettings
from speech.transcription.remote import RemoteServer
from tests.support import speech as support


@dataclass
class Server:
    url: str = ""
    seconds: list[float] = field(default_factory=list)
    fields: list[dict[str, str]] = field(default_factory=list)
    broken: bool = False
    deaf: bool = False
    server: Any = None

    async def models(self, request: web.Request) -> web.Response:
        return web.json_response({"data": []}, status=200 if request.headers["Authorization"] == "Bearer k" else 401)

    async def file(self, request: web.Request) -> web.Response:
        if self.broken:
            raise web.HTTPInternalServerError(text="no")
        form = await request.post()
        sound = form["file"]
        assert isinstance(sound, web.FileField)
        with wave.open(io.BytesIO(sound.file.read())) as opened:
            assert (opened.getnchannels(), opened.getframerate()) == (1, 16_000)
            self.seconds.append(opened.getnframes() / 16_000)
        self.fields.append({name: str(value) for name, value in form.items() if name != "file"})
        words = [{"word": "hello", "start": 0.4, "end": 0.7}, {"word": "world.", "start": 0.7, "end": 1.1}]
        return web.json_response({"text": "hello world.", "words": words})

    async def realtime(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=1 << 24)
        await socket.prepare(request)
        held = b""
        async for message in socket:
            event = message.json()
            if event["type"] == "session.update":
                assert event["session"]["audio"]["input"]["turn_detection"] is None
            elif event["type"] == "input_audio_buffer.append":
                held += base64.b64decode(event["audio"])
            else:
                self.seconds.append(len(held) / 2 / 24_000)
                held = b""
                if self.deaf:
                    error = {"code": "input_audio_buffer_commit_empty", "message": "There is no sound to commit."}
                    await socket.send_json({"type": "error", "error": error})
                    continue
                kind = "conversation.item.input_audio_transcription."
                await socket.send_json({"type": kind + "delta", "delta": "over"})
                await socket.send_json({"type": kind + "completed", "transcript": "over the wire"})
        return socket


@pytest.fixture
async def remote() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.add_routes(
        [
            web.get("/v1/models", server.models),
            web.post("/v1/audio/transcriptions", server.file),
            web.get("/v1/realtime", server.realtime),
        ]
    )
    server.server = test_utils.TestServer(app)
    await server.server.start_server()
    server.url = str(server.server.make_url("/v1"))
    yield server
    await server.server.close()


async def open_(tmp_path: Path, tasks: Tasks, remote: RemoteServer) -> Listening:
    settings = ListeningSettings(
        data=tmp_path, engine="remote", remote=remote, model=str(support.CLIPS_MODEL), workers=1, download=False
    )
    listening = Listening(settings, tasks, SystemClock())
    await listening.start()
    await listening.ready()
    return listening


async def test_a_server_hears_files(tmp_path: Path, tasks: Tasks, remote: Server) -> None:
    listening = await open_(tmp_path, tasks, RemoteServer(remote.url, "large", "k"))
    try:
        heard = await support.hear(listening, support.clip("LJ001-0008"), vocabulary=("surpassed",))
        final = heard.of(events.Final)[0]
        assert final.text == "hello world."
        assert final.engine == {"name": "openai-compatible", "model": "large", "version": "file"}
        assert 1.5 < remote.seconds[-1] < 3
        assert remote.fields[0]["model"] == "large" and remote.fields[0]["prompt"] == "surpassed"
        assert heard.broken_promises() == []
    finally:
        await listening.close()


async def test_a_server_hears_over_its_realtime_socket(tmp_path: Path, tasks: Tasks, remote: Server) -> None:
    listening = await open_(tmp_path, tasks, RemoteServer(remote.url, "live", "k", "realtime"))
    try:
        heard = await support.hear(listening, support.clip("LJ001-0008"))
        assert heard.of(events.Final)[0].text == "over the wire"
        assert 1.5 < remote.seconds[-1] < 3
    finally:
        await listening.close()


async def test_a_server_that_heard_nobody_gives_no_words_and_no_trouble(
    tmp_path: Path, tasks: Tasks, remote: Server
) -> None:
    listening = await open_(tmp_path, tasks, RemoteServer(remote.url, "live", "k", "realtime"))
    try:
        remote.deaf = True
        heard = await support.hear(listening, support.clip("LJ001-0008"), scored=False)
        assert [final.text for final in heard.of(events.Final)] == [""]
        assert heard.of(events.Degraded) == []
    finally:
        await listening.close()


async def test_a_refused_key_is_named_and_the_next_engine_hears(tmp_path: Path, tasks: Tasks, remote: Server) -> None:
    listening = await open_(tmp_path, tasks, RemoteServer(remote.url, "large", "wrong"))
    try:
        status = listening.status()
        assert status["engine"]["name"] == "faster-whisper"
        assert status["problems"][0]["code"] == "engine_refused"
    finally:
        await listening.close()


async def test_a_server_that_goes_away_is_replaced(tmp_path: Path, tasks: Tasks, remote: Server) -> None:
    listening = await open_(tmp_path, tasks, RemoteServer(remote.url, "large", "k"))
    try:
        await remote.server.close()
        heard = support.Heard()
        listener = listening.listener(ListenerOptions("test", scored=False), heard)
        await support.play(listener, support.clip("LJ001-0008"))
        final = await heard.wait_for(events.Final, 90)
        await listener.close()
        assert final.text == "has never been surpassed."
        assert final.engine["name"] == "faster-whisper"
    finally:
        await listening.close()


async def test_a_server_that_errs_does_not_swallow_the_turn(tmp_path: Path, tasks: Tasks, remote: Server) -> None:
    listening = await open_(tmp_path, tasks, RemoteServer(remote.url, "large", "k"))
    try:
        remote.broken = True
        heard = await support.hear(listening, support.clip("LJ001-0008"))
        assert [final.text for final in heard.of(events.Final)] == [""]
        assert "engine_failed" in {event.reason for event in heard.of(events.Degraded)}
    finally:
        await listening.close()
