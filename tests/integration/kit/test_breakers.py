"""One breaker and one retry budget before every server with the OpenAI API, whatever it is asked for."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from api.english.writing.evaluator import JudgeFailedError
from api.english.writing.remote_judge import RemoteJudge
from api.knowledge.embedding.embedders import CompatibleEmbedder
from kit.errors import Failure
from kit.outbound import Outbound
from speech.engines.remote import RemoteLane, RemoteServer
from speech.pool import jobs, lanes
from speech.synthesis.remote import RemoteVoice, RemoteVoiceSettings
from speech.synthesis.voices import VoiceProblem
from speech.transcription.types import Request
from tests.support.clock import FakeClock

Ask = Callable[[], Awaitable[object]]
TROUBLE = (Failure, JudgeFailedError, VoiceProblem, lanes.JobFailed, lanes.LaneLost)


def _embedder(url: str, outbound: Outbound) -> Ask:
    return lambda: CompatibleEmbedder(outbound, base_url=url, key=None, model="m").embed(["a"])


def _judge(url: str, outbound: Outbound) -> Ask:
    return lambda: RemoteJudge(outbound, base_url=url, key=None, model="m").ask("Judge.", "A text.")


def _voice(url: str, outbound: Outbound) -> Ask:
    voice = RemoteVoice(RemoteVoiceSettings(url, "", "m", "v"), outbound)

    async def speak() -> list[bytes]:
        return [sound.pcm async for sound in voice.speak("Hello.", "en")]

    return speak


def _recognizer(url: str, outbound: Outbound) -> Ask:
    job = jobs.Recognise("s", 1, 0, bytes(32_000), Request())
    return lambda: RemoteLane(RemoteServer(url, "m"), outbound).run(job, 20.0)


@pytest.mark.parametrize("made", [_embedder, _judge, _voice, _recognizer])
async def test_a_server_in_trouble_is_left_alone_and_tried_again_later(made: Callable[[str, Outbound], Ask]) -> None:
    asked: list[str] = []
    statuses = {"now": 503}

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.json_response({}, status=statuses["now"])

    app, clock = web.Application(), FakeClock()
    app.router.add_post("/v1/{path:.*}", answer)
    async with TestServer(app) as server, Outbound(clock) as outbound:
        ask = made(str(server.make_url("/v1")), outbound)
        for _ in range(8):
            with pytest.raises(TROUBLE):
                await ask()
        assert len(asked) == 3, "one is asked again, and then nobody for a while"
        clock.advance(31)
        statuses["now"] = 400  # the request is at fault: the server works
        for _ in range(3):
            with pytest.raises(TROUBLE):
                await ask()
        assert len(asked) == 6


async def test_servers_are_judged_one_by_one_and_by_what_they_are_asked_for() -> None:
    async with Outbound(FakeClock()) as outbound:
        names: list[tuple[Any, ...]] = [("judge", "a", "m"), ("judge", "b", "m"), ("speech", "a", "m")]
        assert len({id(outbound.breakers.of(*name)) for name in names}) == 3
        assert outbound.breakers.of("judge", "a", "m") is outbound.breakers.of("judge", "a", "m")
