"""Payloads of sockets: the rules of request bodies, for every event that a client may send."""

from typing import Any, get_args

import pytest
from pydantic import BaseModel

from kit.errors import Failure
from realtime import payload, wire

GOOD: dict[str, dict[str, Any]] = {
    "session.join": {"session_id": "01a2279f-d79c-7a93-829f-af21663b598b"},
    "audio": {"seq": 1},
    "text": {"text": "Hi."},
    "webrtc.offer": {"sdp": "v=0"},
}
MEMBERS = [(row.name, name) for row in wire.CLIENT.values() for name in row.payload.model_fields]
ODD = [
    "a\0b",
    "\ud800",
    float("nan"),
    float("inf"),
    1e30,
    2**53,
    2**63 - 1,
    -(2**63),
    "x" * 200_000,
    [],
    {},
    [[[]]],
    1.5,
]


def refused(row: wire.Event, given: object) -> Failure:
    with pytest.raises(Failure) as caught:
        payload.fitting(row.payload, given)
    return caught.value


@pytest.mark.parametrize(("event", "member"), MEMBERS)
@pytest.mark.parametrize("odd", ODD, ids=[repr(one)[:20] for one in ODD])
def test_no_member_takes_what_cannot_be_kept_or_is_of_another_type(event: str, member: str, odd: Any) -> None:
    row = wire.CLIENT[event]
    failure = refused(row, GOOD.get(event, {}) | {member: odd})
    assert failure.code == "invalid_request"
    assert [field["path"] for field in failure.details["fields"]] == [f"/{member}"]


@pytest.mark.parametrize(("event", "member"), MEMBERS)
def test_nothing_is_converted(event: str, member: str) -> None:
    """A number written as text is text, and a yes is no number."""
    row = wire.CLIENT[event]
    kinds = get_args(row.payload.model_fields[member].annotation) or (row.payload.model_fields[member].annotation,)
    wrong: list[Any] = [1] if str in kinds else ["1", 1.0] if bool in kinds else ["1", True, 1.5]
    for one in wrong:
        refused(row, GOOD.get(event, {}) | {member: one})


@pytest.mark.parametrize("event", wire.CLIENT)
def test_every_text_has_a_length_and_every_number_an_end(event: str) -> None:
    for name, described in wire.CLIENT[event].payload.model_json_schema().get("properties", {}).items():
        for one in described.get("anyOf", [described]):
            if one.get("type") == "string":
                assert "maxLength" in one or "{" in one.get("pattern", ""), name
            if one.get("type") == "integer":
                assert {"minimum", "maximum"} <= set(one), name


@pytest.mark.parametrize("given", [None, [], 1, "x", True, {f"m{n}": 0 for n in range(20_000)}])
def test_a_payload_is_an_object_of_few_members(given: Any) -> None:
    failure = refused(wire.CLIENT["text"], given)
    assert len(failure.details["fields"]) <= 50
    assert len(str(failure.body())) < 20_000


def test_ids_are_ids() -> None:
    for odd in (
        "no id",
        "",
        "01A2279F-D79C-7A93-829F-AF21663B598B",
        "01a2279f-d79c-7a93-829f-af21663b598b\n",
        "x" * 36,
    ):
        refused(wire.CLIENT["session.join"], {"session_id": odd})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "1",
        "null",
        "{",
        '{"event":1}',
        '{"event":"x","id":"\\ud800"}',
        '{"event":"x","id":NaN}',
        '{"event":"x","id":' + "[" * 40 + "]" * 40 + "}",
        '{"event":"x","id":"' + "y" * 300 + '"}',
        '{"event":"x","id":1e400}',
        '{"event":"x","id":9007199254740993}',
        '{"event":"x","id":"\\u0000"}',
        "[" * 2000,
        b"\xff",
        '{"event":"x","data":"' + "y" * 140_000 + '"}',
    ],
    ids=lambda text: repr(text)[:30],
)
def test_what_is_no_message_is_refused(text: str | bytes) -> None:
    with pytest.raises(Failure) as caught:
        payload.envelope(text)
    assert caught.value.code in ("invalid_request", "too_large")


@pytest.mark.parametrize("given", [7, "x", None, [1, {"a": "b"}], 1.5, True])
def test_an_id_may_be_any_small_value(given: Any) -> None:
    import json

    said, event = payload.envelope(json.dumps({"event": "x", "id": given}))
    assert (said["id"], event) == (given, "x")


def test_the_model_behind_all_of_them_refuses_strangers() -> None:
    for row in wire.CLIENT.values():
        assert issubclass(row.payload, payload.ClientPayload)
        assert isinstance(row.payload, type) and issubclass(row.payload, BaseModel)
        refused(row, GOOD.get(row.name, {}) | {"no_such_member": 1})
