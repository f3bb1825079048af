"""The stock openai client transcribes files with an access token or an API key."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import openai
import pytest

from tests.support.node import Parley, running

DATA = Path(__file__).parents[2] / "data"
CLIP = DATA / "audio" / "so762-008110159.flac"
TEXT = "Let us know if you have any other questions."


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(DATA / "models" / "whisper-clips-test")})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


def _client(parley: Parley, key: str) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=f"{parley.url}/v1", api_key=key, max_retries=0)


async def _key(parley: Parley, scopes: list[str]) -> str:
    account = await parley.account()
    body = {"name": "files", "scopes": scopes}
    async with parley.client.post("/api/api-keys", json=body, headers=account.headers) as response:
        assert response.status == 201, await response.text()
        return str((await response.json())["key"])


async def test_every_format_is_given(node: Parley) -> None:
    account = await node.account()
    async with _client(node, account.access_token) as client:
        ask = client.audio.transcriptions.create
        plain = await ask(model="whisper-1", file=CLIP)
        assert plain.text == TEXT
        assert await ask(model="whisper-1", file=CLIP, response_format="text") == TEXT + "\n"
        assert "--> " in await ask(model="whisper-1", file=CLIP, response_format="srt")
        assert (await ask(model="whisper-1", file=CLIP, response_format="vtt")).startswith("WEBVTT")
        verbose = await ask(
            model="whisper-1", file=CLIP, response_format="verbose_json", timestamp_granularities=["word", "segment"]
        )
        assert 3 < verbose.duration < 5
        assert [one.word for one in verbose.words or ()] == TEXT.split()
        assert (verbose.segments or [])[0].text == TEXT


async def test_an_api_key_opens_it_when_its_scope_does(node: Parley) -> None:
    async with _client(node, await _key(node, ["live:write"])) as client:
        assert (await client.audio.transcriptions.create(model="whisper-1", file=CLIP)).text == TEXT
    async with _client(node, await _key(node, ["live:read"])) as client:
        with pytest.raises(openai.PermissionDeniedError) as refusal:
            await client.audio.transcriptions.create(model="whisper-1", file=CLIP)
        assert refusal.value.code == "INSUFFICIENT_API_KEY_SCOPE"


async def test_what_cannot_be_done_is_refused_in_the_clients_words(node: Parley) -> None:
    account = await node.account()
    async with _client(node, account.access_token) as client:
        with pytest.raises(openai.BadRequestError):
            await client.audio.transcriptions.create(model="whisper-1", file=("a.wav", b"rubbish"))
        with pytest.raises(openai.BadRequestError):
            await client.post("/audio/transcriptions", body={"model": "whisper-1"}, cast_to=object)
    async with _client(node, "nobody") as client:
        with pytest.raises(openai.AuthenticationError):
            await client.audio.transcriptions.create(model="whisper-1", file=CLIP)
