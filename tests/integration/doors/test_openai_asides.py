"""Responses out of band: the stock OpenAI client is answered beside the conversation, which knows nothing of it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest

from tests.integration.doors.test_openai_calls import TOOL, used_in_the_end
from tests.integration.doors.test_openai_realtime import _client, _until, _used
from tests.support.language_model import LanguageModel
from tests.support.node import Parley
from tests.support.openai_node import openai_node
from tests.support.voice_server import TONE

LABEL = {"topic": "classification"}


@pytest.fixture
async def node(settings: Any, database_url: str, redis_url: str, model: LanguageModel) -> AsyncIterator[Parley]:
    async with openai_node(settings, database_url, redis_url, model, tone=TONE[:24_000]) as parley:
        yield parley


def message(role: str, text: str) -> dict[str, Any]:
    kind = "output_text" if role == "assistant" else "input_text"
    return {"type": "message", "role": role, "content": [{"type": kind, "text": text}]}


async def aside(connection: Any, seen: list[Any], **response: Any) -> Any:
    await connection.response.create(response={"conversation": "none", "output_modalities": ["text"], **response})
    return (await _until(connection, "response.done", seen)).response


async def says(connection: Any, text: str, seen: list[Any], **response: Any) -> Any:
    await connection.conversation.item.create(item=message("user", text))
    await connection.response.create(response=response)
    return (await _until(connection, "response.done", seen)).response


async def test_an_answer_beside_the_conversation_leaves_no_trace_in_it(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        first = await says(connection, "I am Ana.", seen, metadata={"turn": "1"})
        assert first.metadata == {"turn": "1"} and first.conversation_id
        item = next(one.item for one in seen if one.type == "conversation.item.done")
        del seen[:]
        model.answer = "greeting"
        found = await aside(connection, seen, instructions="Classify the talk.", metadata=LABEL)
        assert (found.status, found.metadata, found.conversation_id) == ("completed", LABEL, None)
        assert found.output[0].content[0].text == "greeting"
        kinds = [one.type for one in seen]
        assert kinds[:3] == ["response.created", "response.output_item.added", "response.content_part.added"]
        assert not [kind for kind in kinds if kind.startswith("conversation.")]
        assert seen[0].response.metadata == LABEL and seen[0].response.output_modalities == ["text"]
        asked = model.requests[-1]["messages"]
        assert asked[0] == {"role": "system", "content": "Classify the talk."}
        assert [one["role"] for one in asked[1:]] == ["user", "assistant", "user"]
        given = [
            message("system", "Answer with one word."),
            {"type": "item_reference", "id": item.id},
            message("assistant", "Hello Ana."),
            message("user", "Bye."),
        ]
        await aside(connection, seen, instructions="Classify.", input=given)
        asked = model.requests[-1]["messages"]
        assert [one["content"] for one in asked] == [
            "Classify.\n\nAnswer with one word.", "I am Ana.", "Hello Ana.", "Bye.",
        ]  # fmt: skip
        await aside(connection, seen, instructions="Say hello.", input=[])
        assert model.requests[-1]["messages"][-1] == {"role": "user", "content": "Say hello."}
        model.answer = "And you?"
        last = await says(connection, "What now?", seen)
        assert last.metadata is None and last.output[0].content[0].transcript == "And you?"
        said = [one["content"] for one in model.requests[-1]["messages"][1:]]
        assert said == ["I am Ana.", "It is good to hear you.", "What now?"]
        assert "error" not in [one.type for one in seen]
        await asyncio.sleep(1)  # a second of life, which is billed
    assert await used_in_the_end(node, account) >= 1


async def test_functions_are_called_out_of_band_and_answered_by_the_input(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    model.calls = [("weather", "{}")]
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        question = message("user", "The weather?")
        called = await aside(connection, seen, input=[question], tools=[TOOL])
        call = called.output[0]
        assert (call.type, call.name, call.status) == ("function_call", "weather", "completed")
        given: Any = {"type": "function_call_output", "call_id": call.call_id, "output": "rain"}
        told = await aside(connection, seen, input=[question, call.model_dump(exclude_none=True), given], tools=[TOOL])
        assert told.output[0].content[0].text == "I see: rain."
        await connection.conversation.item.create(item=given)  # the conversation has no such call
        assert (await _until(connection, "error", seen)).error.param == "item.call_id"


async def test_one_is_cancelled_and_the_others_go_on(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    model.answer, model.behaviours = "word " * 400, ["slow"]
    model.may_end.clear()
    wanted: Any = {"conversation": "none", "output_modalities": ["text"], "input": [message("user", "Go on.")]}
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        for number in range(5):
            response: Any = {**wanted, "metadata": {"number": f"{number}"}}
            await connection.response.create(response=response)
        refused = await _until(connection, "error", seen)
        assert refused.error.code == "too_many_responses"
        while len(made := [one.response for one in seen if one.type == "response.created"]) < 4:
            seen.append(await connection.recv())
        assert {one.metadata["number"] for one in made} == {"0", "1", "2", "3"}
        await _until(connection, "response.output_text.delta", seen)  # one of them is being made by now
        for one in made:
            await connection.response.cancel(response_id=one.id)
            await connection.response.cancel(response_id=one.id)  # in vain, whether it is over by then or not
            done = (await _until(connection, "response.done", seen)).response
            assert (done.id, done.status) == (one.id, "cancelled")
            assert done.status_details.reason == "client_cancelled"
        model.may_end.set()
        async with asyncio.timeout(60):
            await model.left.wait()  # the provider's work ends, too
        await connection.response.cancel(response_id=made[0].id)
        assert (await _until(connection, "error", seen)).error.code == "response_cancel_not_active"
        model.answer, model.behaviours = "Done.", ["answer"]
        assert (await aside(connection, seen, input=[message("user", "Well?")])).status == "completed"


async def test_a_model_that_is_away_fails_the_response(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    seen: list[Any] = []
    model.behaviours = ["error"]
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        failed = await aside(connection, seen, instructions="Classify.", metadata=LABEL)
        assert (failed.status, failed.metadata) == ("failed", LABEL)
        assert failed.status_details.error.code == "provider_unavailable"
        assert failed.status_details.error.type == "server_error"


async def test_the_built_in_tutor_answers_beside_the_conversation_too(parley: Parley) -> None:
    account = await parley.account()
    seen: list[Any] = []
    async with _client(parley, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        found = await aside(connection, seen, input=[message("user", "Yesterday I went to the cinema.")])
        assert found.status == "completed" and found.output[0].content[0].text


_REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"conversation": "other"}, "response.conversation"),
    ({"conversation": ["none"]}, "response.conversation"),
    ({"input": []}, "response.input"),
    ({"conversation": "none", "input": {}}, "response.input"),
    ({"conversation": "none", "input": [message("user", "x")] * 1001}, "response.input"),
    ({"conversation": "none", "input": [message("user", "x" * 110_000)] * 1 + ["x"]}, "response.input[1]"),
    ({"conversation": "none", "input": [{"type": "item_reference", "id": "item_x"}]}, "response.input[0].id"),
    ({"conversation": "none", "input": [{"type": "item_reference"}]}, "response.input[0].id"),
    ({"conversation": "none", "input": [{"type": "mcp_call"}]}, "response.input[0].type"),
    ({"conversation": "none", "input": [{"type": "message", "role": "tool"}]}, "response.input[0].role"),
    ({"conversation": "none", "input": [{"type": "message", "role": "user"}]}, "response.input[0].content"),
    (
        {"conversation": "none", "input": [{"role": "user", "content": [{"type": "input_image"}]}]},
        "response.input[0].content[0].type",
    ),
    (
        {"conversation": "none", "input": [{"role": "user", "content": [{"type": "input_audio", "audio": "AAAA"}]}]},
        "response.input[0].content[0].audio",
    ),
    (
        {"conversation": "none", "input": [{"type": "function_call_output", "call_id": "x", "output": "y"}]},
        "response.input[0].call_id",
    ),
    ({"conversation": "none", "output_modalities": ["audio"]}, "response.output_modalities"),
    ({"conversation": "none", "metadata": []}, "response.metadata"),
    ({"conversation": "none", "metadata": {"a": 1}}, "response.metadata"),
    ({"metadata": {"a": "x" * 513}}, "response.metadata"),
    ({"metadata": {f"{number}": "" for number in range(17)}}, "response.metadata"),
    ({"prompt": {"id": "pmpt_x"}}, "response.prompt"),
    ({"tools": [{"type": "mcp"}]}, "response.tools[0].type"),
    ({"instructions": 1}, "response.instructions"),
]

_REFUSED_IN_A_SESSION: list[tuple[dict[str, Any], str]] = [
    ({"prompt": {"id": "pmpt_x"}}, "session.prompt"),
    *(
        (
            {"audio": {"input": {"turn_detection": {"type": "server_vad", name: value}}}},
            f"session.audio.input.turn_detection.{name}",
        )
        for name, value in (("create_response", "no"), ("interrupt_response", 0), ("idle_timeout_ms", 5000))
    ),
    ({"tools": [{"type": "mcp"}]}, "session.tools[0].type"),
]


async def test_what_would_mean_something_else_here_is_refused_by_name(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    async with node.client.ws_connect("/v1/realtime", headers=account.headers) as socket:
        await socket.receive_json(timeout=60)
        events = [({"type": "response.create", "response": given}, param) for given, param in _REFUSED]
        events += [({"type": "session.update", "session": given}, param) for given, param in _REFUSED_IN_A_SESSION]
        for event, param in events:
            await socket.send_json(event)
            error = (await socket.receive_json(timeout=60))["error"]
            assert (error["type"], error["param"]) == ("invalid_request_error", param), event
    assert not model.requests and await _used(node, account) == 0
    async with _client(node, account.access_token) as client:
        with pytest.raises(openai.BadRequestError) as refusal:
            await client.realtime.client_secrets.create(session={"type": "realtime", "prompt": {"id": "pmpt_x"}})
    assert refusal.value.param == "session.prompt"


async def test_an_item_is_read_again(node: Parley) -> None:
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await says(connection, "I am Ana.", seen)
        items = [one.item for one in seen if one.type == "conversation.item.done"]
        for item in items:
            await connection.conversation.item.retrieve(item_id=item.id)
            assert (await _until(connection, "conversation.item.retrieved", seen)).item == item
        await connection.conversation.item.retrieve(item_id="item_x")
        refused = await _until(connection, "error", seen)
        assert (refused.error.code, refused.error.param) == ("item_retrieve_invalid_item_id", "item_id")
