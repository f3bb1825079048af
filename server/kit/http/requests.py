"""What is known about each request beside its content: its id, and headers for its answer found on the way."""

import itertools
import os
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

REQUEST_ID_HEADER = "X-Request-Id"

_PROCESS = os.urandom(8).hex()
_numbers = itertools.count(1)


@dataclass(slots=True)
class Notes:
    id: str
    https: bool
    extra_headers: Mapping[str, str] | None = None


NOTES = web.RequestKey("notes", Notes)


def new_id() -> str:
    """Unique among all processes, and made in less time than a random one."""
    return f"{_PROCESS}-{next(_numbers):06x}"
