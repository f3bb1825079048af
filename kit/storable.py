"""Which values can be stored: texts and numbers that PostgreSQL, Redis and every JSON reader accept.

PostgreSQL's text cannot hold U+0000, and no UTF-8 holds half of a surrogate pair; JSON has no NaN, and its readers in
browsers know whole numbers up to 2⁵³ only.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

LARGEST = 2**53 - 1
"""The largest whole number that is the same number in every reader."""

DEEPEST = 32
"""How many lists and objects may stand in each other."""

_MOST_FAULTS = 20
_UNKEPT = re.compile("[\0\ud800-\udfff]")
JsonObject = dict[str, Any]
"""A JSON object as it was read, or is about to be written."""

Place = tuple[int | str, ...]
_END: tuple[None, None] = (None, None)


def faults(value: object) -> list[tuple[Place, str]]:
    """Where in a JSON value something cannot be kept, and why; at most 20. Without recursion, so depth does not
    matter."""
    found: list[tuple[Place, str]] = []
    under_way: list[Iterator[tuple[Place, object]]] = [iter([((), value)])]
    while under_way and len(found) < _MOST_FAULTS:
        place, one = next(under_way[-1], _END)
        if place is None:
            under_way.pop()
        elif (why := _fault(one)) is not None:
            found.append((place, why))
        elif isinstance(one, dict | list):
            if len(under_way) > DEEPEST:
                found.append((place, f"is nested more than {DEEPEST} deep"))
            else:
                under_way.append(_inside(place, one))
    return found


def is_deep(value: object) -> bool:
    """Whether more than `DEEPEST` lists and objects stand in each other: too much for recursive code."""
    level = [value]
    for _ in range(DEEPEST + 1):
        inside = [one for one in level if isinstance(one, dict | list)]
        level = [member for one in inside for member in (one.values() if isinstance(one, dict) else one)]
        if not inside:
            return False
    return True


def cleaned(text: str) -> str:
    """An outside text without characters that cannot be stored, so that one of them does not spoil the answer."""
    return _UNKEPT.sub("", text)


def _inside(place: Place, value: dict[str, Any] | list[Any]) -> Iterator[tuple[Place, object]]:
    if isinstance(value, list):
        yield from (((*place, index), item) for index, item in enumerate(value))
        return
    for name, member in value.items():
        if _UNKEPT.search(name):
            yield place, name
        yield (*place, name), member


def _fault(value: Any) -> str | None:
    if isinstance(value, str):
        if (bad := _UNKEPT.search(value)) is None:
            return None
        return f"must not contain {'the character U+0000' if bad[0] == chr(0) else 'half of a surrogate pair'}"
    if isinstance(value, float) and not math.isfinite(value):
        return "must be a finite number"
    if isinstance(value, int) and abs(value) > LARGEST:
        return f"must be between -{LARGEST} and {LARGEST}"
    return None
