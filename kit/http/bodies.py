"""Reading what a client sent: size, content type, and every field error at once."""

import asyncio
import hashlib
import warnings
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import orjson
from aiohttp import BadContentDispositionHeader, BadContentDispositionParam, hdrs, web
from aiohttp.http_exceptions import HttpProcessingError
from pydantic import BaseModel, ValidationError

from kit import errors, validation
from kit.storable import JsonObject

M = TypeVar("M", bound=BaseModel)

# aiohttp warns about part headers that it cannot read; the warnings module would keep each text.
for _warned in (BadContentDispositionHeader, BadContentDispositionParam):
    warnings.simplefilter("ignore", _warned)

BROKEN_FORM = (ValueError, AssertionError, HttpProcessingError, BadContentDispositionHeader, BadContentDispositionParam)
"""What aiohttp's parser raises for a multipart form that cannot be read; the last two where warnings are errors."""

_READ_SECONDS = 30.0


Note = Callable[[bytes], Awaitable[None]]
"""Takes a digest of what the client sent."""

CONTENT_KNOWN: web.RequestKey[Note] = web.RequestKey("content_known")
"""Set when the content must be known before the request has an effect."""


async def note(request: web.Request, digest: bytes) -> None:
    """Report the digest of a body. A handler that reads the body itself calls this as soon as it is complete."""
    if (told := request.get(CONTENT_KNOWN)) is not None:
        await told(digest)


def digest_of(parsed: BaseModel) -> bytes:
    """SHA-256 of a body as it was understood, so that spaces and the order of members do not matter."""
    return hashlib.sha256(parsed.model_dump_json().encode()).digest()


async def read(request: web.Request, max_bytes: int) -> bytes:
    """The whole body. Failure `too_large` beyond `max_bytes`; a client slower than 30 s is cut off."""
    if (request.content_length or 0) > max_bytes:
        raise _too_large(max_bytes)
    if not request.can_read_body:
        return b""
    if request.content.is_eof():  # the whole body came with the head
        return _within(request.content.read_nowait(), max_bytes)
    received = bytearray()
    try:
        async with asyncio.timeout(_READ_SECONDS):
            while chunk := await request.content.readany():
                received += chunk
                if len(received) > max_bytes:
                    raise _too_large(max_bytes)
    except TimeoutError as error:
        raise errors.invalid("The request body did not arrive in time.") from error
    return bytes(received)


async def read_json(request: web.Request, model: type[M], max_bytes: int) -> M:
    """The JSON body as `model`; an empty body is an empty object."""
    declared = request.headers.get(hdrs.CONTENT_TYPE)
    if declared not in (None, "application/json") and request.can_read_body and not _is_json(request.content_type):
        raise errors.unsupported("Send the body as application/json.")
    return parse_json(await read(request, max_bytes), model)


async def read_form(request: web.Request, model: type[M], max_bytes: int) -> M:
    """An application/x-www-form-urlencoded body as `model`."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise errors.unsupported("Send the body as application/x-www-form-urlencoded.")
    raw = await read(request, max_bytes)
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, strict_parsing=bool(raw), max_num_fields=100)
    except ValueError as error:
        raise errors.invalid("The form cannot be read.") from error
    return validate(dict(pairs), model)


def parse_json(raw: bytes, model: type[M]) -> M:
    """Strict: a number written as text is text, as the documented schema has it."""
    if b"\\u0000" in raw:  # the parser refuses half of a surrogate pair
        validation.refuse_unstorable(_loads(raw))
    try:
        return model.model_validate_json(raw or b"{}", strict=True)
    except ValidationError as error:
        raise validation.explain(error) from error


def validate(values: JsonObject, model: type[M]) -> M:
    """The values as `model`. Failure `invalid_request` with every fault."""
    validation.refuse_unstorable(values)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise validation.explain(error) from error


def _loads(raw: bytes) -> Any:
    """The parsed JSON, or None for none: the model's own error is better then."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None


def _within(body: bytes, max_bytes: int) -> bytes:
    if len(body) > max_bytes:
        raise _too_large(max_bytes)
    return body


def _is_json(content_type: str) -> bool:
    return content_type == "application/json" or content_type.endswith("+json")


def _too_large(max_bytes: int) -> errors.Failure:
    return errors.too_large(f"The request body is larger than {max_bytes:,} bytes.")
