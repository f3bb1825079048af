"""The stock openai client chats, embeds and has texts spoken."""

import base64
import io
import json
import struct
import wave
from collections.abc import AsyncIterator
from typing import Any

import av
import openai
import pytest

from server.setting_types import ProviderSettings
from tests.support.language_model import LanguageModel, language_model
from tests.support.node import Parley, running
from tests.support.voice_server import TONE, voice_server

HELLO: list[Any] = [{"role": "user", "content": "Yesterday I go to the cinema."}]
SECONDS = len(TONE) / 48_000


@pytest.fixture
async def model() -> AsyncIterator[LanguageModel]:
    async with language_model() as model:
        yield model


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str, model: LanguageModel) -> AsyncIterator[Parley]:
    provider = ProviderSettings(
        id="school", name="School", base_url=model.url, api_key=None, models=("llama/3",), stall_seconds=1
    )
    async with voice_server() as voice:
        fields = settings.model_dump(exclude_unset=True) | voice | {"providers": (provider,)}
        async with running(type(settings)(**fields), database_url, redis_url) as parley:
            yield parley


@pytest.fixture
async def client(node: Parley) -> AsyncIterator[openai.AsyncOpenAI]:
    account = await node.account()
    async with openai.AsyncOpenAI(base_url=f"{node.url}/v1", api_key=account.access_token, max_retries=0) as client:
        yield client


async def test_the_tutor_answers(client: openai.AsyncOpenAI) -> None:
    said = await client.chat.completions.create(model="parley-tutor-1", messages=HELLO)
    assert (said.object, said.model, said.choices[0].finish_reason) == ("chat.completion", "parley-tutor-1", "stop")
    assert "went" in (said.choices[0].message.content or "")
    assert said.usage is not None and said.usage.prompt_tokens == 6 and said.usage.completion_tokens > 5


async def test_a_provider_answers_as_it_was_asked(client: openai.AsyncOpenAI, model: LanguageModel) -> None:
    asked = [{"role": "system", "content": "Be short."}, *HELLO]
    asked[1] = {"role": "user", "content": [{"type": "text", "text": "Hello"}, {"type": "text", "text": "there"}]}
    said = await client.chat.completions.create(model="llama/3", messages=asked, temperature=0.5, max_tokens=40)
    assert said.choices[0].message.content == model.answer
    assert said.usage is not None and (said.usage.prompt_tokens, said.usage.total_tokens) == (12, 21)
    sent = model.requests[0]
    assert sent["messages"][0] == {"role": "system", "content": "Be short."}
    assert sent["messages"][1] == {"role": "user", "content": "Hello\nthere"}
    assert (sent["temperature"], sent["max_tokens"]) == (0.5, 40)


async def test_answers_are_streamed_with_their_usage(client: openai.AsyncOpenAI, model: LanguageModel) -> None:
    stream = await client.chat.completions.create(
        model="auto", messages=HELLO, stream=True, stream_options={"include_usage": True}
    )
    chunks = [one async for one in stream]
    assert "".join(one.choices[0].delta.content or "" for one in chunks if one.choices) == model.answer
    assert {one.model for one in chunks} == {"llama/3"} and len({one.id for one in chunks}) == 1
    assert chunks[-2].choices[0].finish_reason == "stop" and chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-1].choices == [] and chunks[-1].usage is not None and chunks[-1].usage.total_tokens == 21
    plain = [one async for one in await client.chat.completions.create(model="auto", messages=HELLO, stream=True)]
    assert all(one.usage is None and one.choices for one in plain)


async def test_trouble_with_a_provider_is_told(client: openai.AsyncOpenAI, model: LanguageModel) -> None:
    ask = client.chat.completions.create
    model.behaviours = ["forbid"]
    with pytest.raises(openai.APIStatusError) as refusal:  # a model that was named is not replaced
        await ask(model="llama/3", messages=HELLO)
    assert (refusal.value.status_code, refusal.value.code) == (503, "provider_unavailable")
    assert (await ask(model="auto", messages=HELLO)).model == "parley-tutor-1"
    model.behaviours = ["stall_midway"]
    with pytest.raises(openai.APIError, match="broke off"):
        async for _ in await ask(model="llama/3", messages=HELLO, stream=True):
            pass


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]}, None),
        ({"messages": HELLO, "tools": [{"type": "function", "function": {"name": "f"}}]}, "tools"),
        ({"messages": HELLO, "tools": [{"type": "retrieval"}]}, "tools[0].type"),
        ({"messages": HELLO, "tools": [{"type": "function", "function": {"name": "ä"}}]}, "tools[0].function.name"),
        ({"messages": HELLO, "tool_choice": "perhaps"}, None),
        ({"messages": [*HELLO, {"role": "tool", "content": "x"}]}, "messages[1].tool_call_id"),
        ({"messages": [*HELLO, {"role": "tool", "content": "x", "tool_call_id": "call_1"}]}, "tools"),
        ({"messages": HELLO, "n": 2}, "n"),
        ({"messages": HELLO, "temperature": 3}, "temperature"),
        ({"messages": [{"role": "nobody", "content": "x"}]}, "messages[0].role"),
    ],
)
async def test_what_cannot_be_done_is_refused(
    client: openai.AsyncOpenAI, fields: dict[str, Any], param: str | None
) -> None:
    with pytest.raises(openai.BadRequestError) as refusal:
        await client.chat.completions.create(model="parley-tutor-1", **fields)
    assert param is None or refusal.value.param == param


async def test_an_unknown_model_is_not_found(client: openai.AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as refusal:
        await client.chat.completions.create(model="gpt-9", messages=HELLO)
    assert refusal.value.code == "model_not_found"
    listed = [one.id async for one in client.models.list()]
    assert listed == ["auto", "llama/3", "gpt-4o-mini", "parley-tutor-1", "whisper-1", "tts-1", "parley-local-1"]
    assert (await client.models.retrieve("llama/3")).owned_by == "school"


async def test_texts_are_embedded(client: openai.AsyncOpenAI) -> None:
    ask = client.embeddings.create
    numbers = await ask(model="any", input=["The cat sleeps.", "A dog."], encoding_format="float")
    assert [one.index for one in numbers.data] == [0, 1] and numbers.model == "parley-local-1"
    first = numbers.data[0].embedding
    assert abs(sum(value * value for value in first) - 1) < 1e-3
    unmodified = await ask(model="any", input="The cat sleeps.")  # the client asks for base64 and decodes it
    assert unmodified.data[0].embedding == pytest.approx(first, abs=1e-6)
    refused: list[dict[str, Any]] = [{"input": ""}, {"input": []}, {"input": [1, 2]}, {"input": "x", "dimensions": 7}]
    for wrong in refused:
        with pytest.raises(openai.BadRequestError):
            await ask(model="any", **wrong)


@pytest.mark.parametrize("kind", ["mp3", "opus", "aac", "flac", "wav", "pcm"])
async def test_texts_are_spoken_in_every_format(client: openai.AsyncOpenAI, kind: Any) -> None:
    async with client.audio.speech.with_streaming_response.create(
        model="tts-1", voice="alloy", input="Hello there.", response_format=kind
    ) as response:
        pieces = [piece async for piece in response.iter_bytes()]
    sound = b"".join(pieces)
    if kind == "pcm":
        assert sound == TONE
    elif kind == "wav":
        assert sound[44:] == TONE
        with wave.open(io.BytesIO(sound)) as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
    else:
        with av.open(io.BytesIO(sound)) as container:
            assert isinstance(container, av.container.InputContainer)
            seconds = sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))
        assert seconds == pytest.approx(SECONDS, abs=0.1)


async def test_speech_may_be_faster_and_come_in_events(client: openai.AsyncOpenAI) -> None:
    said = await client.audio.speech.create(
        model="tts-1", voice="alloy", input="Hello.", response_format="pcm", speed=2.0
    )
    assert len(said.content) / 48_000 == pytest.approx(SECONDS / 2, abs=0.1)
    two = await client.audio.speech.create(
        model="tts-1", voice="alloy", input="Hello to all of you. How are you all today?", response_format="pcm"
    )
    assert len(two.content) == 2 * len(TONE), "sentence by sentence"
    async with client.audio.speech.with_streaming_response.create(
        model="tts-1", voice="alloy", input="Hello.", response_format="pcm", stream_format="sse"
    ) as response:
        lines = [line async for line in response.iter_lines() if line.startswith("data: ")]
    events = [json.loads(line[6:]) for line in lines]
    assert b"".join(base64.b64decode(one["audio"]) for one in events[:-1]) == TONE
    assert events[-1]["type"] == "speech.audio.done"


async def test_a_server_without_a_voice_says_so(settings: Any, database_url: str, redis_url: str) -> None:
    async with running(settings.model_copy(update={"voice": "client"}), database_url, redis_url) as node:
        account = await node.account()
        async with openai.AsyncOpenAI(base_url=f"{node.url}/v1", api_key=account.access_token, max_retries=0) as client:
            with pytest.raises(openai.APIStatusError) as refusal:
                await client.audio.speech.create(model="tts-1", voice="alloy", input="Hello.")
            assert (refusal.value.status_code, refusal.value.body["code"]) == (503, "voice_unavailable")  # type: ignore[index]
            assert "tts-1" not in [one.id async for one in client.models.list()]


async def test_a_voice_that_fails_says_so_before_any_sound(settings: Any, database_url: str, redis_url: str) -> None:
    fields = {"voice": "server", "voice_model": "v", "openai_base_url": "http://127.0.0.1:9/v1"}
    async with running(settings.model_copy(update=fields), database_url, redis_url) as node:
        account = await node.account()
        for extra in ({}, {"stream_format": "sse"}):
            body = {"model": "tts-1", "voice": "alloy", "input": "Hello.", **extra}
            async with node.client.post("/v1/audio/speech", json=body, headers=account.headers) as response:
                assert (response.status, (await response.json())["error"]["code"]) == (503, "voice_unavailable")


def test_base64_holds_float32() -> None:
    from api.v1.embeddings import _base64

    assert struct.unpack("<2f", base64.b64decode(_base64([0.5, -1.0]))) == (0.5, -1.0)
