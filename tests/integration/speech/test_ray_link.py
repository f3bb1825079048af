"""The server's end of its Ray driver, whatever becomes of that; and a server whose cluster is away."""

import asyncio
import sys
import time
from pathlib import Path
from pickle import PicklingError
from types import SimpleNamespace

import pytest

from kit.clock import SystemClock
from kit.processes import environment
from kit.processes.conversation import Lost
from kit.processes.process import Program, python
from kit.tasks import Tasks
from speech.engines.cluster import link as links
from speech.engines.cluster.driver import RayDriver
from speech.engines.cluster.lane import ActorLane
from speech.engines.cluster.link import Link
from speech.engines.cluster.messages import Close, Cluster, Do, Found, Wanted, code
from speech.listening import Listening, ListeningSettings
from speech.pool import jobs
from speech.pool.lanes import EngineBroken
from speech.pool.pool import WorkerPool
from speech.transcription.types import Request
from tests.support import speech as support
from tests.support.waiting import until


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drivers that speak with no cluster."""

    def program(link: Link, descriptor: int) -> Program:
        variables = environment.inherited(*environment.SYSTEM)
        return python("ray", "tests.support.odd_driver", str(descriptor), link._address, variables=variables)

    monkeypatch.setattr(Link, "_program", program)
    monkeypatch.setattr(links, "_GRACE_SECONDS", 0.1)
    monkeypatch.setattr("speech.engines.cluster.lane.OPEN_SECONDS", 30.0)


def lane(link: Link) -> ActorLane:
    return ActorLane(link, Cluster("odd"), Wanted("base", Path(), None, "cpu", "int8", 1, code()))


@pytest.mark.parametrize(
    ("what", "said"),
    [("dies", "the driver died"), ("answers", "the actor died"), ("refuses", "nobody there")],
)
@pytest.mark.usefixtures("odd")
async def test_a_driver_without_an_actor_is_a_broken_engine(what: str, said: str) -> None:
    link = Link(what)
    for _ in range(2):  # the second time by another driver
        with pytest.raises(EngineBroken, match=said):
            await lane(link).start()
    await link.close()
    with pytest.raises(EngineBroken):
        await lane(link).start()


@pytest.mark.usefixtures("odd")
async def test_a_driver_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speech.engines.cluster.lane.OPEN_SECONDS", 0.2)
    link = Link("hangs")
    assert await link.reach() == Found(1, 2.0, 0.0)
    with pytest.raises(EngineBroken, match="hung"):
        await lane(link).start()
    await link.close()


def job(sound: bytes = b"") -> jobs.Recognise:
    return jobs.Recognise("one", 1, 0, sound, Request())


@pytest.mark.usefixtures("odd")
async def test_a_driver_that_is_slow_to_end_an_actor_lives_on() -> None:
    link = Link("lets be")
    await link.reach()
    talk = link._talk
    assert talk is not None
    await link.tell(Close(1), 0.05)
    assert talk.process.status is None and not talk.is_over and talk._replies == {}
    await link.close()
    assert talk.process.status is not None


@pytest.mark.usefixtures("odd")
async def test_a_driver_that_does_not_read_is_ended_in_time() -> None:
    link = Link("deaf")
    await link.reach()
    with pytest.raises(Lost, match="hung"):
        await link.ask(Do(1, job(bytes(32 << 20)), 0.1), 0.1)
    await link.close()


@pytest.mark.usefixtures("odd")
async def test_nothing_is_kept_of_what_was_not_asked() -> None:
    link = Link("lets be")
    await link.reach()
    talk = link._talk
    assert talk is not None
    with pytest.raises((AttributeError, TypeError, PicklingError)):
        await link.ask(Do(1, lambda: None, 1.0), 1.0)  # type: ignore[arg-type]
    asking = asyncio.ensure_future(link.ask(Close(1), 60.0))
    await until(lambda: len(talk._replies) == 1)
    asking.cancel()
    await asyncio.wait([asking])
    assert talk._replies == {} and talk.process.status is None
    await link.close()


@pytest.mark.usefixtures("odd")
async def test_no_driver_comes_after_the_end() -> None:
    link = Link("mute")
    reaching = asyncio.ensure_future(link.reach())
    await until(lambda: link._coming is not None)
    coming = link._coming
    assert coming is not None
    await link.close()
    with pytest.raises(EngineBroken):
        await reaching
    assert coming.process.status is not None and link._talk is None
    with pytest.raises(EngineBroken, match="stopped"):
        await link.reach()


@pytest.mark.usefixtures("odd")
async def test_a_driver_of_which_nothing_was_heard_is_not_taken_for_one_that_has_a_cluster() -> None:
    link = Link("mute")
    reaching = asyncio.ensure_future(link.reach())
    await until(lambda: link._coming is not None)
    coming = link._coming
    reaching.cancel()
    await asyncio.wait([reaching])
    assert coming is not None and coming.process.status is not None and link._talk is None
    await link.close()


@pytest.mark.usefixtures("odd")
async def test_memory_of_another_machine_has_no_limit_here() -> None:
    link, tasks = Link("hears"), Tasks()
    workers = WorkerPool(SystemClock(), tasks)
    actor = lane(link)
    await workers.open(actor)
    for _ in range(2):
        await workers.perform(job(), "final")
    assert workers.lanes == [actor]
    await workers.close()
    await link.close()
    await tasks.close()


def test_a_drivers_deadline_counts_from_when_the_message_came(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    ray = SimpleNamespace(get=lambda _, timeout: waited.append(timeout), exceptions=SimpleNamespace())
    monkeypatch.setitem(sys.modules, "ray", ray)
    RayDriver._asked(SimpleNamespace(), object(), Do(1, job(), 30.0), time.monotonic() - 20.0)  # type: ignore[arg-type]
    RayDriver._asked(SimpleNamespace(), object(), Do(1, job(), 30.0), time.monotonic() - 60.0)  # type: ignore[arg-type]
    assert 0 < waited[1] < waited[0] <= 10.0


async def test_without_a_cluster_speech_is_recognized_here_and_health_says_why(tmp_path: Path) -> None:
    tasks = Tasks()
    model, cluster = str(support.CLIPS_MODEL), Cluster("127.0.0.1:1")
    settings = ListeningSettings(tmp_path, "ray", model, workers=1, download=False, cluster=cluster)
    listening = Listening(settings, tasks, SystemClock())
    await listening.start()
    await listening.ready()
    try:
        heard = await support.hear(listening, support.clip("LJ001-0008"))
        assert heard.text
        status = listening.status()
        assert status["problems"][0]["code"] in ("ray_missing", "cluster_unreachable")
        assert status["cluster"]["actors"] == 0 and "127.0.0.1:1" in status["cluster"]["problem"]
    finally:
        await listening.close()
        await tasks.close()
