"""Several devices take one session over at the same moment: one has it afterwards, on one node, and nothing is lost."""

import asyncio

import pytest

from clients.python.parley_client import Session
from tests.integration.realtime.conftest import RunningNode, Stage
from tests.integration.realtime.test_realtime_nodes import FRAME
from tests.support.scripted_listener import ScriptedListening
from tests.support.waiting import until


def running(nodes: list[RunningNode], session_id: str) -> list[RunningNode]:
    return [node for node in nodes if session_id in node.maintenance.registry.runners]


async def stored(stage: Stage, session_id: str) -> None:
    """Until the first two seconds are in PostgreSQL: the other devices have no sound to send again."""
    async with asyncio.timeout(60):
        while (await stage.texts(session_id))[:2] != ["second 0", "second 1"]:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.05)


async def join_all(devices: list[Session], session_id: str) -> list[object]:
    async with asyncio.timeout(60):
        return await asyncio.gather(*(device.join(session_id) for device in devices), return_exceptions=True)


@pytest.mark.parametrize("count", [2, 3, 10])
async def test_devices_that_join_at_one_moment(stage: Stage, count: int) -> None:
    nodes = [await stage.node(), await stage.node(), await stage.node()]
    user = await stage.person()
    first = stage.client(user, nodes[0])
    session_id = (await first.start_speaking())["session_id"]
    await first.stream(FRAME * 60, speed=20)
    await stored(stage, session_id)
    for _ in range(3):
        devices = [stage.client(user, nodes[n % 3]) for n in range(count)]
        answers = await join_all(devices, session_id)
        assert any(isinstance(answer, dict) for answer in answers), answers
        odd = [answer for answer in answers if "internal" in str(answer)]
        assert odd == []
        await until(lambda: len(running(nodes, session_id)) == 1)
        for device in devices:
            await device.close()
    last = stage.client(user, *nodes)
    await last.join(session_id)
    async with asyncio.timeout(60):
        ended = await last.end()
    assert ended.reason == "client"
    await until(lambda: running(nodes, session_id) == [])
    assert (await stage.texts(session_id))[:2] == ["second 0", "second 1"]
    assert (await stage.row(session_id))["end_reason"] == "client"


@pytest.mark.parametrize("count", [1, 5])
async def test_devices_that_join_while_a_session_ends(stage: Stage, count: int) -> None:
    nodes = [await stage.node(ScriptedListening(finish_s=0.3)), await stage.node(ScriptedListening(finish_s=0.3))]
    user = await stage.person()
    first = stage.client(user, nodes[0])
    session_id = (await first.start_speaking())["session_id"]
    await first.stream(FRAME * 60, speed=20)
    await stored(stage, session_id)
    devices = [stage.client(user, nodes[n % 2]) for n in range(count)]
    ending = asyncio.ensure_future(first.end())
    await asyncio.sleep(0.1)
    answers = await join_all(devices, session_id)
    assert [answer for answer in answers if "internal" in str(answer)] == []
    async with asyncio.timeout(60):
        await asyncio.gather(ending, return_exceptions=True)
    async with asyncio.timeout(60):
        while (row := await stage.row(session_id))["ended_at"] is None:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.05)
    await until(lambda: running(nodes, session_id) == [], 60)
    assert row["end_reason"] == "client" and row["billed_seconds"] >= 2
    assert (await stage.texts(session_id))[:2] == ["second 0", "second 1"]


async def test_a_device_takes_over_while_another_node_gets_the_sound_again(stage: Stage) -> None:
    one, two, three = await stage.node(), await stage.node(), await stage.node()
    nodes = [one, two, three]
    user = await stage.person()
    first = stage.client(user, one, two)
    session_id = (await first.start_speaking())["session_id"]
    streaming = asyncio.ensure_future(first.stream(FRAME * 200, speed=4))
    await until(lambda: first.acked_seq > 60)
    await one.kill()
    nodes.remove(one)
    await until(lambda: running(nodes, session_id) == [two], 60)
    other = stage.client(user, three)
    await other.join(session_id)
    await until(lambda: running(nodes, session_id) == [three])
    await asyncio.gather(streaming, return_exceptions=True)
    await other.stream(FRAME * 30, speed=10)
    async with asyncio.timeout(60):
        assert (await other.end()).reason == "client"
    texts = await stage.texts(session_id)
    assert texts == [f"second {n}" for n in range(len(texts))]
    await until(lambda: running(nodes, session_id) == [])
