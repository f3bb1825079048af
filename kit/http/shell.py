"""The service worker of our page: it keeps the files of the page under a version that their contents make."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import orjson
from aiohttp import web

from kit.http import security

_KEPT = (".js", ".css", ".json", ".svg", ".webmanifest")


class Shell:
    """`front` is the page at `/`; `folders` hold its files by the address under which they are served, and `script` is
    the worker itself. Files are read again when they have changed, so that an edit is a new version. `left_out`:
    beginnings of addresses that the page does not need."""

    def __init__(self, script: Path, front: Path, folders: Mapping[str, Path], left_out: Iterable[str] = ()) -> None:
        self._worker = script
        self._front = front
        self._folders = folders
        self._left_out = tuple(left_out)
        self._seen: tuple[tuple[str, int, int], ...] = ()
        self._script = b""

    async def worker(self, _request: web.Request) -> web.Response:
        """The script with the version and the list of files written before it."""
        found = {"/": self._front, **self._files()}
        seen = tuple((name, path.stat().st_mtime_ns, path.stat().st_size) for name, path in found.items())
        if seen != self._seen:
            self._script = self._written(found)
            self._seen = seen
        headers = {"Cache-Control": "no-cache", **security.page_headers()}
        return web.Response(body=self._script, content_type="text/javascript", headers=headers)

    def _files(self) -> dict[str, Path]:
        files = {
            f"{address}/{path.relative_to(folder).as_posix()}": path
            for address, folder in self._folders.items()
            for path in sorted(folder.rglob("*"))
            if path.suffix in _KEPT and path.is_file()
        }
        return {address: path for address, path in files.items() if not address.startswith(self._left_out)}

    def _written(self, found: dict[str, Path]) -> bytes:
        digest = hashlib.sha256()
        for name, path in found.items():
            digest.update(name.encode() + b"\0" + path.read_bytes())
        head = f"const VERSION = {orjson.dumps(digest.hexdigest()[:16]).decode()};\n"
        return f"{head}const FILES = {orjson.dumps(list(found)).decode()};\n".encode() + self._worker.read_bytes()
