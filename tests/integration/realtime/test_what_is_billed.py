"""What a session costs: the time in use over its connections, and never less than the sound that it heard."""

import asyncio

from server.cli.client import Session
from tests.integration.realtime.conftest import Stage

FRAME = b"\1\0" * 640  # 40 ms


async def burst(session: Session, seconds: float) -> None:
    for _ in range(round(seconds / 0.04)):
        session.send_audio(FRAME)
    await session.flushed()


async def test_bursts_cost_what_they_last(stage: Stage) -> None:
    """And the pauses between them nothing: they are longer than the signs of a stretch may be apart."""
    node = await stage.node(live_silence_seconds=0.5)
    user = await stage.person()
    session = stage.client(user, node)
    await session.start_speaking()
    for _ in range(3):
        await burst(session, 12)
        await asyncio.sleep(0.8)
    assert (await node.repository._sessions.balance(user)).used_s >= 24  # while it runs, too
    ended = await session.end()
    assert ended["billed_seconds"] == 36


async def test_what_is_sent_again_costs_nothing(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    session = stage.client(await stage.person(), one, two)
    await session.start_speaking()
    await burst(session, 9.5)
    for _ in range(3):  # to the same node: it knows them; to the next one: the books do
        session._sent = 0
        session._more.set()
        await session.flushed()
    await one.kill()
    await session.flushed()
    ended = await session.end()
    assert session.reconnects >= 1
    assert ended["billed_seconds"] == 10


async def test_a_lost_connection_costs_nothing(stage: Stage) -> None:
    node = await stage.node()
    user = await stage.person()
    session = stage.client(user, node)
    await session.start_speaking()
    await session.stream(FRAME * 40)
    await session.close()
    await asyncio.sleep(3)
    again = stage.client(user, node)
    answer = await again.join(session.id or "")
    again._frame = answer["audio_seq"]
    await again.stream(FRAME * 40)
    ended = await again.end()
    assert ended["billed_seconds"] in (4, 5)  # 1.6 s twice; not the three between


async def test_the_quota_ends_a_burst(stage: Stage) -> None:
    node = await stage.node(plan_free_seconds=20)
    session = stage.client(await stage.person(), node)
    await session.start_speaking()
    for _ in range(1000):
        session.send_audio(FRAME)
    async with asyncio.timeout(20):
        ended = await asyncio.shield(session.ended)
    assert (ended["reason"], ended["billed_seconds"]) == ("quota", 20)
