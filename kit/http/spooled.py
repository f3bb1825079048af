"""Receives a file in a multipart form without holding it in memory."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from aiohttp import BodyPartReader, web
from pydantic import BaseModel

from kit import errors, scratch
from kit.http import bodies

M = TypeVar("M", bound=BaseModel)

HEAD_BYTES = 4096

_FIELD_BYTES = 10_000
_MOST_FIELDS = 20
_STALL_SECONDS = 30.0
_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A received file. `head` and `tail` are its first and last bytes (4096 at most)."""

    path: Path
    filename: str
    size: int
    sha256: bytes
    head: bytes
    tail: bytes


@asynccontextmanager
async def received(
    request: web.Request, model: type[M], *, file: str, max_bytes: int
) -> AsyncIterator[tuple[Upload, M]]:
    """The part named `file` as a temporary file, gone after the block, and the other parts as `model`.

    Failures `unsupported_media_type`, `too_large`, `invalid_request`.
    """
    if request.content_type != "multipart/form-data":
        raise errors.unsupported("Send the file as multipart/form-data.")
    if (request.content_length or 0) > max_bytes + _FIELD_BYTES * _MOST_FIELDS:
        raise _too_large(max_bytes)
    with tempfile.NamedTemporaryFile(prefix="upload-", dir=scratch.folder()) as held:
        try:
            async with asyncio.timeout(_SECONDS):
                upload, fields = await _parts(request, held, file, max_bytes)
        except TimeoutError as error:
            raise errors.invalid("The file did not arrive in time.") from error
        if upload is None:
            raise errors.invalid("A file is needed.", [(f"/{file}", "send it as a part of the form")])
        form = bodies.validate(fields | {file: b""}, model)
        named = hashlib.sha256(upload.sha256 + upload.filename.encode(errors="replace"))
        await bodies.note(request, named.digest() + bodies.digest_of(form))
        yield upload, form


async def _parts(
    request: web.Request, held: IO[bytes], file: str, max_bytes: int
) -> tuple[Upload | None, dict[str, Any]]:
    upload: Upload | None = None
    fields: dict[str, Any] = {}
    try:
        reader = await request.multipart()
        while (part := await asyncio.wait_for(reader.next(), _STALL_SECONDS)) is not None:
            if not isinstance(part, BodyPartReader) or part.name is None or len(fields) > _MOST_FIELDS:
                raise errors.invalid("The form cannot be read.")
            if part.name in fields or (part.name == file and upload is not None):
                raise errors.invalid("A part was sent twice.", [(f"/{part.name}", "send it once")])
            if part.name == file:
                upload = await _file(part, held, max_bytes)
            else:
                fields[part.name] = await _text(part)
    except bodies.BROKEN_FORM as error:
        raise errors.invalid("The form cannot be read.") from error
    return upload, fields


async def _file(part: BodyPartReader, held: IO[bytes], max_bytes: int) -> Upload:
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    while chunk := await asyncio.wait_for(part.read_chunk(65536), _STALL_SECONDS):
        size += len(chunk)
        if size > max_bytes:
            raise _too_large(max_bytes)
        digest.update(chunk)
        held.write(chunk)
        head = head if len(head) >= HEAD_BYTES else (head + chunk)[:HEAD_BYTES]
        tail = (tail + chunk)[-HEAD_BYTES:]
    held.flush()
    return Upload(Path(held.name), part.filename or "file", size, digest.digest(), head, tail)


async def _text(part: BodyPartReader) -> str:
    received = bytearray()
    while chunk := await asyncio.wait_for(part.read_chunk(8192), _STALL_SECONDS):
        received += chunk
        if len(received) > _FIELD_BYTES:
            raise errors.invalid("A part is too long.", [(f"/{part.name}", f"{_FIELD_BYTES} bytes at most")])
    return received.decode()


def _too_large(max_bytes: int) -> errors.Failure:
    return errors.too_large(f"The file is larger than {max_bytes:,} bytes.")
