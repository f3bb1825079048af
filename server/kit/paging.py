"""Cursors: the sort key of the last row shown, so that a list stays in order while rows are inserted."""

import base64
import binascii

import orjson

from server.kit import errors

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


def _broken() -> errors.Failure:
    return errors.invalid("The cursor is not one of ours.", [("/cursor", "use the next_cursor of the page before")])
