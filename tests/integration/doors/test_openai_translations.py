"""The stock openai client has recordings translated, where the engine can."""

from pathlib import Path
from typing import Any

import openai
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from server.config import Settings
from tests.support.node import Parley, running

DATA = Path(__file__).parents[2] / "data"
CLIP = DATA / "audio" / "so762-008110159.flac"
WORDS = "Good morning, how are you?"
pytestmark = pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning")  # the client's own word for it


def _client(parley: Parley, key: str) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=f"{parley.url}/v1", api_key=key, max_retries=0)


def _server(forms: list[tuple[str, Any]]) -> web.Application:
    """A server with the OpenAI API that translates."""

    async def models(_: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": []})

    async def heard(request: web.Request) -> web.Response:
        forms.append((request.path, dict(await request.post())))
        return web.json_response({"task": "translate", "language": "english", "text": WORDS})

    app = web.Application()
    app.router.add_get("/v1/models", models)
    app.router.add_post("/v1/audio/{door}", heard)
    return app


async def test_a_server_that_translates_is_asked_to(settings: Settings, database_url: str, redis_url: str) -> None:
    forms: list[tuple[str, Any]] = []
    async with TestServer(_server(forms)) as server:
        fields = {"speech_engine": "remote", "speech_url": str(server.make_url("/v1"))}
        async with running(settings.model_copy(update=fields), database_url, redis_url) as node:
            account = await node.account()
            async with _client(node, account.access_token) as client:
                ask = client.audio.translations.create
                said = await ask(model="whisper-1", file=CLIP, prompt="A lesson.")
                verbose = await ask(model="whisper-1", file=CLIP, response_format="verbose_json")
                captions = await ask(model="whisper-1", file=CLIP, response_format="vtt", temperature=0.5)
    path, form = forms[0]
    assert (said.text, path, form["prompt"]) == (WORDS, "/v1/audio/translations", "A lesson.")
    assert "language" not in form
    assert (verbose.text, verbose.language) == (WORDS, "english") and (verbose.segments or [])[0].text == WORDS
    assert verbose.model_extra is not None and verbose.model_extra["task"] == "translate"
    assert str(captions).startswith("WEBVTT")


async def test_an_engine_that_cannot_says_so(parley: Parley) -> None:
    """PocketSphinx hears English only."""
    account = await parley.account()
    async with _client(parley, account.access_token) as client:
        with pytest.raises(openai.BadRequestError) as refusal:
            await client.audio.translations.create(model="whisper-1", file=CLIP)
        assert (refusal.value.code, refusal.value.param) == ("translation_unsupported", "model")
        with pytest.raises(openai.BadRequestError) as broken:
            await client.audio.translations.create(model="whisper-1", file=CLIP, response_format="x")  # type: ignore[call-overload]
        assert broken.value.param == "response_format"
