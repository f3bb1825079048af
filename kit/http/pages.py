"""Serves our own files as pages, also for slices, which do not know the web server."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from kit.http import security


def page(path: Path, *, framed_by: str = "'none'", headers: Mapping[str, str] | None = None) -> web.StreamResponse:
    """The HTML file at `path`. `framed_by`: see `security.page_headers`."""
    given = {"Content-Type": "text/html; charset=utf-8", **security.page_headers(framed_by), **(headers or {})}
    return web.FileResponse(path, headers=given)
