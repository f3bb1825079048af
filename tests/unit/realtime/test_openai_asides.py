"""What answers out of band are made from, and how many are counted."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from kit.errors import Failure
from kit.storable import JsonObject
from kit.tasks import Tasks
from realtime.transports.openai import context
from realtime.transports.openai.asides import Asides
from realtime.transports.openai.config import Config
from realtime.transports.openai.order import ItemOrder
from realtime.transports.openai.talk_config import TalkConfig

AT_ONCE = 4


class _Tutor:
    async def aside(self, *_: object) -> AsyncIterator[str]:
        yield "Well."


def _message(number: int, text: str) -> JsonObject:
    content = [{"type": "input_text", "text": text}]
    return {"id": f"item_{number}", "type": "message", "role": "user", "content": content}


def _asides(tasks: Tasks, told: list[JsonObject]) -> Asides:
    async def say(events: list[JsonObject]) -> None:
        told.extend(events)

    return Asides(tasks, say, old=False)


def _begin(asides: Asides) -> None:
    tutor: Any = _Tutor()
    asked = context.Context()
    asked.say("user", "Well?")
    asides.begin(tutor, asked, TalkConfig(old=False, model="auto", heard=Config(old=False)))


async def test_what_could_not_begin_takes_no_place() -> None:
    tasks = Tasks()
    asides = _asides(tasks, [])
    await tasks.close()
    for _ in range(AT_ONCE + 1):
        with pytest.raises(RuntimeError, match="shutdown"):
            _begin(asides)


async def test_what_was_cancelled_before_it_began_takes_no_place() -> None:
    tasks, told = Tasks(), list[JsonObject]()
    asides = _asides(tasks, told)
    for _ in range(AT_ONCE):
        _begin(asides)
    with pytest.raises(Failure) as refused:
        _begin(asides)
    assert refused.value.code == "too_many_responses"
    asides.close()
    await tasks.close()
    assert not told
    tasks = asides._tasks = Tasks()
    _begin(asides)
    await tasks.close()


def test_a_long_conversation_is_answered_from_its_newest_items() -> None:
    order = ItemOrder()
    for number in range(50):
        order.append(f"item_{number}", "user")
        order.keep(_message(number, f"{number} " + "x" * 20_000))
    lines = [line.text.partition(" ")[0] for line in context.of_conversation(order).lines]
    assert lines == [f"{number}" for number in range(41, 50)]


def test_what_a_function_gave_whose_call_is_too_old_is_left_out() -> None:
    order = ItemOrder()
    output = "x" * 150_000
    items: list[JsonObject] = [
        {"id": "item_0", "type": "function_call", "call_id": "c", "name": "n", "arguments": "y" * 60_000},
        {"id": "item_1", "type": "function_call_output", "call_id": "c", "output": output},
        _message(2, "Well?"),
    ]
    for item in items:
        order.append(item["id"], "user")
        order.keep(item)
    found = context.of_conversation(order)
    assert [line.text for line in found.lines] == ["Well?"] and not found.behind("0")


def _call(number: int, call_id: str) -> JsonObject:
    return {"id": f"item_{number}", "type": "function_call", "call_id": call_id, "name": "n", "arguments": "{}"}


def _output(number: int, call_id: str) -> JsonObject:
    return {"id": f"item_{number}", "type": "function_call_output", "call_id": call_id, "output": call_id.upper()}


def _conversation(*items: JsonObject, opening: str = "") -> context.Context:
    order = ItemOrder()
    for item in items:
        order.append(item["id"], "user")
        order.keep(item)
    return context.of_conversation(order, opening)


def test_calls_of_one_answer_stay_together_with_what_they_gave() -> None:
    called = (
        _call(1, "a"),
        _call(2, "b"),
        _call(3, "c"),
        _output(4, "b"),
        _output(5, "a"),
        _call(6, "d"),
        _output(7, "d"),
    )
    found = _conversation(_message(0, "Well?"), *called)
    told = [one.get("tool_call_id") or [call["id"] for call in one["tool_calls"]] for one in found.behind("0")]
    assert told == [["a", "b"], "a", "b", ["d"], "d"]  # nobody answered the third
    assert found.asks


def test_a_call_before_the_first_message_answers_the_instructions() -> None:
    found = _conversation(_call(0, "a"), _output(1, "a"), opening="Say hello.")
    assert [line.text for line in found.lines] == ["Say hello."] and len(found.behind("0")) == 2
    assert not _conversation(_call(0, "a"), _output(1, "a")).lines


def test_system_messages_are_notes_and_ask_nothing() -> None:
    note = {**_message(1, "She is Ana."), "role": "system"}
    found = _conversation(_message(0, "Hello."), note, {**note, "id": "item_2"})
    assert (found.notes, found.asks, len(found.lines)) == ("She is Ana.\n\nShe is Ana.", True, 1)
    assert not _conversation(note).asks
