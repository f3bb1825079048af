"""What a session costs: the time in use over its connections, and never less than the sound that it heard."""

from tests.integration.realtime.conftest import Stage
from tests.support.clock import FakeClock


async def test_bursts_cost_what_they_last(stage: Stage, still: FakeClock) -> None:
    """And the pauses between them nothing: they are longer than the signs of a stretch may be apart."""
    node = await stage.node(live_silence_seconds=0.5)
    async with stage.talk() as learner:
        for _ in range(3):
            await learner.bursts(12)
            still.advance(0.8)
        await learner.hears("transcript.final", text="second 35")  # its row has how much was heard
        assert (await node.repository._sessions.balance(learner.token)).used_s >= 24  # while it runs, too
        assert (await learner.ends())["billed_seconds"] == 36


async def test_what_is_sent_again_costs_nothing(stage: Stage, still: FakeClock) -> None:
    one, two = await stage.node(), await stage.node()
    async with stage.talk(one, two) as learner:
        await learner.bursts(9.5)
        for _ in range(3):  # to the same node: it knows them; to the next one: PostgreSQL does
            await learner.sends_again()
        await one.kill()
        await learner.session.flushed()
        ended = await learner.ends()
        assert learner.session.reconnects >= 1
        assert ended["billed_seconds"] == 10


async def test_a_lost_connection_costs_nothing(stage: Stage, still: FakeClock) -> None:
    await stage.node()
    async with stage.talk() as learner:
        await learner.speaks(1.6)
        await learner.session.flushed()
        await learner.leaves()
    still.advance(3)
    async with stage.talk(user=learner.token, session_id=learner.id) as again:
        await again.speaks(1.6)
        ended = await again.ends()
    assert ended["billed_seconds"] == 4  # 1.6 s twice; not the three between


async def test_the_quota_ends_a_burst(stage: Stage) -> None:
    await stage.node(plan_free_seconds=20)
    async with stage.talk() as learner:
        for _ in range(1000):
            learner.sends_a_frame()
        ended = await learner.sees_the_end()
    assert (ended["reason"], ended["billed_seconds"]) == ("quota", 20)
