"""What a teacher sees who watches, on any node and over either socket; and the learner is never watched unseen."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from tests.integration.realtime.conftest import Stage
from tests.integration.realtime.observing import present, pupil_and_teacher, withdrawn
from tests.support.talks import FRAME_SECONDS, QUIET, Seen
from tests.support.watching import school, watcher

FRAME = QUIET * round(FRAME_SECONDS * 16_000)


async def test_a_teacher_on_another_node_sees_captions_and_scores_and_the_learner_knows(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    pupil, teacher = await pupil_and_teacher(stage, "owner")
    async with stage.talk(one, user=pupil) as learner, watcher(two, teacher) as sees:
        await learner.speaks(1.2)
        answer = await sees.watches(learner)
        assert answer["ok"] and answer["observing"] and answer["replayed"] > 0
        assert answer.get("resume_ticket") is None
        await sees.hears("transcript.final", text="second 0")  # replayed
        told = await learner.hears("session.observers", count=1)
        assert told["names"] == [teacher.replace("-", "")[:32]]
        await learner.speaks(1.6)
        await sees.hears("transcript.final", text="second 1")  # live
        await sees.hears("pronunciation.final", turn_id="2")
        await learner.ends()
        assert (await sees.hears("session.ended"))["reason"] == "client"
        # The learner's own numbering, nothing lost or doubled.
        assert sees.numbers == list(range(1, len(sees.numbers) + 1))
        await withdrawn(stage, two, learner.id)


async def test_fifty_who_watch_are_all_told_and_all_named(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    pupil, teachers = await stage.person(), [await stage.person() for _ in range(50)]
    await school(stage.database, (pupil, "member", None), *((teacher, "admin", None) for teacher in teachers))
    async with stage.talk(one, user=pupil) as learner:
        async with AsyncExitStack() as lines:
            places = [(one, two)[number % 2] for number in range(50)]
            many = [await lines.enter_async_context(watcher(*both)) for both in zip(places, teachers, strict=True)]
            answers = await asyncio.gather(*(sees.watches(learner) for sees in many))
            assert all(answer["ok"] for answer in answers)
            told = await learner.hears("session.observers", count=50)
            assert len(set(told["names"])) == 50
            await learner.speaks(1.2)
            await asyncio.gather(*(sees.hears("transcript.final", text="second 0") for sees in many))
        await learner.hears("session.observers", count=0)
        await learner.ends()
    await present(one, learner.id, 0)


async def test_the_learner_is_told_before_anything_is_shown(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    async with stage.talk(one) as learner:
        for number in range(1, 4):
            teacher = await stage.person()
            await school(stage.database, (learner.token, "member", None), (teacher, "owner", None))
            sees = await stage.opened(watcher(two, teacher))
            answer = await sees.watches(learner)
            told = await learner.hears("session.observers", count=number)
            assert answer["ok"] and told["seq"] <= answer["seq"], "the news is older than the answer"
        await learner.ends()


async def test_nobody_watches_while_the_learner_cannot_be_told(stage: Stage) -> None:
    node = await stage.node()
    pupil, teacher = await pupil_and_teacher(stage, "owner")
    session_id = await stage.voice(pupil)  # no node runs it yet
    async with watcher(node, teacher) as sees:
        answer = await sees.watches(session_id)
        assert (answer["ok"], answer["error"]["error"]) == (False, "unavailable")
        assert set(sees.names) <= {"error"}
        await withdrawn(stage, node, session_id)


@pytest.mark.parametrize("last_seq", [None, 3])
async def test_over_the_plain_websocket(stage: Stage, last_seq: int | None) -> None:
    node = await stage.node()
    pupil, teacher = await pupil_and_teacher(stage, "owner")
    async with (
        stage.talk(user=pupil) as learner,
        aiohttp.ClientSession() as http,
        http.ws_connect(f"{node.url}/api/realtime/speaking") as socket,
    ):
        await learner.speaks(1.2)
        sees = Seen()

        async def read() -> None:
            async for message in socket:
                said = message.json()
                sees.note(said.get("event", f"ack {said.get('ack')}"), said["data"])

        reading = asyncio.ensure_future(read())
        await socket.send_json({"event": "auth", "data": {"token": teacher}})
        wanted: dict[str, Any] = {"session_id": learner.id, "observe": True}
        await socket.send_json(
            {"event": "session.join", "id": 1, "data": wanted | ({"last_seq": last_seq} if last_seq else {})}
        )
        await sees.hears("transcript.final", text="second 0")
        numbers = [data["seq"] for name, data in sees.events if "seq" in data and not name.startswith("ack")]
        assert numbers[0] == (last_seq or 0) + 1
        await socket.send_bytes((1).to_bytes(4, "big") + b"\0" + FRAME)
        assert (await sees.hears("error"))["error"] == "read_only"
        await socket.send_json({"event": "text", "id": 2, "data": {"text": "Hi"}})
        assert (await sees.hears("ack 2"))["error"]["error"] == "read_only"
        await learner.speaks(1.0)
        await sees.hears("transcript.final", text="second 1")
        reading.cancel()
        await learner.ends()


async def test_an_end_without_an_owner_is_told_and_the_observer_is_no_longer_present(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    pupil, teacher = await pupil_and_teacher(stage, "owner")
    async with stage.talk(one, user=pupil) as learner, watcher(two, teacher) as sees:
        await learner.speaks(1.2)
        await sees.watches(learner)
        await present(two, learner.id, 1)
        await learner.leaves()
        await one.kill()
        stage.nodes.remove(one)
        await two.repository._sessions.close(await two.repository.find(learner.id, pupil), "timeout")
        ended = await sees.hears("session.ended")
        assert (ended["reason"], ended["session_id"]) == ("timeout", learner.id)
        assert sees.numbers == list(range(1, len(sees.numbers) + 1))
        await present(two, learner.id, 0)
        assert two.maintenance.observers._watches == set()
        assert (await sees.asks("session.heartbeat", {}))["error"]["error"] == "not_joined"  # the line is alive
