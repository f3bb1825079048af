"""The service worker of our page: it keeps the files of the page under a version that their contents make."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import orjson
from aiohttp import web

from kit.http import security

_KEPT = (".js", ".css", ".json", ".svg", ".webmanifest")


class Shell:
    """`front` is the page at `/`; `folder` holds its files, served under `/static`; the worker's script is `sw.js` in
    there. Files are read again when they have changed, so that an edit is a new version."""

    def __init__(self, folder: Path, front: Path, left_out: Iterable[str] = ()) -> None:
        self._folder = folder
        self._front = front
        self._left_out = tuple(left_out)
        self._seen: tuple[tuple[str, int, int], ...] = ()
        self._script = b""

    async def worker(self, _request: web.Request) -> web.Response:
        """The script with the version and the list of files written before it."""
        files = {f"/static/{path.relative_to(self._folder).as_posix()}": path for path in self._files()}
        found = {"/": self._front, **files}
        seen = tuple((name, path.stat().st_mtime_ns, path.stat().st_size) for name, path in found.items())
        if seen != self._seen:
            self._script = self._written(found)
            self._seen = seen
        headers = {"Cache-Control": "no-cache", **security.page_headers()}
        return web.Response(body=self._script, content_type="text/javascript", headers=headers)

    def _files(self) -> list[Path]:
        names = sorted(path for path in self._folder.rglob("*") if path.suffix in _KEPT and path.is_file())
        return [path for path in names if not path.relative_to(self._folder).as_posix().startswith(self._left_out)]

    def _written(self, found: dict[str, Path]) -> bytes:
        digest = hashlib.sha256()
        for name, path in found.items():
            digest.update(name.encode() + b"\0" + path.read_bytes())
        head = f"const VERSION = {orjson.dumps(digest.hexdigest()[:16]).decode()};\n"
        return f"{head}const FILES = {orjson.dumps(list(found)).decode()};\n".encode() + self._worker()

    def _worker(self) -> bytes:
        return (self._folder / "sw.js").read_bytes()
