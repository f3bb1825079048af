"""Cursors of lists that are sorted by time and id."""

from datetime import datetime

from server.kit import errors, ids, paging


def of(at: datetime, id_: str) -> str:
    return paging.encode(at.isoformat(), id_)


def place(cursor: str | None) -> tuple[datetime, str] | None:
    """(time, id) of the last row shown. Failure `invalid_request` for a cursor that is not one of ours."""
    if cursor is None:
        return None
    at, id_ = paging.decode(cursor, 2)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not ids.is_id(id_):
        raise errors.invalid("The cursor is not one of ours.", [("/cursor", "use the next_cursor of the page before")])
    return moment, id_
