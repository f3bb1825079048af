"""Reading a multipart form with one file in it, within its limits."""

import asyncio
from typing import Any, TypeVar

from aiohttp import BodyPartReader, web
from pydantic import BaseModel

from server.kit import errors
from server.kit.http import bodies

M = TypeVar("M", bound=BaseModel)

_FIELD_BYTES = 20_000
_SECONDS = 120.0


async def read(request: web.Request, model: type[M], *, file: str, max_bytes: int) -> M:
    """The parts as the model: the part named `file` as bytes, the others as text.

    Failures `too_large`, `invalid_request`.
    """
    if (request.content_length or 0) > max_bytes:
        raise _too_large(max_bytes)
    try:
        async with asyncio.timeout(_SECONDS):
            values = await _parts(request, file, max_bytes)
    except TimeoutError as error:
        raise errors.invalid("The request body did not arrive in time.") from error
    except ValueError as error:
        raise errors.invalid("The form cannot be read.") from error
    return bodies.validate(values, model)


async def _parts(request: web.Request, file: str, max_bytes: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None or part.name in values:
            raise errors.invalid("Each part of the form needs its own name.")
        content = await _part(part, max_bytes if part.name == file else _FIELD_BYTES)
        values[part.name] = content if part.name == file else content.decode()
    return values


async def _part(part: BodyPartReader, limit: int) -> bytes:
    received = bytearray()
    while chunk := await part.read_chunk():
        received += chunk
        if len(received) > limit:
            raise _too_large(limit)
    return bytes(received)


def _too_large(limit: int) -> errors.Failure:
    return errors.too_large(f"A part of the form is larger than {limit:,} bytes.")
