"""A session that begins while its model is on the way: it is told, its sound is kept, and no stopgap has a say."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import test_utils, web

from kit.clock import SystemClock
from kit.tasks import Tasks
from speech import events
from speech.engines import local
from speech.listening import ListenerOptions, Listening, ListeningSettings
from speech.weights import store as models
from speech.weights.known import KNOWN, Known
from tests.integration.speech.test_download import COMMIT, FILES, SUMS, Problems
from tests.support import speech as support
from tests.support.waiting import until

WORDS = ["has", "never", "been", "surpassed"]


class SlowHub:
    """Holds the weights back until `go` is set; then they come, or with `is_lost` they never do."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.asked = 0
        self.is_lost = False

    async def file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in FILES:
            raise web.HTTPNotFound
        if name == "model.bin":
            self.asked += 1
            await self.go.wait()
            if self.is_lost:
                raise web.HTTPForbidden
        return web.Response(body=FILES[name], headers={"ETag": '"1"', "X-Repo-Commit": COMMIT})


@pytest.fixture
async def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlowHub]:
    hub, app = SlowHub(), web.Application()
    app.router.add_get("/Systran/faster-whisper-tiny/resolve/{revision}/{name}", hub.file)
    server = test_utils.TestServer(app)
    await server.start_server()
    known = Known("Systran/faster-whisper-tiny", COMMIT, SUMS, sum(map(len, FILES.values())))
    monkeypatch.setitem(KNOWN, "tiny", known)
    monkeypatch.setattr(models, "_HUB_SECONDS", 300.0)
    monkeypatch.setenv("HF_ENDPOINT", str(server.make_url("")).rstrip("/"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    yield hub
    hub.go.set()
    await server.close()


def settings(tmp_path: Path, wait_s: float = 300.0) -> ListeningSettings:
    return ListeningSettings(
        data=tmp_path,
        model="tiny",
        workers=1,
        shared_models=tmp_path / "shared",
        wait_s=wait_s,
        installer=lambda: (None, {}),
    )


def is_fetching(listening: Listening) -> bool:
    """Whether the download has been looked at: before that it might be a file that only has to be loaded."""
    waited_for = listening.status()["waiting"]
    return waited_for is not None and waited_for.what == "fetching"


def spoken(text: str) -> list[str]:
    return re.sub(r"[^\w' ]", "", text.lower()).split()


async def test_sound_waits_for_the_model_and_is_heard_by_it_from_the_start(
    tmp_path: Path, tasks: Tasks, hub: SlowHub
) -> None:
    listening = Listening(settings(tmp_path), tasks, SystemClock())
    await listening.start()
    try:
        await until(lambda: hub.asked > 0 and is_fetching(listening), seconds=60)
        heard = support.Heard()
        listener = listening.listener(ListenerOptions("test", scored=False), heard)
        await support.play(listener, support.clip("LJ001-0008"))
        await heard.wait_for(events.Waits, 60)
        told = heard.of(events.Waits)[0]
        assert told.what == "fetching" and "kept" in (told.message or "")
        assert listening.status()["engine"]["name"] != "pocketsphinx" and not heard.of(events.Partial)
        hub.go.set()
        await heard.wait_for(events.Final, 60)
        await listener.finish()
        await listener.close()
        assert spoken(heard.text) == WORDS
        assert {final.engine["name"] for final in heard.of(events.Final)} == {"faster-whisper"}
        assert heard.broken_promises() == [] and not heard.of(events.Degraded)
        assert [told.what for told in heard.of(events.Waits)][-2:] == ["loading", None]
        assert (tmp_path / "shared" / "tiny" / "model.bin").exists() and listening.status()["waiting"] is None
    finally:
        await listening.close()


async def test_a_stopgap_hears_when_the_model_cannot_be_had(tmp_path: Path, tasks: Tasks, hub: SlowHub) -> None:
    hub.is_lost = True
    listening = Listening(settings(tmp_path), tasks, SystemClock())
    await listening.start()
    try:
        heard = support.Heard()
        listener = listening.listener(ListenerOptions("test", scored=False), heard)
        await support.play(listener, support.clip("LJ001-0008"))
        hub.go.set()
        await heard.wait_for(events.Final, 60)
        await listener.close()
        assert {final.engine["name"] for final in heard.of(events.Final)} == {"pocketsphinx"}
        over = heard.of(events.Waits)[-1]
        assert over.what is None and "stopgap" in (over.message or "")
    finally:
        await listening.close()


async def test_a_model_that_could_not_be_had_is_asked_for_again(
    tmp_path: Path, tasks: Tasks, hub: SlowHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "REFETCH_SECONDS", 0.1)
    hub.is_lost = True
    hub.go.set()
    listening = Listening(settings(tmp_path), tasks, SystemClock())
    await listening.start()
    try:
        await until(lambda: listening.status()["engine"]["name"] == "pocketsphinx", seconds=60)
        hub.is_lost = False  # the network is there again
        await until(lambda: listening.status()["engine"]["name"] == "faster-whisper", seconds=60)
        await until(lambda: [lane.engine.name for lane in listening._workers.lanes] == ["faster-whisper"], seconds=60)
    finally:
        await listening.close()


async def test_who_does_not_wait_has_a_stopgap_that_gives_way(tmp_path: Path, tasks: Tasks, hub: SlowHub) -> None:
    listening = Listening(settings(tmp_path, wait_s=0.0), tasks, SystemClock())
    await listening.start()
    try:
        await until(lambda: listening.status()["engine"]["name"] == "pocketsphinx", seconds=60)
        await until(lambda: (waiting := listening.status()["waiting"]) is not None and waiting.is_heard, seconds=60)
        hub.go.set()
        await until(lambda: listening.status()["engine"]["name"] == "faster-whisper", seconds=60)
        assert [lane.engine.name for lane in listening._workers.lanes] == ["faster-whisper"]
    finally:
        await listening.close()


async def test_two_starts_fetch_a_model_once(tmp_path: Path, hub: SlowHub) -> None:
    """They share the folder of models, not their data folders."""
    progress = [models.Progress(), models.Progress()]
    stores = [
        models.Store(tmp_path / f"data{number}", one, shared=tmp_path / "shared") for number, one in enumerate(progress)
    ]
    problems = Problems()
    fetching = [asyncio.ensure_future(store.fetch("tiny", problems)) for store in stores]
    await until(lambda: hub.asked > 0, seconds=60)
    hub.go.set()
    assert await asyncio.gather(*fetching) == [tmp_path / "shared" / "tiny"] * 2
    assert hub.asked == 1 and problems == []
    third = models.Store(tmp_path / "data3", models.Progress(), shared=tmp_path / "shared")
    assert third.find("tiny", problems) == tmp_path / "shared" / "tiny"


async def test_models_go_to_the_data_folder_where_none_can_be_shared(tmp_path: Path, hub: SlowHub) -> None:
    hub.go.set()
    (tmp_path / "file").write_text("no folder")
    store = models.Store(tmp_path / "data", models.Progress(), shared=tmp_path / "file" / "models")
    for _ in range(2):
        assert await store.fetch("tiny", Problems()) == tmp_path / "data" / "tiny"
    assert store.find("tiny", Problems()) == tmp_path / "data" / "tiny"
