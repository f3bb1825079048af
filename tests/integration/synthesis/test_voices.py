"""Voices that really speak: espeak-ng where it is installed, and a speech server of the test's own."""

from collections.abc import AsyncIterator

import numpy as np
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from kit.outbound import Outbound
from kit.storable import JsonObject
from speech.synthesis import espeak
from speech.synthesis.remote import RemoteVoice, RemoteVoiceSettings
from speech.synthesis.voices import RATE, VoiceProblem, joined

Asked = tuple[str, list[tuple[str, JsonObject]]]  # the address, and what was asked with which key


@pytest.mark.skipif(espeak.find() is None, reason="espeak-ng is not installed")
async def test_espeak_speaks_at_our_rate() -> None:
    voice = espeak.EspeakVoice(espeak.find() or "")
    sound = joined([piece async for piece in voice.speak("Good morning, how are you today?", "en")]).pcm
    samples = np.frombuffer(sound, "<i2").astype(float)
    assert 1.0 < len(samples) / RATE < 4.0
    assert np.sqrt(np.mean(samples**2)) > 300


async def test_a_program_that_fails_is_a_problem_of_the_voice() -> None:
    voice = espeak.EspeakVoice("/bin/false")
    with pytest.raises(VoiceProblem):
        await anext(voice.speak("Hello", "en"))


@pytest.fixture
async def speech_server() -> AsyncIterator[Asked]:
    asked: list[tuple[str, JsonObject]] = []

    async def speech(request: web.Request) -> web.StreamResponse:
        asked.append((request.headers["Authorization"], await request.json()))
        if asked[-1][1]["input"] == "broken":
            return web.Response(status=500)
        response = web.StreamResponse()
        await response.prepare(request)
        for piece in (b"\x01", b"\x02\x03\x04\x05", b"\x06"):
            await response.write(piece)
        return response

    app = web.Application()
    app.router.add_post("/v1/audio/speech", speech)
    async with TestServer(app) as server:
        yield str(server.make_url("/v1")), asked


async def test_a_speech_server_is_asked_as_its_documents_say(speech_server: Asked) -> None:
    url, asked = speech_server
    async with Outbound() as outbound:
        voice = RemoteVoice(RemoteVoiceSettings(url, "key-1", "tts-1", "alloy"), outbound)
        pieces = [piece.pcm async for piece in voice.speak("Hello", "en")]
        assert b"".join(pieces) == b"\x01\x02\x03\x04\x05\x06"
        assert all(len(piece) % 2 == 0 for piece in pieces)
        with pytest.raises(VoiceProblem, match="500"):
            await anext(voice.speak("broken", "en"))
    authorization, body = asked[0]
    assert authorization == "Bearer key-1"
    assert body == {"model": "tts-1", "voice": "alloy", "input": "Hello", "response_format": "pcm"}


async def test_a_server_that_is_not_there_is_a_problem_of_the_voice() -> None:
    async with Outbound() as outbound:
        voice = RemoteVoice(RemoteVoiceSettings("http://127.0.0.1:9", "k", "m", "v"), outbound)
        with pytest.raises(VoiceProblem):
            await anext(voice.speak("Hello", "en"))
