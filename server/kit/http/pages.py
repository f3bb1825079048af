"""Files of ours shown as pages by an operation, for slices that know no web server."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web


def page(path: Path, headers: Mapping[str, str]) -> web.StreamResponse:
    """The HTML file at `path`."""
    return web.FileResponse(path, headers={"Content-Type": "text/html; charset=utf-8", **headers})
