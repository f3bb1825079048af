"""What is heard, as items of the OpenAI Realtime API."""

import itertools

import pytest

from kit.errors import Failure
from kit.storable import JsonObject
from realtime.transports.openai.items import LOST_SECONDS, Items
from realtime.transports.openai.order import MOST_KEPT, ItemOrder

_DELTA = "conversation.item.input_audio_transcription.delta"
_COMPLETED = "conversation.item.input_audio_transcription.completed"


@pytest.fixture
def items() -> Items:
    numbers = itertools.count(1)
    return Items(lambda: f"item_{next(numbers)}", ItemOrder())


def _kinds(events: list[JsonObject]) -> list[str]:
    return [event["type"].removeprefix("input_audio_buffer.").removeprefix("conversation.item.") for event in events]


def test_a_turn_is_an_item_with_deltas_that_join_to_its_words(items: Items) -> None:
    told = items.started("1", 500)
    told += items.partial("1", "Let us", 0)
    told += items.partial("1", "Let us know if", 7)
    told += items.stopped("1", 2500, 10.0)
    told += items.final("1", "Let us know if you can.")
    assert _kinds(told) == [
        "speech_started",
        "input_audio_transcription.delta",
        "speech_stopped",
        "committed",
        "added",
        "input_audio_transcription.delta",
        "input_audio_transcription.completed",
        "done",
    ]
    assert {event.get("item_id", "item_1") for event in told} == {"item_1"}
    assert "".join(event["delta"] for event in told if event["type"] == _DELTA) == "Let us know if you can."
    completed = told[-2]
    assert completed["transcript"] == "Let us know if you can."
    assert completed["usage"] == {"type": "duration", "seconds": 2.0}


def test_items_name_the_one_before(items: Items) -> None:
    for turn in ("1", "2"):
        items.started(turn, 0)
    first = items.stopped("1", 100, 0.0)
    second = items.stopped("2", 200, 0.0)
    assert first[1]["previous_item_id"] is None
    assert second[1]["previous_item_id"] == second[2]["previous_item_id"] == "item_1"


def test_without_turn_detection_a_commit_joins_the_turns_before_it(items: Items) -> None:
    items.detects_turns = False
    told = items.started("1", 0) + items.partial("1", "One", 3) + items.stopped("1", 900, 0.0)
    told += items.started("2", 1500) + items.partial("2", "two three", 3)
    assert [event["delta"] for event in told] == ["One"]
    told = items.final("1", "One.") + items.commit()
    assert _kinds(told[1:]) == ["committed", "added"]  # the second turn is not final yet
    assert told[0]["delta"] == ". two"
    told = items.stopped("2", 2500, 1.0) + items.final("2", "two three")
    assert told[-2]["transcript"] == "One. two three"
    assert told[-2]["usage"]["seconds"] == 1.9


def test_a_commit_of_silence_is_an_empty_item(items: Items) -> None:
    items.detects_turns = False
    assert _kinds(items.commit()) == ["committed", "added", "input_audio_transcription.completed", "done"]


def test_what_is_cleared_is_not_told(items: Items) -> None:
    items.detects_turns = False
    items.started("1", 0)
    items.clear()
    assert items.stopped("1", 100, 0.0) + items.final("1", "Gone.") == []
    items.started("2", 200)
    told = items.commit() + items.final("2", "Kept.")
    assert [event["transcript"] for event in told if event["type"] == _COMPLETED] == ["Kept."]


def test_a_turn_without_words_ends_with_nothing(items: Items) -> None:
    items.started("1", 0)
    items.stopped("1", 300, 5.0)
    assert items.expire(5.0 + LOST_SECONDS) == []
    assert items.expire(5.1 + LOST_SECONDS)[0]["transcript"] == ""
    assert items.final("1", "too late") == []


@pytest.fixture
def order() -> ItemOrder:
    made = ItemOrder()
    assert [made.append("a", "user"), made.append("b", "assistant"), made.last] == [None, "a", "b"]
    return made


@pytest.mark.parametrize("item_id", [None, "c", "x" * 32])
@pytest.mark.parametrize("previous", [None, "b"])
def test_an_item_is_added_at_the_end(order: ItemOrder, item_id: object, previous: object) -> None:
    order.check_new(item_id, previous)


@pytest.mark.parametrize(
    ("item_id", "previous", "code"),
    [
        ("a", None, "item_create_duplicate_item_id"),
        ("b", "b", "item_create_duplicate_item_id"),
        ("", None, "invalid_request"),
        ("x" * 33, None, "invalid_request"),
        (7, None, "invalid_request"),
        (["a"], None, "invalid_request"),
        ("c", "nobody", "item_create_invalid_previous_item_id"),
        ("c", {"a": 1}, "item_create_invalid_previous_item_id"),
        ("c", "a", "invalid_request"),
        ("c", "root", "invalid_request"),
    ],
)
def test_an_item_that_cannot_be_added(order: ItemOrder, item_id: object, previous: object, code: str) -> None:
    with pytest.raises(Failure) as refused:
        order.check_new(item_id, previous)
    assert refused.value.code == code


def test_the_first_item_is_behind_the_root_and_the_oldest_of_many_are_forgotten(order: ItemOrder) -> None:
    ItemOrder().check_new("c", "root")
    for number in range(MOST_KEPT):
        order.append(str(number), "user")
    order.check_new("a", None)
    with pytest.raises(Failure):
        order.check_new("0", None)


def test_an_item_that_was_forgotten_does_not_come_back_at_the_end() -> None:
    order = ItemOrder()

    def item(name: str, size: int = 0) -> JsonObject:
        return {"id": name, "text": "x" * size}

    order.append("a", "user")
    order.keep(item("a"))
    for number in range(3):
        order.append(f"{number}", "user")
        order.keep(item(f"{number}", 1024 * 1024))
    assert order.item("a") is None
    order.keep(item("a"))
    assert order.item("a") is None and [one["id"] for one in order.kept()] == ["2"]
    order.keep(item("2"))
    assert order.item("2") == item("2")
