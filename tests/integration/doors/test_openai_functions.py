"""The stock openai client has functions called by a provider's model: whole, streamed, and answered."""

from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest

from tests.support.language_model import LanguageModel, language_model
from tests.support.node import Parley
from tests.support.openai_node import openai_node

HELLO: list[Any] = [{"role": "user", "content": "What is the weather in Oslo?"}]
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
TOOLS: list[Any] = [
    {"type": "function", "function": {"name": "weather", "description": "Now.", "parameters": PARAMETERS}}
]


@pytest.fixture
async def model() -> AsyncIterator[LanguageModel]:
    async with language_model() as model:
        model.calls = [("weather", '{"city": "Oslo"}'), ("weather", '{"city": "Bergen"}')]
        yield model


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str, model: LanguageModel) -> AsyncIterator[Parley]:
    async with openai_node(settings, database_url, redis_url, model, models=("llama/3",)) as parley:
        yield parley


@pytest.fixture
async def client(node: Parley) -> AsyncIterator[openai.AsyncOpenAI]:
    account = await node.account()
    async with openai.AsyncOpenAI(base_url=f"{node.url}/v1", api_key=account.access_token, max_retries=0) as client:
        yield client


async def test_functions_are_called_and_their_results_used(client: openai.AsyncOpenAI, model: LanguageModel) -> None:
    ask = client.chat.completions.create
    said = await ask(model="auto", messages=HELLO, tools=TOOLS, tool_choice="required", parallel_tool_calls=True)
    message = said.choices[0].message
    assert (said.choices[0].finish_reason, message.content, said.model) == ("tool_calls", None, "llama/3")
    called = [(one.id, one.function.name, one.function.arguments) for one in message.tool_calls or []]  # type: ignore[union-attr]
    assert called == [("call_0", *model.calls[0]), ("call_1", *model.calls[1])]
    sent = model.requests[0]
    assert (sent["tools"], sent["tool_choice"], sent["parallel_tool_calls"]) == (TOOLS, "required", True)
    told: list[Any] = [*HELLO, message.model_dump(exclude_none=True)]
    told += [{"role": "tool", "tool_call_id": f"call_{number}", "content": f"{number} degrees"} for number in (0, 1)]
    answer = await ask(model="llama/3", messages=told, tools=TOOLS)
    assert answer.choices[0].message.content == "I see: 0 degrees, 1 degrees."
    assert answer.choices[0].message.tool_calls is None
    system, *rest = model.requests[1]["messages"]
    assert system["role"] == "system" and rest[0] == HELLO[0] and rest[2:] == told[2:]
    calls = [{key: call[key] for key in ("id", "type", "function")} for call in rest[1]["tool_calls"]]
    assert calls == told[1]["tool_calls"] and rest[1]["content"] is None


async def test_calls_are_streamed(client: openai.AsyncOpenAI, model: LanguageModel) -> None:
    model.before_calls = "Let me see."
    async with client.chat.completions.stream(model="llama/3", messages=HELLO, tools=TOOLS) as stream:
        events = [event async for event in stream]
        whole = await stream.get_final_completion()
    message = whole.choices[0].message
    assert (message.content, whole.choices[0].finish_reason) == ("Let me see.", "tool_calls")
    called = [(one.id, one.function.name, one.function.arguments) for one in message.tool_calls or []]
    assert called == [("call_0", *model.calls[0]), ("call_1", *model.calls[1])]
    done = [event for event in events if event.type == "tool_calls.function.arguments.done"]
    assert [event.arguments for event in done] == [arguments for _, arguments in model.calls]


async def test_tools_that_must_not_be_called_are_overlooked(client: openai.AsyncOpenAI, model: LanguageModel) -> None:
    ask = client.chat.completions.create
    said = await ask(model="llama/3", messages=HELLO, tools=TOOLS, tool_choice="none")
    assert said.choices[0].message.content == model.answer and "tools" not in model.requests[0]
    assert (
        (await ask(model="parley-tutor-1", messages=HELLO, tools=TOOLS, tool_choice="none")).choices[0].message.content
    )


async def test_who_counts_on_functions_gets_no_answer_of_the_tutor(
    client: openai.AsyncOpenAI, model: LanguageModel
) -> None:
    ask = client.chat.completions.create
    model.behaviours = ["forbid"]
    with pytest.raises(openai.InternalServerError) as away:  # auto, too: an answer without functions helps nobody
        await ask(model="auto", messages=HELLO, tools=TOOLS)
    assert (away.value.status_code, away.value.code) == (503, "provider_unavailable")
    with pytest.raises(openai.BadRequestError) as refusal:
        await ask(model="parley-tutor-1", messages=HELLO, tools=TOOLS)
    assert (refusal.value.code, refusal.value.param) == ("tools_unsupported", "tools")
    assert (await ask(model="auto", messages=HELLO)).model == "parley-tutor-1"


async def test_what_the_provider_refuses_is_the_callers_fault(client: openai.AsyncOpenAI, model: LanguageModel) -> None:
    model.behaviours = ["refuse"]
    for wanted in ("llama/3", "auto"):
        for stream in (False, True):
            with pytest.raises(openai.BadRequestError) as refusal:
                await client.chat.completions.create(model=wanted, messages=HELLO, tools=TOOLS, stream=stream)
            assert (refusal.value.code, refusal.value.type) == ("request_refused", "invalid_request_error")
            assert "cannot serve this request." in str(refusal.value.body)  # nothing of the provider's words
    model.behaviours = ["answer"]
    assert (await client.chat.completions.create(model="llama/3", messages=HELLO)).model == "llama/3"


async def test_a_server_without_a_language_model_says_that_it_calls_no_functions(parley: Parley) -> None:
    account = await parley.account()
    async with openai.AsyncOpenAI(base_url=f"{parley.url}/v1", api_key=account.access_token, max_retries=0) as client:
        with pytest.raises(openai.BadRequestError) as refusal:
            await client.chat.completions.create(model="auto", messages=HELLO, tools=TOOLS)
    assert refusal.value.code == "tools_unsupported"
