"""The server's end of its Ray driver, whatever becomes of that; and a server whose cluster is away."""

from pathlib import Path

import pytest

from kit.clock import SystemClock
from kit.processes import environment
from kit.processes.process import Program, python
from kit.tasks import Tasks
from speech.engines.cluster import link as links
from speech.engines.cluster.lane import ActorLane
from speech.engines.cluster.link import Link
from speech.engines.cluster.messages import Cluster, Found, Wanted, code
from speech.listening import Listening, ListeningSettings
from speech.pool.lanes import EngineBroken
from tests.support import speech as support


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
