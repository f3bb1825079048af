"""Reading a multipart form with one file in it, within its limits."""

import asyncio
import hashlib
from typing import Any, TypeVar

from aiohttp import BodyPartReader, web
from pydantic import BaseModel

from kit import errors
from kit.http import bodies

M = TypeVar("M", bound=BaseModel)

_FIELD_BYTES = 20_000
_MOST_PARTS = 20
_SECONDS = 120.0


async def read(request: web.Request, model: type[M], *, file: str, max_bytes: int) -> M:
    """The parts as the model: the part named `file` as bytes, the others as text.

    Failures `too_large`, `invalid_request`.
    """
    if (request.content_length or 0) > max_bytes:
        raise _too_large(max_bytes)
    digest = hashlib.sha256()
    try:
        async with asyncio.timeout(_SECONDS):
            values = await _parts(request, file, max_bytes, digest)
    except TimeoutError as error:
        raise errors.invalid("The request body did not arrive in time.") from error
    except bodies.BROKEN_FORM as error:
        raise errors.invalid("The form cannot be read.") from error
    form = bodies.validate(values, model)
    rest = form.model_copy(update={file: b""})
    await bodies.note(request, digest.digest() + bodies.digest_of(rest))
    return form


async def _parts(request: web.Request, file: str, max_bytes: int, digest: "hashlib._Hash") -> dict[str, Any]:
    values: dict[str, Any] = {}
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None or part.name in values:
            raise errors.invalid("Each part of the form needs its own name.")
        if len(values) >= _MOST_PARTS:
            raise errors.invalid(f"The form has more than {_MOST_PARTS} parts.")
        if part.name == file:
            values[part.name] = await _part(part, max_bytes, digest)
        else:
            values[part.name] = (await _part(part, _FIELD_BYTES)).decode()
    return values


async def _part(part: BodyPartReader, limit: int, digest: "hashlib._Hash | None" = None) -> bytes:
    received = bytearray()
    while chunk := await part.read_chunk():
        received += chunk
        if digest is not None:
            digest.update(chunk)
        if len(received) > limit:
            raise _too_large(limit)
    return bytes(received)


def _too_large(limit: int) -> errors.Failure:
    return errors.too_large(f"A part of the form is larger than {limit:,} bytes.")
