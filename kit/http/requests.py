"""Notes about each request beside its content: its id, and headers for its answer."""

import itertools
import os
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import hdrs, web
from aiohttp.http import RawRequestMessage
from multidict import CIMultiDict, CIMultiDictProxy

from kit import errors

REQUEST_ID_HEADER = "X-Request-Id"

_PROCESS = os.urandom(8).hex()
_numbers = itertools.count(1)


@dataclass(slots=True)
class Notes:
    """What the front keeps about a request."""

    id: str
    https: bool
    extra_headers: Mapping[str, str] | None = None


NOTES = web.RequestKey("notes", Notes)
UNMET = web.RequestKey("unmet", bool)
"""Set when a request has an expectation that we do not meet."""

_HANDSHAKE = (
    hdrs.SEC_WEBSOCKET_KEY,
    hdrs.SEC_WEBSOCKET_VERSION,
    hdrs.SEC_WEBSOCKET_PROTOCOL,
    hdrs.SEC_WEBSOCKET_EXTENSIONS,
)


def without_expectation(message: RawRequestMessage) -> RawRequestMessage | None:
    """The head of a request without its Expect, when that asks for more than 100-continue; None when it does not.

    aiohttp refuses such a request before any middleware, with an exception that nothing catches.
    """
    asked = message.headers.getall(hdrs.EXPECT, ())
    if all(one.lower() in ("", "100-continue") for one in asked):
        return None
    headers = CIMultiDict(message.headers)
    del headers[hdrs.EXPECT]
    return message._replace(headers=CIMultiDictProxy(headers))


def check(request: web.Request) -> None:
    """Refuse by the head alone, at every address: an expectation that is not met (HTTP 417), a body that is compressed
    (Failure `unsupported_media_type`; see `door`), and a WebSocket handshake that is not ASCII, which aiohttp fails to
    read (`invalid_request`)."""
    if UNMET in request:
        raise web.HTTPExpectationFailed
    if (coding := request.headers.get(hdrs.CONTENT_ENCODING, "identity").lower()) != "identity":
        raise errors.unsupported(f"A body is sent as it is, not with Content-Encoding: {coding[:20]}.")
    if hdrs.UPGRADE in request.headers:
        for name in _HANDSHAKE:
            if not all(map(str.isascii, request.headers.getall(name, ()))):
                raise errors.invalid(f"This is not a WebSocket handshake: {name} is not ASCII.")


def legible(request: web.Request) -> web.Request:
    """The request with headers that can be stored, forwarded and compared. aiohttp passes on bytes that are not UTF-8
    as lone surrogates, which cannot be encoded later; no credential and no name of ours contains any."""
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
    """Unique among all processes, and cheaper than a random one."""
    return f"{_PROCESS}-{next(_numbers):06x}"
