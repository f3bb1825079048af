"""What is known about each request beside its content: its id, and headers for its answer found on the way."""

import itertools
import os
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web
from multidict import CIMultiDict

REQUEST_ID_HEADER = "X-Request-Id"

_PROCESS = os.urandom(8).hex()
_numbers = itertools.count(1)


@dataclass(slots=True)
class Notes:
    id: str
    https: bool
    extra_headers: Mapping[str, str] | None = None


NOTES = web.RequestKey("notes", Notes)


def legible(request: web.Request) -> web.Request:
    """The request with headers that can be written down, sent on and compared. aiohttp hands on bytes that are no UTF-8
    as lone surrogates, and whatever encodes such a text later fails; no credential and no name of ours has any."""
    try:
        for value in request.headers.values():
            if not value.isascii():
                value.encode()
    except UnicodeEncodeError:
        read = CIMultiDict((name, _read(value)) for name, value in request.headers.items())
        return request.clone(headers=read)
    return request


def _read(value: str) -> str:
    return value.encode(errors="surrogateescape").decode(errors="replace")


def new_id() -> str:
    """Unique among all processes, and made in less time than a random one."""
    return f"{_PROCESS}-{next(_numbers):06x}"
