"""Who may watch, and what an observer may not: only by role, in an organization that the learner chose, read-only."""

import asyncio
from typing import Any

from kit import ids
from realtime import wire
from tests.integration.realtime.conftest import Stage
from tests.integration.realtime.observing import watched
from tests.support.talks import FRAME_SECONDS, QUIET
from tests.support.watching import school, watcher

FRAME = QUIET * round(FRAME_SECONDS * 16_000)
PAYLOADS: dict[str, dict[str, Any]] = {
    "speaking.start": {},
    "text": {"text": "Hello."},
    "session.update": {"patience_ms": 800},
    "webrtc.offer": {"sdp": "v=0"},
}


async def test_only_in_an_organization_that_the_learner_chose(stage: Stage) -> None:
    node = await stage.node()
    pupil, teacher = await stage.person(), await stage.person()
    await school(stage.database, (pupil, "member", None), (teacher, "owner", None))
    await school(stage.database, (pupil, "owner", None), (teacher, "member", None))
    async with stage.database.connection() as cx:
        await cx.execute("update organization_members set accepted_at = null where user_id = $1", pupil)
    async with stage.talk(user=pupil) as learner, watcher(node, teacher) as sees:
        answer = await sees.watches(learner)
        assert (answer["ok"], answer["error"]["error"]) == (False, "not_found")
        async with stage.database.connection() as cx:
            await cx.execute("update organization_members set accepted_at = now()")
        assert (await sees.watches(learner))["ok"]
        await sees.leaves()
        await learner.ends()


async def test_every_event_of_an_observer_is_refused_by_name(stage: Stage) -> None:
    node = await stage.node()
    async with watched(stage, node) as (learner, sees, _):
        for row in wire.CLIENT.values():
            if row.name == "session.join":
                continue
            given = ({"seq": 1, "codec": "pcm16"}, FRAME) if row.binary else (PAYLOADS.get(row.name, {}),)
            answer = await sees.asks(row.name, *given)
            assert answer["ok"] is False and answer["error"]["error"] == "read_only", row.name
        await sees.leaves()
        await learner.hears("session.observers", count=0)
        assert learner.all("session.ended") == learner.all("transcript.final") == []
        assert (await learner.ends())["billed_seconds"] == 0


async def test_roles_decide_and_everything_else_is_not_found(stage: Stage) -> None:
    node = await stage.node()
    pupil, manager, other_manager, member, stranger = [await stage.person() for _ in range(5)]
    await school(
        stage.database,
        (pupil, "member", "blue"),
        (manager, "team_manager", "blue"),
        (other_manager, "team_manager", "red"),
        (member, "member", "blue"),
    )
    await school(stage.database, (stranger, "owner", None))
    async with stage.talk(user=pupil) as learner:
        for user in (manager, other_manager, member, stranger, pupil):
            async with watcher(node, user) as sees:
                answer = await sees.watches(learner)
                assert answer["ok"] is (user == manager), answer
                assert answer["ok"] or answer["error"]["error"] == "not_found"
        await learner.ends()
        async with watcher(node, manager) as sees:
            assert (await sees.watches(learner))["error"]["error"] == "session_ended"


async def test_who_loses_the_role_is_out(stage: Stage) -> None:
    node = await stage.node()
    async with watched(stage, node) as (learner, sees, teacher):
        await learner.hears("session.observers", count=1)
        async with stage.database.connection() as cx:
            await cx.execute("update organization_members set role = 'member' where user_id = $1", teacher)
        async with asyncio.timeout(60):
            await sees.gone.wait()
        assert (await sees.hears("error"))["error"] == "not_found"
        await learner.hears("session.observers", count=0)
        before = len(sees.events)
        await learner.speaks(1.2)
        await learner.hears("transcript.final", text="second 0")
        await asyncio.sleep(0.7)  # longer than a round of reading for observers
        assert len(sees.events) == before


async def test_an_observer_that_has_seen_more_than_was_told_is_refused_and_harms_nobody(stage: Stage) -> None:
    node = await stage.node()
    async with watched(stage, node) as (learner, sees, teacher), watcher(node, teacher) as other:
        for last_seq in (2**53 - 1, 2**63 - 1, 2**64 - 1, 1e30, 5000):
            answer = await other.watches(learner, last_seq=last_seq)
            assert answer["error"]["error"] == "invalid_request"
        await learner.speaks(1.2)
        await sees.hears("transcript.final", text="second 0")


async def test_who_is_not_let_into_another_session_goes_on_watching_and_hearing(stage: Stage) -> None:
    node = await stage.node()
    async with watched(stage, node) as (learner, sees, _):
        for session_id in (ids.new_id(), "no id"):
            for wanted in ({"session_id": session_id}, {"session_id": session_id, "observe": True}):
                assert (await sees.asks("session.join", wanted))["ok"] is False
                assert (await learner.asks("session.join", wanted))["ok"] is False
        await learner.speaks(1.2)
        await sees.hears("transcript.final", text="second 0")
        await learner.hears("transcript.final", text="second 0")
