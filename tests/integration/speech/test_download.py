"""The model hub's real client against a hub on the loopback that breaks off in the middle of the weights."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import test_utils, web

from speech.weights import store as models
from speech.weights.known import KNOWN, Known
from tests.support import speech as support

COMMIT = "c" * 40


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


FILES = {file.name: file.read_bytes() for file in support.CLIPS_MODEL.iterdir() if file.name != "README.md"}
SUMS = {name: digest(data) for name, data in FILES.items()}


@dataclass
class Hub:
    """`breaks_at`: bytes of model.bin after which the connection is cut, once it `may_break`. `ranges`: where its
    requests began."""

    files: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    breaks_at: int | None = None
    may_break: asyncio.Event = field(default_factory=asyncio.Event)
    ranges: list[int] = field(default_factory=list)
    served: int = 0
    server: Any = None

    async def file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in self.files:
            raise web.HTTPNotFound
        data = self.files[name]
        found = re.match(r"bytes=(\d+)-", request.headers.get("Range", ""))
        first = int(found[1]) if found else 0
        headers = {"ETag": f'"{digest(data)}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        headers["Content-Length"] = str(len(data) - first)
        if found:
            headers["Content-Range"] = f"bytes {first}-{len(data) - 1}/{len(data)}"
        response = web.StreamResponse(status=206 if found else 200, headers=headers)
        await response.prepare(request)
        if name == "model.bin":
            self.ranges.append(first)
            if self.breaks_at is not None:
                await response.write(data[first : self.breaks_at])
                await self.may_break.wait()
                assert request.transport is not None
                request.transport.abort()
                return response
            self.served += len(data) - first
        await response.write(data[first:])
        return response


@pytest.fixture
async def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hub]:
    hub = Hub()
    app = web.Application()
    app.router.add_get("/Systran/faster-whisper-tiny/resolve/{revision}/{name}", hub.file)
    hub.server = test_utils.TestServer(app)
    await hub.server.start_server()
    known = Known("Systran/faster-whisper-tiny", COMMIT, SUMS, sum(map(len, FILES.values())))
    monkeypatch.setitem(KNOWN, "tiny", known)
    monkeypatch.setenv("HF_ENDPOINT", str(hub.server.make_url("")).rstrip("/"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    yield hub
    await hub.server.close()


class Problems(list[tuple[str, str]]):
    def __call__(self, code: str, message: str) -> None:
        self.append((code, message))


async def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path, hub: Hub) -> None:
    half = len(FILES["model.bin"]) // 2
    progress, problems = models.Progress(), Problems()
    store = models.Store(tmp_path / "models", progress)
    hub.breaks_at = half
    fetching = asyncio.ensure_future(store.fetch("tiny", problems))
    seen = set()
    while not fetching.done():
        seen.add((progress.state, progress.done >= half // 2))
        if ("fetching", True) in seen:
            hub.may_break.set()
        await asyncio.sleep(0.1)
    assert await fetching is None
    assert ("fetching", True) in seen and progress.state == "unavailable"
    assert {code for code, _ in problems} == {"model_unreachable"}
    assert store.find("tiny", problems) is None

    hub.breaks_at = None
    hub.ranges.clear()
    folder = await store.fetch("tiny", problems)
    assert folder == tmp_path / "models" / "tiny" and models.broken(folder, SUMS) is None
    assert len(hub.ranges) == 1 and hub.ranges[0] >= half // 2
    assert progress.as_dict()["state"] == "ready" and progress.done == progress.total
    assert not list((tmp_path / "models").glob("*.part"))


async def test_weights_with_another_sum_are_refused_and_fetched_anew(tmp_path: Path, hub: Hub) -> None:
    progress, problems = models.Progress(), Problems()
    store = models.Store(tmp_path / "models", progress)
    hub.files["model.bin"] = FILES["model.bin"][:-1] + b"x"
    assert await store.fetch("tiny", problems) is None
    assert "model.bin" in problems[0][1] and "sum" in problems[0][1]
    assert store.find("tiny", problems) is None

    hub.files = dict(FILES)
    folder = await store.fetch("tiny", problems)
    assert folder is not None and models.broken(folder, SUMS) is None
    assert hub.ranges == [0, 0]
