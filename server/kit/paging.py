"""Cursors: the sort key of the last row shown, so that a list stays in order while rows are inserted."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

import orjson

from server.kit import errors, ids

R = TypeVar("R")

DEFAULT_LIMIT = 20
MAX_LIMIT = 100


def encode(*values: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def decode(cursor: str, count: int) -> list[str]:
    """The `count` values in a cursor of ours. Failure `invalid_request` for anything else."""
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise _broken() from error
    if not isinstance(values, list) or len(values) != count or not all(isinstance(v, str) for v in values):
        raise _broken()
    return values


def decode_id(cursor: str | None) -> str | None:
    """The id in a cursor made by `encode(id)`. Failure `invalid_request`."""
    if cursor is None:
        return None
    (found,) = decode(cursor, 1)
    if not ids.is_id(found):
        raise _broken()
    return found


def decode_place(cursor: str | None) -> tuple[datetime, str] | None:
    """The (time, id) in a cursor made by `encode(time.isoformat(), id)`. Failure `invalid_request`."""
    if cursor is None:
        return None
    time, found = decode(cursor, 2)
    try:
        at = datetime.fromisoformat(time)
    except ValueError as error:
        raise _broken() from error
    if at.tzinfo is None or not ids.is_id(found):
        raise _broken()
    return at, found


def cut(rows: Sequence[R], limit: int, place: Callable[[R], Sequence[str]]) -> tuple[Sequence[R], str | None]:
    """One page of `rows`, of which one more than `limit` was asked for, and the cursor of the next page."""
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], encode(*place(rows[limit - 1]))


def _broken() -> errors.Failure:
    return errors.invalid("The cursor is not one of ours.", [("/cursor", "use the next_cursor of the page before")])
