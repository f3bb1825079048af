"""Which JSON can be stored."""

import math
from typing import Any

import pytest
from pydantic import ValidationError

from kit import storable
from kit.http.wire import Body, StorableObject


@pytest.mark.parametrize(
    "value",
    [None, True, 0, -1.5, storable.LARGEST, -storable.LARGEST, "", "héllo 😀 \ufffe \x01", {"a": [1, {"b": "c"}]}, []],
)
def test_what_can_be_kept_has_no_fault(value: Any) -> None:
    assert storable.faults(value) == []


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("\0", ()),
        ({"a": ["x", "y\0"]}, ("a", 1)),
        ({"a": {"b": "\ud83d"}}, ("a", "b")),
        ({"\udc00": 1}, ()),
        ([1, math.nan], (1,)),
        ([-math.inf], (0,)),
        ({"n": 2**53}, ("n",)),
        ({"n": -(10**400)}, ("n",)),
    ],
)
def test_each_fault_is_named_with_its_place(value: Any, place: tuple[int | str, ...]) -> None:
    assert [where for where, _ in storable.faults(value)] == [place]


def test_depth_and_width_are_looked_through_without_recursion_and_faults_are_few() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    (where, why), *more = storable.faults(deep)
    assert len(where) == storable.DEEPEST
    assert "deep" in why
    assert more == []
    assert len(storable.faults(["\0"] * 1000)) == 20


class _Kept(Body):
    thing: StorableObject


@pytest.mark.parametrize("value", [2**53, -(2**53), 2**64, math.inf, math.nan, "\0", [[2**53]]])
def test_an_object_in_a_request_has_the_same_bounds(value: Any) -> None:
    assert _Kept(thing={"n": storable.LARGEST}).thing == {"n": storable.LARGEST}
    with pytest.raises(ValidationError, match="/n"):
        _Kept(thing={"n": value})


def test_a_cleaned_text_has_no_fault() -> None:
    assert storable.cleaned("a\0b\ud800c😀") == "abc😀"


def test_how_deep_a_value_may_be() -> None:
    value: Any = "x"
    for _ in range(storable.DEEPEST):
        value = {"a": [value]}["a"]
    assert not storable.is_deep(value)
    assert storable.faults(value) == []
    assert storable.is_deep({"a": value})
    assert storable.faults({"a": value}) != []
