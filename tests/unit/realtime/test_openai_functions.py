"""Calls of functions: which a client may answer, and how many are remembered."""

import pytest

from kit.errors import Failure
from realtime.transports.openai.functions import Functions


def _called(functions: Functions, name: str) -> str:
    call = functions.begun(name, "look_up")
    functions.complete(call)
    return call.id


def _refused(functions: Functions, call_id: str, code: str) -> None:
    with pytest.raises(Failure) as refusal:
        functions.give({"call_id": call_id, "output": "again"})
    assert refusal.value.code == code


def test_the_oldest_calls_of_a_long_conversation_are_forgotten() -> None:
    functions = Functions()
    for number in range(1001):
        _called(functions, f"call_{number}")
    _refused(functions, "call_0", "invalid_request")
    assert functions.give({"call_id": "call_1000", "output": "x"})["output"] == "x"


def test_a_call_is_answered_once_unless_the_answer_is_deleted() -> None:
    functions = Functions()
    call = functions.begun("c", "look_up")
    _refused(functions, "c", "invalid_request")  # its arguments are not complete
    functions.complete(call)
    given = functions.give({"call_id": "c", "output": "x"})
    _refused(functions, "c", "function_call_answered")
    functions.deleted(given)
    functions.give({"call_id": "c", "output": "y"})
    functions.deleted({"type": "function_call", "call_id": "c"})
    _refused(functions, "c", "invalid_request")
    functions.deleted({"type": "message"})


def test_a_call_whose_id_is_taken_gets_another() -> None:
    functions = Functions()
    assert functions.begun("c", "look_up").id == "c"
    assert functions.begun("c", "look_up").id.startswith("call_")


def test_a_call_that_is_deleted_before_it_is_complete_is_not_answered() -> None:
    functions = Functions()
    call = functions.begun("c", "look_up")
    functions.deleted({"type": "function_call", "call_id": "c"})
    functions.complete(call)
    _refused(functions, "c", "invalid_request")
