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


def test_of_what_is_dropped_nothing_more_is_told(items: Items) -> None:
    items.started("1", 0)
    item_id = items.stopped("1", 100, 0.0)[0]["item_id"]
    assert (items.is_waiting, items.is_speaking) == (True, False)
    assert (items.drop(item_id), items.is_waiting) == (frozenset({"1"}), False)
    assert items.final("1", "Gone.") == [] and items.drop(item_id) == frozenset()


def test_without_turn_detection_only_what_is_committed_is_awaited(items: Items) -> None:
    items.detects_turns = False
    items.started("1", 0)
    assert (items.is_speaking, items.is_waiting) == (True, False)
    items.commit()
    assert (items.is_waiting, items.commits) == (True, 1)


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
@pytest.mark.parametrize(("previous", "place"), [(None, "b"), ("b", "b"), ("a", "a"), ("root", None)])
def test_an_item_is_added_behind_another(
    order: ItemOrder, item_id: object, previous: object, place: str | None
) -> None:
    assert order.place_of(item_id, previous) == place


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
        ("c", "", "item_create_invalid_previous_item_id"),
    ],
)
def test_an_item_that_cannot_be_added(order: ItemOrder, item_id: object, previous: object, code: str) -> None:
    with pytest.raises(Failure) as refused:
        order.place_of(item_id, previous)
    assert refused.value.code == code


def _kept(order: ItemOrder, *item_ids: str) -> list[str]:
    for item_id in item_ids:
        order.keep({"id": item_id})
    return [one["id"] for one in order.kept()]


def test_items_are_kept_in_their_order_wherever_they_were_put(order: ItemOrder) -> None:
    assert ItemOrder().place_of("c", "root") is None
    order.insert("first", "system", None)
    order.insert("between", "user", "a")
    order.append("last", "user")
    assert _kept(order, "last", "between", "b", "a", "first") == ["first", "a", "between", "b", "last"]


def test_the_oldest_of_many_are_forgotten_and_what_is_put_before_them_is_not(order: ItemOrder) -> None:
    for number in range(MOST_KEPT - 2):
        order.append(str(number), "user")
    order.insert("first", "system", None)
    assert order.has("first") and not order.has("a")
    with pytest.raises(Failure):
        order.place_of("0", None)


def test_of_many_at_the_beginning_the_oldest_is_forgotten_and_not_the_one_before(order: ItemOrder) -> None:
    for number in range(MOST_KEPT - 1):
        order.insert(str(number), "system", order.place_of(None, "root"))
    assert not order.has("a") and order.has("b") and order.has(str(MOST_KEPT - 2))
    order.insert("newest", "system", None)
    assert not order.has("b") and order.has(str(MOST_KEPT - 2))


def test_what_is_removed_has_no_place_and_does_not_come_back(order: ItemOrder) -> None:
    assert _kept(order, "a", "b") == ["a", "b"]
    order.add_sound("b", 100)
    assert order.remove("b") and not order.remove("b")
    assert (order.last, order.item("b"), _kept(order, "b")) == ("a", None, ["a"])
    with pytest.raises(Failure) as refused:
        order.check_truncation("b", 0)
    assert refused.value.code == "item_truncate_invalid_item_id"
    assert order.place_of("b", None) == "a"  # the name is free again
    order.add_sound("b", 100)  # what was on its way
    assert not order._sound_ms


def test_items_that_come_and_go_take_no_room(order: ItemOrder) -> None:
    for number in range(30_000):
        order.append(f"{number}", "system")
        order.keep({"id": f"{number}", "text": "x" * 1000})
        order.remove(f"{number}")
    assert _kept(order) == [] and order._bytes == 0 and len(order._ids) == 2 == len(order._roles)
    assert not order._sizes and not order._forgotten


@pytest.mark.parametrize(
    ("end_ms", "left"),
    [(0, ""), (500, "One two"), (600, "One two"), (900, "One two three"), (1000, None), (2000, None)],
)
def test_an_answer_that_is_over_ends_where_it_is_cut(order: ItemOrder, end_ms: int, left: str | None) -> None:
    said = "One two three four"
    content = [{"type": "output_audio", "transcript": said}]
    order.keep({"id": "b", "status": "completed", "content": content})
    order.add_sound("b", 1000)
    order.truncate("b", end_ms)
    kept = order.item("b")
    assert kept is not None and kept["content"][0]["transcript"] == (said if left is None else left)


@pytest.mark.parametrize(
    ("said", "end_ms", "left"),
    [
        ("今日は天気がいいですね。", 500, "今日は天気が"),
        ("今日は天気がいいですね。", 0, ""),
        ("สวัสดีครับ", 500, "สวัสด"),
        ("Let us say 今日は天気がいい", 700, "Let us say 今日"),
        ("Let us say 今日は天気がいい", 500, "Let us"),
        ("안녕하세요 여러분", 300, ""),
    ],
)
def test_an_answer_without_spaces_is_cut_between_its_characters(
    order: ItemOrder, said: str, end_ms: int, left: str
) -> None:
    order.keep({"id": "b", "status": "completed", "content": [{"type": "output_audio", "transcript": said}]})
    order.add_sound("b", 1000)
    order.truncate("b", end_ms)
    kept = order.item("b")
    assert kept is not None and kept["content"][0]["transcript"] == left


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
