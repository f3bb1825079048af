"""Two Parley nodes that hear through actors of a real Ray cluster of two nodes, one of which is killed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from kit.clock import SystemClock
from kit.tasks import Tasks
from speech import events
from speech.engines.cluster.messages import Cluster
from speech.listening import ListenerOptions, Listening, ListeningSettings
from tests.support import ray_cluster
from tests.support import speech as support
from tests.support.ray_cluster import RayNode
from tests.support.waiting import until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("ray") is None, reason="the extra `ray` is not installed (docs/ray.md)"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[str, list[RayNode]]]:
    with ray_cluster.cluster(2) as running:
        yield running


@pytest.fixture
async def parleys(tmp_path: Path, cluster: tuple[str, list[RayNode]]) -> AsyncIterator[list[Listening]]:
    """Two, with two actors each."""
    tasks, here = Tasks(), Cluster(cluster[0], cpus=0.5, least=2, most=2)
    settings = ListeningSettings(tmp_path, "ray", str(support.CLIPS_MODEL), workers=1, download=False, cluster=here)
    running = [Listening(settings, tasks, SystemClock()) for _ in range(2)]
    try:
        for listening in running:
            await listening.start()
        for listening in running:
            await until(partial(has_both, listening), 400)  # on a busy machine; until then others hear
        yield running
    finally:
        for listening in running:
            await listening.close()
        await tasks.close()


def has_both(listening: Listening) -> bool:
    return bool(listening.status()["cluster"]["actors"] == 2)


def died() -> float:
    return REGISTRY.get_sample_value("parley_recognition_workers_lost_total", {"why": "died"}) or 0


async def hear(listening: Listening, name: str, middle: asyncio.Event) -> support.Heard:
    """A recording at twice its pace; `middle` is set when half of it was said."""
    heard, sound = support.Heard(), support.clip(name)
    listener = listening.listener(ListenerOptions(name), heard)
    half = len(sound) // 2
    await support.play(listener, sound[:half], pause_s=0.05)
    middle.set()
    await support.play(listener, sound[half:], pause_s=0.05)
    await listener.finish()
    await listener.close()
    return heard


async def test_a_ray_node_killed_in_mid_sentence_loses_no_word(
    cluster: tuple[str, list[RayNode]], parleys: list[Listening]
) -> None:
    head, other = cluster[1]
    await until(lambda: head.actors() + other.actors() == 4)
    assert other.actors() > 0
    # Two speak to each server, so that none of its actors is idle, wherever it is.
    names = ["jfk", "84-121550-0000"] * 2
    middles = [asyncio.Event() for _ in names]
    lost = died()
    servers = [one for one in parleys for _ in range(2)]
    hearing = [asyncio.ensure_future(hear(*each)) for each in zip(servers, names, middles, strict=True)]
    for middle in middles:
        await middle.wait()
    other.kill()
    heard = await asyncio.gather(*hearing)
    assert died() > lost  # an actor that heard them
    said = {clip["id"]: clip["text"] for clip in support.manifest()}
    assert [support.words(one.text) for one in heard] == [support.words(said[name]) for name in names]
    assert not any(one.broken_promises() for one in heard)
    finals = [final for one in heard for final in one.of(events.Final)]
    assert {final.engine["name"] for final in finals} == {"faster-whisper"} and not any(one.failed for one in finals)
    for listening in parleys:
        await listening.close()
    await until(lambda: head.actors() == 0, 30)
