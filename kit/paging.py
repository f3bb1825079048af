"""Cursors: the sort key of the last row shown, so that a list stays in order while rows are inserted.

A cursor is 24 bytes in base64url: a rank (64 bits, signed) and a UUID. Every text of that form is one, so what
`PATTERN` admits needs no second check.
"""

import base64
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

R = TypeVar("R")

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
PATTERN = r"^[A-Za-z0-9_-]{32}$"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_EARLIEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_NO_ID = str(uuid.UUID(int=0))


def of_id(id_: str) -> str:
    """For lists sorted by id."""
    return _encode(0, id_)


def of_rank(rank: int) -> str:
    """For lists sorted by a number of 64 bits."""
    return _encode(rank, _NO_ID)


def of_place(at: datetime, id_: str) -> str:
    """For lists sorted by time and id."""
    return _encode((at - _EPOCH) // _MICROSECOND, id_)


def id_in(cursor: str | None) -> str | None:
    """The id that a cursor holds. Failure `invalid_request` for a cursor that is not ours."""
    return None if cursor is None else _decode(cursor)[1]


def rank_in(cursor: str | None) -> int | None:
    """The number that a cursor holds. Failure as in `id_in`."""
    return None if cursor is None else _decode(cursor)[0]


def place_in(cursor: str | None) -> tuple[datetime, str] | None:
    """Time and id that a cursor holds. Failure as in `id_in`."""
    if cursor is None:
        return None
    rank, id_ = _decode(cursor)
    return _EPOCH + max(_EARLIEST, min(_LATEST, rank)) * _MICROSECOND, id_


def cut(rows: Sequence[R], limit: int, cursor: Callable[[R], str]) -> tuple[Sequence[R], str | None]:
    """One page of `rows`, of which one more than `limit` was asked for, and the cursor of the next page."""
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], cursor(rows[limit - 1])


def _encode(rank: int, id_: str) -> str:
    return base64.urlsafe_b64encode(rank.to_bytes(8, "big", signed=True) + uuid.UUID(id_).bytes).decode()


def _decode(cursor: str) -> tuple[int, str]:
    raw = base64.urlsafe_b64decode(cursor)
    return int.from_bytes(raw[:8], "big", signed=True), str(uuid.UUID(bytes=raw[8:24]))
