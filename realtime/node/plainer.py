"""What can be kept of a row that PostgreSQL refuses for itself: a turn's text is worth more than its words' times."""

from dataclasses import replace
from typing import Any, Literal

from kit import storable
from realtime.node.storage import Row
from realtime.session import commands as do

Kept = Literal["cleaned", "text", "nothing"]
"""All but what no column can hold; a turn's text without its words; nothing."""


def plainer(row: Row) -> tuple[Row | None, Kept]:
    """The next plainer row to try in place of a refused one, and what it keeps: None and "nothing" when there is
    none."""
    match row:
        case do.StoreTurn(turn):
            words, engine = _cleaned(turn.words), _cleaned(turn.engine)
            clean = replace(turn, text=storable.cleaned(turn.text), words=words, engine=engine)
            if clean != turn:
                return replace(row, turn=clean), "cleaned"
            if turn.words or turn.engine:
                return replace(row, turn=replace(turn, words=[], engine=None)), "text"
        case do.StoreScore(_, report):
            if (clean_report := _cleaned(report)) != report:
                return replace(row, pronunciation=clean_report), "cleaned"
    return None, "nothing"


def _cleaned(value: Any) -> Any:
    """A JSON value, of our own depth, without characters that cannot be stored."""
    match value:
        case str():
            return storable.cleaned(value)
        case list():
            return [_cleaned(one) for one in value]
        case dict():
            return {name: _cleaned(one) for name, one in value.items()}
    return value
