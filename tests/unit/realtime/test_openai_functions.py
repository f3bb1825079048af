"""What functions of a client gave is kept up to a length."""

import pytest

from kit.errors import Failure
from realtime.transports.openai.functions import Call, Functions

OUTPUT = "x" * 100_000


def _called(functions: Functions, number: int) -> Call:
    call = functions.begun(f"call_{number}", "look_up")
    functions.complete(call)
    functions.ended(f"a{number}", "")
    return call


def test_the_oldest_calls_of_a_long_conversation_are_forgotten() -> None:
    functions = Functions(lambda _, __: None)
    for number in range(50):
        call = _called(functions, number)
        functions.give({"call_id": call.id, "output": OUTPUT})
    kept = sum(len(str(message)) for number in range(50) for message in functions.behind(str(number)))
    assert 900_000 < kept < 1_100_000
    assert functions.behind("0") == [] and len(functions.behind("49")) == 2
    with pytest.raises(Failure) as refusal:
        functions.give({"call_id": "call_0", "output": "again"})
    assert refusal.value.code == "invalid_request"
