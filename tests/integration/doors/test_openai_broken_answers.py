"""Answers that the language model breaks off or may not finish: the stock client is told so, in the conversation and
beside it, and what was said stays."""

from typing import Any

import pytest

from tests.integration.doors.test_openai_asides import aside, message, says
from tests.integration.doors.test_openai_realtime import _client, _until
from tests.support.language_model import Behaviour, LanguageModel
from tests.support.node import Parley

_ANSWER = "You went to the cinema. What did you see there?"
_SAID = "You went to"


@pytest.mark.parametrize("behaviour", ["hang_up_midway", "garbage", "error_midway"])
async def test_an_answer_that_breaks_off_has_failed_and_what_was_said_stays(
    node: Parley, model: LanguageModel, behaviour: Behaviour
) -> None:
    model.answer, model.behaviours = _ANSWER, [behaviour, "answer", behaviour]
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        failed = await says(connection, "Hello.", seen)
        assert (failed.status, failed.status_details.type) == ("failed", "failed")
        error = failed.status_details.error
        assert (error.type, error.code) == ("server_error", "provider_unavailable")
        assert (failed.output[0].status, failed.output[0].content[0].transcript) == ("incomplete", _SAID)
        assert [one for one in seen if one.type == "response.output_audio.delta"], "it was spoken as far as it went"
        again = await says(connection, "Go on.", seen)
        assert again.status == "completed" and again.status_details is None
        said = [(one["role"], one["content"]) for one in model.requests[-1]["messages"][1:]]
        assert said == [("user", "Hello."), ("assistant", _SAID), ("user", "Go on.")]
        beside = await aside(connection, seen, input=[message("user", "Well?")])
        assert (beside.status, beside.output[0].status) == ("failed", "incomplete")
        assert beside.output[0].content[0].text == _SAID
        assert beside.status_details.error.code == "provider_unavailable"
        assert "error" not in [one.type for one in seen]


@pytest.mark.parametrize(("behaviour", "reason"), [("too_long", "max_output_tokens"), ("filtered", "content_filter")])
async def test_an_answer_that_may_not_go_on_is_incomplete(
    node: Parley, model: LanguageModel, behaviour: Behaviour, reason: str
) -> None:
    model.behaviours = [behaviour]
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.session.update(session={"type": "realtime", "instructions": "Be kind."})
        for answer in (
            await says(connection, "Hello.", seen),
            await aside(connection, seen, input=[message("user", "Well?")]),
        ):
            assert (answer.status, answer.status_details.type) == ("incomplete", "incomplete")
            assert (answer.status_details.reason, answer.output[0].status) == (reason, "incomplete")
            part = answer.output[0].content[0]
            assert (part.transcript or part.text) == model.answer


async def test_a_call_that_breaks_off_is_not_one_to_be_answered(node: Parley, model: LanguageModel) -> None:
    model.calls, model.behaviours = [("weather", '{"city": "Oslo"}')], ["hang_up_midway", "answer"]
    account = await node.account()
    seen: list[Any] = []
    tool: Any = {"type": "function", "name": "weather", "parameters": {"type": "object"}}
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.session.update(session={"type": "realtime", "tools": [tool]})
        failed = await says(connection, "The weather?", seen)
        call = failed.output[0]
        assert (failed.status, call.type, call.status) == ("failed", "function_call", "incomplete")
        assert "response.function_call_arguments.done" not in [one.type for one in seen]
        given: Any = {"type": "function_call_output", "call_id": call.call_id, "output": "rain"}
        await connection.conversation.item.create(item=given)
        assert (await _until(connection, "error", seen)).error.param == "item.call_id"
        await connection.response.create()  # the question is not answered yet
        again = (await _until(connection, "response.done", seen)).response
        assert (again.status, again.output[0].name) == ("completed", "weather")


async def test_a_model_that_answers_nothing_leaves_the_question_to_be_asked_again(
    node: Parley, model: LanguageModel
) -> None:
    model.behaviours = ["refuse", "answer"]
    account = await node.account()
    seen: list[Any] = []
    tool: Any = {"type": "function", "name": "weather", "parameters": {"type": "object"}}
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await connection.session.update(session={"type": "realtime", "tools": [tool]})
        failed = await says(connection, "Hello.", seen)
        assert (failed.status, failed.status_details.error.code) == ("failed", "provider_unavailable")
        await connection.response.create()
        assert (await _until(connection, "response.done", seen)).response.status == "completed"
