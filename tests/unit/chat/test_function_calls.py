"""Function calls out of the chunks of many kinds of servers."""

from types import SimpleNamespace
from typing import Any

import pytest

from api.chat.providers.function_calls import FunctionCalls
from api.chat.providers.models import CallDelta
from kit.openai_servers import ServerTrouble


def _chunk(*calls: Any) -> Any:
    return SimpleNamespace(choices=[SimpleNamespace(delta=SimpleNamespace(tool_calls=list(calls)))])


def _call(index: Any = None, id: Any = None, name: Any = None, arguments: Any = None) -> Any:
    return SimpleNamespace(index=index, id=id, function=SimpleNamespace(name=name, arguments=arguments))


def _read(*chunks: Any) -> list[CallDelta]:
    calls = FunctionCalls()
    return [piece for chunk in chunks for piece in calls.in_chunk(chunk)]


def test_a_call_comes_in_pieces() -> None:
    pieces = _read(_chunk(_call(0, "a", "f", "")), _chunk(_call(0, None, None, "{")), _chunk(_call(0, None, "", "}")))
    assert pieces == [CallDelta(0, "a", "f", ""), CallDelta(0, None, None, "{"), CallDelta(0, None, None, "}")]


def test_whole_calls_that_are_all_numbered_0_or_not_at_all_are_told_apart_by_their_ids() -> None:
    for index in (0, None):
        pieces = _read(_chunk(_call(index, "a", "f", "{}"), _call(index, "b", "g", "{}")))
        assert [(one.index, one.id, one.name) for one in pieces] == [(0, "a", "f"), (1, "b", "g")]


def test_a_call_without_an_id_gets_one() -> None:
    [piece] = _read(_chunk(_call(0, None, "f", "{}")))
    assert piece.id is not None and piece.id.startswith("call_") and len(piece.id) <= 40


@pytest.mark.parametrize(
    "chunk",
    [
        SimpleNamespace(),
        SimpleNamespace(choices=[]),
        SimpleNamespace(choices=[SimpleNamespace(delta=None)]),
        _chunk(),
        _chunk(None, "x", 5),
        _chunk(_call(3, None, None, "{}")),
        _chunk(_call("x", 5, 6, 7)),
        _chunk(_call(0, "a", {"name": "f"}, {})),
    ],
)
def test_what_is_no_call_is_left_out(chunk: Any) -> None:
    assert _read(chunk) == []


@pytest.mark.parametrize(
    "chunks",
    [
        [_chunk(_call(number, f"c{number}", "f", "{}")) for number in range(1000)],
        [_chunk(_call(0, "a", "f", "x" * 200_000)) for _ in range(10)],
    ],
    ids=["calls", "arguments"],
)
def test_calls_without_end_are_refused_and_say_nothing_of_the_server(chunks: list[Any]) -> None:
    with pytest.raises(ServerTrouble) as caught:
        _read(*chunks)
    assert caught.value.failed == "unfit"
