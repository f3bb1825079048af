"""Engines that cannot be started, are lost, or come while others do: nobody stays deaf, and none is left over."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import test_utils, web

from kit.clock import SystemClock
from kit.outbound import Outbound
from kit.tasks import Tasks
from speech.engines import choice, local
from speech.engines.choice import Engines
from speech.engines.remote import RemoteLane, RemoteServer
from speech.engines.settings import ListeningSettings
from speech.pool import jobs, lanes
from speech.pool.pool import WorkerPool
from speech.transcription.types import EngineName
from speech.weights import store as models
from tests.support.pool import Lane, settle
from tests.support.waiting import until

NAMES = {"whisper": "faster-whisper", "sphinx": "pocketsphinx"}


class House:
    """Lanes of Parley's own, which start unless `refused` has something for their engine."""

    def __init__(self, tmp_path: Path, tasks: Tasks) -> None:
        self.tmp_path, self.tasks = tmp_path, tasks
        self.workers = WorkerPool(SystemClock(), tasks)
        self.made: list[Lane] = []
        self.refused: dict[str, list[Exception]] = {"whisper": [], "sphinx": []}
        self.folder: Path | None = tmp_path
        self.fetching: list[asyncio.Future[Path | None]] = []

    def lane(self, spec: jobs.EngineSpec) -> Lane:
        lane = Lane()
        lane.engine = EngineName(NAMES[spec.name], "base", "1")
        lane.trouble = [self.refused[spec.name].pop(0)] if self.refused[spec.name] else []
        self.made.append(lane)
        return lane

    async def fetch(self, *_: object) -> Path | None:
        self.fetching.append(asyncio.get_running_loop().create_future())
        return await self.fetching[-1]

    def engines(self, engine: str, remote: RemoteServer | None = None) -> Engines:
        settings = ListeningSettings(self.tmp_path, engine, workers=3, remote=remote)  # type: ignore[arg-type]
        return Engines(settings, self.workers, self.tasks, SystemClock())

    @property
    def heard_by(self) -> list[str]:
        return [lane.engine.name for lane in self.workers.lanes]

    async def lose(self, lane: lanes.Lane) -> None:
        """As when it cannot be started again."""
        await self.workers.retire(lane)
        self.workers.on_lost(lane)


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    tasks = Tasks()
    house = House(tmp_path, tasks)
    monkeypatch.setattr(lanes, "ProcessLane", house.lane)
    monkeypatch.setattr(models.Store, "find", lambda *_: house.folder)
    monkeypatch.setattr(models.Store, "fetch", house.fetch)
    monkeypatch.setattr(choice, "REVIVE_SECONDS", 0.02)
    monkeypatch.setattr(local, "_LOOK_SECONDS", 0.02)
    yield house
    await house.workers.close()
    await tasks.close()


@pytest.fixture
async def server() -> AsyncIterator[tuple[RemoteServer, asyncio.Event]]:
    """One that is away until the event is set."""
    there = asyncio.Event()

    async def listed(_: web.Request) -> web.Response:
        return web.json_response({}, status=200 if there.is_set() else 401)

    app = web.Application()
    app.router.add_get("/models", listed)
    running = test_utils.TestServer(app)
    await running.start_server()
    yield RemoteServer(str(running.make_url("")).rstrip("/"), "large"), there
    await running.close()


def no_memory() -> Exception:
    return OSError(12, "Cannot allocate memory")


def no_process() -> Exception:
    return lanes.EngineBroken("engine_crashed", "cannot fork")


async def test_a_server_that_comes_ends_the_fetch_and_its_news(
    house: House, server: tuple[RemoteServer, asyncio.Event]
) -> None:
    house.folder = None
    engines = house.engines("remote", server[0])
    told: list[str | None] = []
    engines.waits.tell = lambda news: told.append(None if news is None else news.what)
    engines.start()
    await until(lambda: told[-1:] == ["fetching"])
    server[1].set()
    await until(lambda: house.fetching[0].cancelled())
    await until(lambda: len(house.heard_by) == 4)
    for _ in range(5):
        await house.lose(house.workers.lanes[0])  # one of several: nothing is made here, and nothing is told
        await until(lambda: len(house.heard_by) == 4)
    assert told[-1] is None and engines.waits.news is None and len(house.fetching) == 1
    assert engines.current().name == "openai-compatible" and engines.status()["problems"] == []
    await engines.close()


@pytest.mark.parametrize("engine", ["sphinx", "whisper", "auto"])
@pytest.mark.parametrize("trouble", [no_memory, no_process])
async def test_who_cannot_start_at_first_starts_later(house: House, engine: str, trouble: object) -> None:
    assert callable(trouble)
    for name in house.refused:
        house.refused[name] = [trouble() for _ in range(4)]
    engines = house.engines(engine)
    engines.start()
    await until(lambda: len(house.heard_by) == 3)
    best = "pocketsphinx" if engine == "sphinx" else "faster-whisper"
    await until(lambda: house.heard_by == [best] * 3)
    assert engines.status()["ready"] and engines.waits.news is None
    await until(lambda: engines.status()["problems"] == [])
    await engines.close()


async def test_what_is_missing_is_added(house: House) -> None:
    house.refused["sphinx"] = []
    engines = house.engines("sphinx")
    first = house.lane

    def second_fails(spec: jobs.EngineSpec) -> Lane:
        lane = first(spec)
        lane.trouble = [no_process()] if len(house.made) == 2 else []
        return lane

    lanes.ProcessLane = second_fails  # type: ignore[assignment,misc] # the fixture restores it
    engines.start()
    await until(lambda: len(house.heard_by) == 3)
    await house.lose(house.workers.lanes[0])
    await until(lambda: len(house.heard_by) == 3)
    await settle()
    assert len(house.made) == 5
    await engines.close()


async def test_a_stopgap_hears_while_the_model_cannot_be_loaded(house: House) -> None:
    house.refused["whisper"] = [lanes.EngineBroken("engine_broken", "no model")] * 3
    engines = house.engines("auto")
    engines.start()
    await until(lambda: house.heard_by == ["pocketsphinx"] * 3)
    await until(lambda: house.heard_by == ["faster-whisper"] * 3)
    assert engines.status()["notice"] is None
    await engines.close()


async def test_only_the_stopgap_gives_way(house: House, server: tuple[RemoteServer, asyncio.Event]) -> None:
    engines = house.engines("auto")
    better = RemoteLane(server[0], Outbound())
    for lane in (house.lane(jobs.EngineSpec("sphinx")), better):
        house.workers.add(lane)
    await engines._local._retire_stopgap()
    assert house.workers.lanes == [better] and engines.current().name == "openai-compatible"


async def test_the_engine_is_told_before_the_old_one_has_ended(house: House) -> None:
    engines = house.engines("auto")
    old = house.lane(jobs.EngineSpec("sphinx"))
    house.workers.add(old)
    stopping = asyncio.Event()

    async def slow() -> None:
        stopping.set()
        await asyncio.Event().wait()

    old.stop = slow  # type: ignore[method-assign]
    opening = house.tasks.spawn(engines._open(house.lane(jobs.EngineSpec("whisper"))), name="open")
    await stopping.wait()
    assert engines.current().name == "faster-whisper" and engines.status()["ready"]
    opening.cancel()


async def test_lost_ones_are_replaced_by_as_many_and_no_more(house: House) -> None:
    engines = house.engines("sphinx")
    engines.start()
    await until(lambda: len(house.heard_by) == 3)
    for lane in house.workers.lanes:
        await house.lose(lane)
    await until(lambda: len(house.heard_by) == 3)
    for _ in range(10):
        await asyncio.sleep(choice.REVIVE_SECONDS)
    assert len(house.heard_by) == 3 and len(house.made) == 6
    await engines.close()


async def test_a_loss_during_a_fetch_begins_no_second_one(house: House) -> None:
    house.folder = None
    engines = house.engines("auto")
    engines.start()
    await until(lambda: len(house.fetching) == 1)
    stray = house.lane(jobs.EngineSpec("sphinx"))
    for _ in range(3):
        house.workers.on_lost(stray)
        await settle()
    house.fetching[0].set_result(house.tmp_path)
    await until(lambda: house.heard_by == ["faster-whisper"] * 3)
    await settle()
    assert len(house.fetching) == 1 and len(house.made) == 4
    await engines.close()


async def test_a_model_that_fails_to_come_is_fetched_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "REFETCH_SECONDS", 0.01)
    house.folder = None
    engines = house.engines("auto")
    engines.start()
    await until(lambda: len(house.fetching) == 1)
    house.fetching[0].set_exception(OSError(28, "No space left on device"))
    await until(lambda: house.heard_by == ["pocketsphinx"] * 3)
    await until(lambda: len(house.fetching) == 2)
    house.fetching[1].set_result(None)
    await until(lambda: len(house.fetching) == 3)
    house.fetching[2].set_result(house.tmp_path)
    await until(lambda: house.heard_by == ["faster-whisper"] * 3)
    assert engines.status()["problems"] == []
    await engines.close()


async def test_nothing_is_left_after_the_end(house: House) -> None:
    engines = house.engines("sphinx")
    engines.start()
    await until(lambda: len(house.heard_by) == 3)
    house.refused["sphinx"] = [no_process() for _ in range(1000)]
    for lane in house.workers.lanes:
        await house.lose(lane)
    await until(lambda: len(house.made) > 4)
    await engines.close()
    await settle()
    assert len(house.tasks) == 0


async def test_a_lane_that_comes_after_the_end_is_ended(house: House) -> None:
    lane = Lane()
    lane.ready.clear()
    opening = house.tasks.spawn(house.workers.open(lane), name="open")
    await until(lambda: lane.starts == 1)
    await house.workers.close()
    lane.ready.set()
    with pytest.raises(lanes.EngineBroken):
        await opening
    assert not lane.running and house.workers.lanes == []


async def test_problems_are_few_and_end_with_their_cause(house: House) -> None:
    house.refused["sphinx"] = [lanes.EngineBroken("engine_crashed", f"for the {n}. time") for n in range(20)]
    engines = house.engines("sphinx")
    engines.start()
    await until(lambda: len(house.made) > 15)
    assert 0 < len(engines.status()["problems"]) <= 8
    await until(lambda: len(house.heard_by) == 3)
    await until(lambda: engines.status()["problems"] == [])
    await engines.close()
