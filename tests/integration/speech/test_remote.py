"""A real server in the shape of OpenAI's, small enough to stand in a test."""

import base64
import contextlib
import io
import wave
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import test_utils, web

from kit import errors
from kit.clock import SystemClock
from kit.outbound import Outbound
from kit.tasks import Tasks
from speech import events
from speech.engines.remote import RemoteLane, RemoteServer
from speech.listening import ListenerOptions, Listening, ListeningSettings
from speech.pool import jobs
from speech.pool.lanes import JobFailed
from speech.transcription.types import Request
from tests.support import speech as support


@dataclass
class Server:
    url: str = ""
    seconds: list[float] = field(default_factory=list)
    fields: list[dict[str, str]] = field(default_factory=list)
    broken: bool = False
    sockets: int = 0
    told: list[dict[str, str]] = field(default_factory=list)
    answers: Callable[[str, dict[str, str]], list[dict[str, Any]]] = field(init=False)
    server: Any = None

    def __post_init__(self) -> None:
        self.answers = self.usual

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
        self.sockets += 1
        held, told = b"", {}
        late: list[dict[str, Any]] = []
        async for message in socket:
            event = message.json()
            if event["type"] == "session.update":
                assert event["session"]["audio"]["input"]["turn_detection"] is None
                told = event["session"]["audio"]["input"]["transcription"]
            elif event["type"] == "input_audio_buffer.append":
                held += base64.b64decode(event["audio"])
            else:
                self.seconds.append(len(held) / 2 / 24_000)
                self.told.append(told)
                held, number = b"", len(self.seconds)
                for answer in [*late, *self.answers(f"item_{number}", told)]:
                    if answer["type"] == "close":
                        await socket.close()
                    elif answer["type"] == "late":
                        late.append(answer["event"])
                    else:
                        await socket.send_json(answer)
        return socket

    def usual(self, item: str, told: dict[str, str]) -> list[dict[str, Any]]:
        return [committed(item), {"type": COMPLETED.replace("completed", "delta"), "delta": "over"}, completed(item)]


COMPLETED = "conversation.item.input_audio_transcription.completed"


def committed(item: str) -> dict[str, Any]:
    return {"type": "input_audio_buffer.committed", "item_id": item}


def completed(item: str, said: str = "over the wire") -> dict[str, Any]:
    return {"type": COMPLETED, "item_id": item, "transcript": said}


def failure(code: str) -> dict[str, Any]:
    return {"type": "error", "error": {"code": code, "message": "There is no sound to commit."}}


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
        remote.answers = lambda item, told: [failure("input_audio_buffer_commit_empty")]
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


def job(stream: str, vocabulary: tuple[str, ...] = (), language: str = "en") -> jobs.Recognise:
    return jobs.Recognise(stream, 1, 0, bytes(32_000), Request("final", language, vocabulary=vocabulary))


async def said(lane: RemoteLane, wish: jobs.Recognise) -> str:
    return " ".join(word.text for word in (await lane.run(wish, 60)).hypothesis.words)


@pytest.fixture
async def lane(remote: Server) -> AsyncIterator[RemoteLane]:
    async with Outbound() as outbound:
        lane = RemoteLane(RemoteServer(remote.url, "live", "k", "realtime"), outbound)
        yield lane
        await lane.stop()


async def test_one_learners_late_words_never_reach_another(remote: Server, lane: RemoteLane) -> None:
    """After an error, from a server that commits by itself, with ids and without."""
    alice = completed("item_1", "words of Alice")
    nameless = {"type": COMPLETED, "transcript": "words of Alice"}
    for first in (
        [committed("item_1"), failure("server_error"), {"type": "late", "event": alice}],
        [failure("server_error"), {"type": "late", "event": nameless}],
        [
            committed("item_0"),
            completed("item_0"),
            {"type": "late", "event": committed("item_1")},
            {"type": "late", "event": alice},
        ],
        [nameless, {"type": "late", "event": nameless}],
        [failure("input_audio_buffer_commit_empty"), {"type": "late", "event": alice}],
    ):
        remote.answers = lambda item, told, first=first: first  # type: ignore[misc]
        with contextlib.suppress(JobFailed):
            await said(lane, job("alice"))
        remote.answers = lambda item, told: [committed(item), completed(item, "words of Bob")]
        assert await said(lane, job("bob")) == "words of Bob"


async def test_a_late_answer_of_the_same_learner_is_not_the_next_one(remote: Server, lane: RemoteLane) -> None:
    remote.answers = lambda item, told: [
        committed(item),
        completed(item, item),
        {"type": "late", "event": completed("x")},
    ]
    heard = [await said(lane, job("alice")) for _ in range(3)]
    assert heard == ["item_1", "item_2", "item_3"]


async def test_a_socket_is_kept_for_its_learner_and_no_other(remote: Server, lane: RemoteLane) -> None:
    for name in ("alice", "alice", "bob", "bob", "alice"):
        assert await said(lane, job(name)) == "over the wire"
    assert remote.sockets == 3


async def test_every_job_is_heard_with_its_own_language_and_prompt(remote: Server, lane: RemoteLane) -> None:
    await said(lane, job("alice", ("grebe",), "de"))
    await said(lane, job("alice", ("heron",), "en"))
    await said(lane, job("alice"))
    assert [(told["language"], told["prompt"]) for told in remote.told] == [
        ("de", "grebe"),
        ("en", "heron"),
        ("en", ""),
    ]


@pytest.mark.parametrize("strange", ["close", "list", "text"])
async def test_lanes_outlive_a_server_that_breaks_off(
    tmp_path: Path, tasks: Tasks, remote: Server, strange: str
) -> None:
    """More often than there are lanes; then it hears again, and so does Parley."""
    listening = await open_(tmp_path, tasks, RemoteServer(remote.url, "live", "k", "realtime"))
    answers: dict[str, list[Any]] = {
        "close": [{"type": "close"}],
        "list": [{"type": "error", "error": "gone"}],
        "text": [{"type": COMPLETED, "item_id": []}, {"type": "close"}],
    }
    try:
        remote.answers = lambda item, told: answers[strange]
        for _ in range(2 * len(listening._workers.lanes)):
            with contextlib.suppress(errors.Failure):
                await listening._workers.perform(job("file"), "final")
        remote.answers = remote.usual
        heard = await support.hear(listening, support.clip("LJ001-0008"))
        assert heard.of(events.Final)[0].text == "over the wire"
        assert len(listening._workers.lanes) == 4
    finally:
        await listening.close()
