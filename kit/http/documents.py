"""Answers that are not JSON: text in some media type, and bytes with ranges."""

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path

from aiohttp import web

from kit import ids, scratch

_PIECE = 256 * 1024

Document = web.Response
"""What a handler returns that answers with a document."""

Stream = web.StreamResponse
"""What a handler returns that answers with one too large for memory."""


def text(body: str, media_type: str) -> Document:
    """`body` in UTF-8."""
    return web.Response(text=body, content_type=media_type, charset="utf-8")


def saved(body: str, media_type: str, name: str) -> Document:
    """`body` in UTF-8, for saving as `name`; no cache keeps it."""
    answer = text(body, media_type)
    answer.headers.update(_for_saving(name))
    return answer


def _for_saving(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}


def known(request: web.Request, tag: str) -> bool:
    """Whether the client has what `tag` names, a strong entity tag with its quotation marks (RFC 9110, 13.1.2)."""
    told = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    return tag in told or told == ["*"]


def unchanged(tag: str) -> Document:
    """The client has it already."""
    return web.Response(status=304, headers={"ETag": tag})


def ranged(
    request: web.Request, content: bytes, media_type: str, tag: str | None = None, *, lasts: bool = True
) -> Document:
    """200 with everything, 206 with one range, 416 for a range outside (RFC 9110, section 14).

    `tag` is its entity tag, with quotation marks. Without `lasts` no cache keeps it.
    """
    size = len(content)
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, max-age=86400" if lasts else "no-store"}
    if tag is not None:
        headers["ETag"] = tag
    asked = request.headers.get("If-Range")
    wanted = _range(request.headers.get("Range"), size) if asked is None or asked == tag else None
    if wanted is None:
        return web.Response(body=content, content_type=media_type, headers=headers)
    if not wanted:
        return web.Response(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    return web.Response(status=206, body=content[wanted.start : wanted.stop], content_type=media_type, headers=headers)


async def streamed(
    request: web.Request, size: int, read: Callable[[range], AsyncGenerator[bytes, None]], media_type: str
) -> Stream:
    """As `ranged`, for `size` bytes that are never all in memory: `read` gives those of a range, in order."""
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, no-store", "Content-Type": media_type}
    wanted = _range(request.headers.get("Range"), size)
    if wanted is not None and not wanted:
        return web.Response(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    if wanted is not None:
        headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    sent = wanted or range(size)
    response = web.StreamResponse(status=206 if wanted else 200, headers={**headers, "Content-Length": str(len(sent))})
    await response.prepare(request)
    async with aclosing(read(sent)) as pieces:
        try:
            async for piece in pieces:
                await response.write(piece)
            await response.write_eof()
        except ConnectionResetError:
            pass  # the client has closed the connection
    return response


async def made(request: web.Request, write: Callable[[Path], Awaitable[None]], media_type: str, name: str) -> Stream:
    """A file for saving as `name`. `write` makes it on disk, at a path that does not exist yet; it is deleted then."""
    path = scratch.folder() / ids.new_id()
    try:
        await write(path)
        response = web.StreamResponse(headers={"Content-Type": media_type, **_for_saving(name)})
        response.content_length = path.stat().st_size
        await response.prepare(request)
        with path.open("rb") as file:
            while piece := await asyncio.to_thread(file.read, _PIECE):
                await response.write(piece)
        await response.write_eof()
    except ConnectionResetError:
        pass  # the client has closed the connection
    finally:
        path.unlink(missing_ok=True)
    return response


_DIGITS = re.compile(r"[0-9]{1,40}")


def _range(header: str | None, size: int) -> range | None:
    """The bytes of a single range; empty when it lies outside; None for no range or one to be ignored."""
    if header is None or not header.startswith("bytes=") or "," in header:
        return None
    first, dash, last = header.removeprefix("bytes=").strip().partition("-")
    if not dash or not _DIGITS.fullmatch(first + last):
        return None
    if not first:
        return range(max(0, size - int(last)), size) if int(last) else range(0)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last) + 1 if last else size)) if int(first) < size else range(0)
