"""Functions in conversations of the OpenAI Realtime API: the stock client is asked for them and gives results."""

from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest

from tests.integration.doors.test_openai_realtime import _client, _send, _sound, _until
from tests.support.language_model import LanguageModel, language_model
from tests.support.node import Parley
from tests.support.openai_node import openai_node
from tests.support.voice_server import TONE

OSLO = '{"city": "Oslo"}'
TOOL: Any = {"type": "function", "name": "weather", "description": "Now.", "parameters": {"type": "object"}}
TOOLS: Any = [TOOL, {"type": "function", "name": "time"}]


@pytest.fixture
async def model() -> AsyncIterator[LanguageModel]:
    async with language_model() as model:
        model.calls = [("weather", OSLO), ("time", "")]
        yield model


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str, model: LanguageModel) -> AsyncIterator[Parley]:
    async with openai_node(settings, database_url, redis_url, model, tone=TONE[:24_000]) as parley:
        yield parley


async def _say(connection: Any, text: str) -> None:
    content: Any = [{"type": "input_text", "text": text}]
    await connection.conversation.item.create(item={"type": "message", "role": "user", "content": content})


async def _give(connection: Any, call_id: str, output: Any) -> None:
    item: Any = {"type": "function_call_output", "call_id": call_id, "output": output}
    await connection.conversation.item.create(item=item)


async def test_functions_are_called_and_what_they_gave_is_said(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.session.update(session={"type": "realtime", "tools": TOOLS, "tool_choice": "required"})
        updated = await _until(connection, "session.updated", seen)
        assert [one.name for one in updated.session.tools] == ["weather", "time"]
        await _say(connection, "What is the weather in Oslo?")
        await connection.response.create()
        done = await _until(connection, "response.done", seen)
        calls = done.response.output
        assert [(one.type, one.name, one.arguments, one.status) for one in calls] == [
            ("function_call", "weather", OSLO, "completed"),
            ("function_call", "time", "", "completed"),
        ]
        _told_in_order(seen, calls)
        await _give(connection, calls[0].call_id, "rain")
        given = await _until(connection, "conversation.item.done", seen)
        assert (given.item.type, given.item.call_id, given.item.output) == (
            "function_call_output", calls[0].call_id, "rain",
        )  # fmt: skip
        await _give(connection, calls[1].call_id, "noon")
        await connection.response.create()
        answer = await _until(connection, "response.done", seen)
        assert answer.response.output[0].content[0].transcript == "I see: rain, noon."
        await _say(connection, "Thank you.")
        await connection.response.create(response={"tool_choice": "none"})
        thanks = await _until(connection, "response.done", seen)
        assert thanks.response.output[0].content[0].transcript == model.answer
        assert "error" not in [one.type for one in seen]
    _heard_by_the_model(model)


def _told_in_order(seen: list[Any], calls: list[Any]) -> None:
    for call in calls:
        own = [one for one in seen if getattr(one, "item_id", None) == call.id or _item_id(one) == call.id]
        kinds = [one.type for one in own]
        assert kinds[:2] == ["response.output_item.added", "conversation.item.added"]
        ends = ["function_call_arguments.done", "output_item.done", "item.done"]
        assert [kind.partition(".")[2] for kind in kinds[-3:]] == ends
        deltas = [one.delta for one in own if one.type == "response.function_call_arguments.delta"]
        assert "".join(deltas) == call.arguments == own[-3].arguments
        assert own[-3].call_id == call.call_id and own[-2].output_index == calls.index(call)


def _item_id(event: Any) -> Any:
    return getattr(getattr(event, "item", None), "id", None)


def _heard_by_the_model(model: LanguageModel) -> None:
    first, second, third = model.requests
    assert first["tools"][0]["function"] == {name: TOOL[name] for name in ("name", "description", "parameters")}
    assert (first["tool_choice"], "tools" in third) == ("required", False)
    roles = [one["role"] for one in second["messages"]]
    assert roles == ["system", "user", "assistant", "tool", "tool"]
    assert [one["function"]["name"] for one in second["messages"][2]["tool_calls"]] == ["weather", "time"]
    assert [one["role"] for one in third["messages"]] == [*roles, "assistant", "user"]
    assert third["messages"][-2]["content"] == "I see: rain, noon."


async def test_a_spoken_question_is_answered_by_a_function_behind_words(node: Parley, model: LanguageModel) -> None:
    """The result comes while the words before the call are still heard: they are not cut off."""
    model.calls, model.before_calls = [("weather", OSLO)], "Let me see."
    account = await node.account()
    seen: list[Any] = []
    vad: Any = {"type": "server_vad", "silence_duration_ms": 500}
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        session: Any = {"type": "realtime", "tools": TOOLS, "audio": {"input": {"turn_detection": vad}}}
        await connection.session.update(session=session)
        await _send(connection, _sound())
        called = await _until(connection, "response.function_call_arguments.done", seen)
        await _give(connection, called.call_id, "sunny")
        await connection.response.create()
        first = await _until(connection, "response.done", seen)
        assert [one.type for one in first.response.output] == ["message", "function_call"]
        assert first.response.output[0].content[0].transcript == "Let me see." and first.response.status == "completed"
        second = await _until(connection, "response.done", seen)
        assert second.response.output[0].content[0].transcript == "I see: sunny."
        assert [one.type for one in seen].count("response.created") == 2
    said = model.requests[-1]["messages"]
    assert (said[-2]["content"], said[-2]["tool_calls"][0]["function"]["name"]) == ("Let me see.", "weather")


async def test_a_response_without_its_language_model_has_failed(node: Parley, model: LanguageModel) -> None:
    """The tutor does not answer in its place: it calls no functions."""
    model.behaviours = ["forbid", "answer"]
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.session.update(session={"type": "realtime", "tools": [TOOL], "output_modalities": ["text"]})
        await _say(connection, "What is the weather in Oslo?")
        await connection.response.create()
        failed = (await _until(connection, "response.done", seen)).response
        assert (failed.status, failed.status_details.error.code) == ("failed", "provider_unavailable")
        await _say(connection, "Once more, please.")
        await connection.response.create()
        assert (await _until(connection, "response.done", seen)).response.status == "completed"


async def test_what_is_no_function_or_no_result_is_refused(node: Parley) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        wrong: list[tuple[Any, str]] = [
            ({"tools": 5}, "session.tools"),
            ({"tools": [{"type": "mcp"}]}, "session.tools[0].type"),
            ({"tools": [TOOL, {"type": "function", "name": "ä"}]}, "session.tools[1].name"),
            ({"tools": [{**TOOL, "parameters": 5}]}, "session.tools[0].parameters"),
            ({"tools": [{**TOOL, "description": 5}]}, "session.tools[0].description"),
            ({"tool_choice": "perhaps"}, "session.tool_choice"),
            ({"tool_choice": {"type": "function", "name": 5}}, "session.tool_choice"),
        ]
        for session, param in wrong:
            update: Any = {"type": "realtime", **session}
            await connection.session.update(session=update)
            assert (await _until(connection, "error", seen)).error.param == param
        await _give(connection, "call_unknown", "x")
        assert (await _until(connection, "error", seen)).error.param == "item.call_id"
        await connection.session.update(session={"type": "realtime", "tools": [TOOL]})
        await _say(connection, "And the weather?")
        await connection.response.create()
        done = await _until(connection, "response.function_call_arguments.done", seen)
        await _give(connection, done.call_id, {"no": "text"})
        assert (await _until(connection, "error", seen)).error.param == "item.output"
        await _give(connection, done.call_id, "rain")
        await _until(connection, "conversation.item.done", seen)
        await _give(connection, done.call_id, "sun")
        assert (await _until(connection, "error", seen)).error.code == "function_call_answered"


async def test_the_tutor_alone_refuses_functions(parley: Parley) -> None:
    account = await parley.account()
    seen: list[Any] = []
    async with _client(parley, account.access_token) as client:
        with pytest.raises(openai.BadRequestError) as refusal:
            await client.realtime.client_secrets.create(session={"type": "realtime", "tools": [TOOL]})
        assert (refusal.value.code, refusal.value.param) == ("tools_unsupported", "session.tools")
        async with client.realtime.connect(model="auto") as connection:
            await connection.session.update(session={"type": "realtime", "tools": [TOOL]})
            told = (await _until(connection, "error", seen)).error
            assert (told.code, told.param) == ("tools_unsupported", "session.tools")
            await connection.session.update(session={"type": "realtime", "tools": []})
            await _until(connection, "session.updated", seen)
