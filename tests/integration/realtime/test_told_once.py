"""The log does not know all that a client was told: Valkey was away or came back empty, and then the owner died. No
result is told twice, and none is missing."""

from collections import Counter
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest

from kit import errors
from realtime.node import log as event_log
from realtime.node.log import EventLog
from tests.integration.realtime.conftest import RunningNode, Stage
from tests.support.gate import Gate
from tests.support.talks import Learner
from tests.support.waiting import until

Event = tuple[str, dict[str, Any]]


@pytest.fixture
async def gate(stage: Stage) -> AsyncIterator[Gate]:
    made = Gate(stage.redis_url)
    stage.redis_url = await made.open()
    yield made
    await made.close()


def results(events: list[Event]) -> Counter[tuple[str, str]]:
    """How often each result was told. What a snapshot has stands in place of all before."""
    told = Counter[tuple[str, str]]()
    for name, data in events:
        if name == "session.snapshot":
            told = Counter(("transcript.final", turn["turn_id"]) for turn in data["turns"])
            told.update(("pronunciation.final", turn["turn_id"]) for turn in data["turns"] if turn["pronunciation"])
        elif name in ("transcript.final", "pronunciation.final"):
            told[name, data["turn_id"]] += 1
    return told


def texts(events: list[Event]) -> list[str]:
    seen: dict[str, str] = {}
    for name, data in events:
        if name == "session.snapshot":
            seen = {turn["turn_id"]: turn["text"] for turn in data["turns"]}
        elif name == "transcript.final":
            seen[data["turn_id"]] = data["text"]
    return list(seen.values())


async def all_came_once(stage: Stage, learner: Learner, seconds: int) -> None:
    assert set(results(learner.events).values()) == {1}
    assert texts(learner.events) == [f"second {n}" for n in range(seconds)] == await stage.texts(learner.id)
    assert learner.numbers == sorted(set(learner.numbers))
    after_a_gap = {name for (_, a), (name, b) in pairwise(learner.events) if b["seq"] > a["seq"] + 1}
    assert after_a_gap <= {"session.snapshot"}
    assert learner.names[-1] == "session.ended"


async def emptied(node: RunningNode, session_id: str) -> None:
    """As a Valkey that was started again between two signs of life: nobody has noticed."""
    assert await node.resources.redis.delete(event_log.stream_key(session_id)) == 1


async def test_a_valkey_that_came_back_empty_before_the_owner_died(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    async with stage.talk(one, two) as learner:
        await learner.speaks(2)
        await learner.hears("pronunciation.final", turn_id="2")
        await emptied(one, learner.id)
        await learner.speaks(0.6)
        await learner.hears("transcript.partial", turn_id="3")
        await one.kill()
        await learner.speaks(1.4)
        await learner.ends()
        await all_came_once(stage, learner, 4)


async def test_results_that_were_told_while_valkey_was_away_before_the_owner_died(stage: Stage, gate: Gate) -> None:
    one, two = await stage.node(), await stage.node()
    async with stage.talk(one) as learner:
        await told_without_valkey(learner, one, gate)
        await back(gate, two)
        learner.session._link.urls = [two.url]
        await learner.speaks(1)
        await learner.ends()
        await all_came_once(stage, learner, 4)


async def told_without_valkey(learner: Learner, node: RunningNode, gate: Gate) -> None:
    """The last two of three turns; then the owner dies."""
    await learner.speaks(1)
    await learner.hears("pronunciation.final", turn_id="1")
    await gate.close()
    await learner.speaks(2)
    await learner.hears("pronunciation.final", turn_id="3")
    await node.kill()


async def back(gate: Gate, node: RunningNode) -> None:
    await until(lambda: node.maintenance.registry.degraded)
    await gate.open()
    await until(lambda: not node.maintenance.registry.degraded)


async def told_after(stage: Stage, user: str, node: RunningNode, session_id: str, seq: int) -> list[Event]:
    session = stage.client(user, node)
    await session.join(session_id, last_seq=seq)
    told = [(event.name, event.data) async for event in session.events()]
    await session.close()
    return told


async def test_a_session_that_ended_without_its_owner_tells_nothing_twice(stage: Stage, gate: Gate) -> None:
    one, two = await stage.node(), await stage.node()
    user = await stage.person()
    async with stage.talk(one, user=user) as learner:
        await told_without_valkey(learner, one, gate)
    await back(gate, two)
    await two.repository.abandon(learner.id, user)
    logged = (await event_log.read(two.resources.redis, learner.id) or [])[-1].seq
    all_seen = learner.events
    in_the_log = [(name, data) for name, data in all_seen if data["seq"] <= logged]
    told = await told_after(stage, user, two, learner.id, logged)
    # The line broke after any event, of the owner or of the node that tells the end.
    for seen in [in_the_log, all_seen, *([*in_the_log, *told[:count]] for count in range(1, len(told)))]:
        again = await told_after(stage, user, two, learner.id, seen[-1][1]["seq"])
        assert again[-1][0] == "session.ended"
        assert set(results(seen + again).values()) == {1}
        assert texts(seen + again) == ["second 0", "second 1", "second 2"]


async def test_the_end_follows_a_snapshot_of_a_session_that_has_ended(stage: Stage) -> None:
    node = await stage.node()
    user = await stage.person()
    async with stage.talk(node, user=user) as learner:
        await learner.speaks(1)
        await learner.ends()
    await node.resources.redis.xtrim(event_log.stream_key(learner.id), maxlen=2, approximate=False)
    told = await told_after(stage, user, node, learner.id, 1)
    assert [name for name, _ in told] == ["session.snapshot", "session.ended"]
    assert told[1][1]["billed_seconds"] == learner.events[-1][1]["billed_seconds"]


async def test_an_owner_that_slept_writes_nothing_into_the_log_of_the_next(stage: Stage) -> None:
    redis = (await stage.node()).resources.redis
    old, new = EventLog(redis, "slept", 1), EventLog(redis, "slept", 2)
    await old.append([old.number("first", {}, 0)])
    new.adopt(await event_log.read(redis, "slept") or [])
    await new.append([new.number("second", {}, 0)])
    with pytest.raises(errors.Failure) as moved:  # also when its lease has run out
        await old.append([old.number("late", {}, 0)])
    assert moved.value.code == "session_moved"
    await redis.delete(event_log.stream_key("slept"))
    await old.append([old.number("later", {}, 0)])  # before the new one was there again
    await new.append([new.number("third", {}, 0)])
    logged = await event_log.read(redis, "slept") or []
    assert [(entry.seq, entry.name) for entry in logged] == [(1, "first"), (2, "second"), (3, "third")]
    with pytest.raises(errors.Failure):
        await old.append([old.number("last", {}, 0)])
    await redis.delete(event_log.stream_key("slept"))
