"""The stock openai client transcribes files with an access token or an API key."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import openai
import pytest

from tests.support import recordings
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
        assert verbose.language == "english"
        (segment,) = verbose.segments or []
        assert (segment.id, segment.text, segment.temperature) == (0, TEXT, 0.0)
        assert 0 <= segment.seek / 100 <= segment.start < segment.end <= verbose.duration
        assert len(segment.tokens) >= len(TEXT.split()) and all(one > 0 for one in segment.tokens)
        assert (
            -1 < segment.avg_logprob < 0 and 0.5 < segment.compression_ratio < 2 and 0 <= segment.no_speech_prob < 0.5
        )
        named = await ask(model="whisper-1", file=CLIP, language="English", response_format="verbose_json")
        assert (named.language, named.text) == ("english", TEXT)
        assert named.words is None


async def test_text_is_streamed_as_it_is_recognised(node: Parley) -> None:
    account = await node.account()
    long = recordings.wav(recordings.samples(70))
    async with _client(node, account.access_token) as client:
        ask = client.audio.transcriptions.create
        events = [one async for one in await ask(model="whisper-1", file=("a.wav", long), stream=True)]
        deltas = [one.delta for one in events if one.type == "transcript.text.delta"]
        done = events[-1]
        assert done.type == "transcript.text.done" and done.text == "".join(deltas)
        assert len([one for one in deltas if one]) > 1, "a long recording comes in pieces"
        assert done.usage is not None
        with pytest.raises(openai.BadRequestError) as refusal:  # before anything was sent
            await ask(model="whisper-1", file=("a.wav", b"rubbish"), stream=True)
        assert refusal.value.code == "invalid_audio"
        with pytest.raises(openai.BadRequestError) as refusal:
            await ask(model="whisper-1", file=CLIP, stream=True, response_format="srt")
        assert refusal.value.param == "response_format"


async def test_models_are_listed_for_whoever_may_use_one(node: Parley) -> None:
    for scope in ("live:write", "conversations:read"):
        async with _client(node, await _key(node, [scope])) as client:
            names = [one.id async for one in client.models.list()]
            assert {"parley-tutor-1", "whisper-1"} <= set(names)
            assert (await client.models.retrieve("whisper-1")).owned_by == "parley"
            with pytest.raises(openai.NotFoundError) as refusal:
                await client.models.retrieve("some/other")
            assert refusal.value.code == "model_not_found"
    async with _client(node, await _key(node, ["quiz:read"])) as client:
        with pytest.raises(openai.PermissionDeniedError):
            await client.models.list()


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/v1/nothing", 404, "invalid_request_error"),
        ("GET", "/v1/", 404, "invalid_request_error"),
        ("GET", "/v1", 404, "invalid_request_error"),
        ("GET", "/v1/audio/transcriptions", 405, "invalid_request_error"),
        ("DELETE", "/v1/models", 405, "invalid_request_error"),
        ("GET", "/v1/models", 401, "authentication_error"),
        ("GET", "/v1/realtime", 401, "authentication_error"),
        ("POST", "/v1/audio/transcriptions", 401, "authentication_error"),
    ],
)
async def test_every_error_has_the_shape_of_that_api(
    node: Parley, method: str, path: str, status: int, kind: str
) -> None:
    headers = {"Accept": "application/problem+json"}
    async with node.client.request(method, path, headers=headers) as response:
        assert (response.status, response.content_type) == (status, "application/json")
        error = (await response.json())["error"]
        assert set(error) == {"message", "type", "param", "code"} and error["type"] == kind


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
