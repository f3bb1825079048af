"""A client and a node: from the connection to the bill."""

import asyncio
from typing import Any

import pytest

from clients.python.parley_client import Refused, Session
from kit.caller import Caller
from realtime import wire
from tests.integration.realtime.conftest import RunningNode, Stage
from tests.integration.realtime.test_realtime_nodes import has_sent
from tests.support import socketio_line, talks
from tests.support.clock import FakeClock
from tests.support.scripted_listener import ScriptedListening
from tests.support.waiting import until

FRAME = b"\0\0" * 640  # 40 ms


@pytest.fixture(autouse=True)
def by_socketio(stage: Stage) -> None:
    """The other tests of this folder go by the plain WebSocket."""
    stage.opener = socketio_line.opened


async def everything(session: Session) -> list[tuple[str, dict[str, Any]]]:
    return [(event.name, event.data) async for event in session.events()]


async def refusal(session: Session, name: str, *data: Any) -> str:
    """The code with which an event is refused."""
    answer = await talks.answered(session, name, *data)
    assert answer["ok"] is False, answer
    return str(answer["error"]["error"])


async def test_a_reading_from_start_to_bill(stage: Stage, still: FakeClock) -> None:
    await stage.node()
    user = await stage.person()
    session = stage.client(user)
    answer = await session.start_speaking(reference_text="Hello there.")
    assert answer["remaining_seconds"] == 600 and answer["audio_seq"] == 0
    listening = asyncio.ensure_future(everything(session))
    await session.stream(FRAME * 75)
    ended = await session.end()
    events = await listening
    assert ended.billed_seconds == 3 and ended.reason == "client" and ended.transcript_id
    assert [data["seq"] for _, data in events] == list(range(1, len(events) + 1))
    finals = [data["text"] for name, data in events if name == "transcript.final"]
    assert finals == ["second 0", "second 1", "second 2"] == await stage.texts(answer["session_id"])
    names = [name for name, _ in events]
    assert names[0] == "session.state" and names[-1] == "session.ended"
    assert {"speech.started", "transcript.partial", "speech.stopped", "pronunciation.final"} <= set(names)
    row = await stage.row(answer["session_id"])
    assert (row["status"], row["billed_seconds"], row["reserved_seconds"]) == ("ended", 3, 0)


async def test_every_event_fits_its_description(stage: Stage) -> None:
    await stage.node()
    session = stage.client(await stage.person())
    await session.start_speaking()
    for _ in range(60):
        session.send_audio(FRAME)
    await session.say("typed")
    await session.end()
    for name, data in await everything(session):
        row = wire.SERVER[name]
        envelope = wire.Envelope.model_validate(data)
        allowed = set(row.payload.model_fields) | set(wire.Envelope.model_fields)
        assert set(data) <= allowed, name
        row.payload.model_validate({key: value for key, value in data.items() if key in row.payload.model_fields})
        assert envelope.session_id == session.id


async def test_a_ticket_opens_one_connection(stage: Stage) -> None:
    node = await stage.node()
    user = await stage.person()
    session_id = await stage.voice(user)
    ticket = await node.repository._sessions._tickets.issue(session_id, Caller(user, "user", "bearer", "test"))
    first = stage.client(user, namespace="/live", token=None, ticket=ticket)
    answer = await first.join(session_id)
    assert answer["resume_ticket"]
    second = stage.client(user, namespace="/live", token=None, ticket=ticket)
    with pytest.raises(Refused) as refused:
        await second.join(session_id)
    assert refused.value.code == "not_authenticated"


async def test_a_ticket_is_for_its_session_only(stage: Stage) -> None:
    node = await stage.node()
    user, other = await stage.person(), await stage.person()
    mine, theirs = await stage.voice(user), await stage.voice(other)
    ticket = await node.repository._sessions._tickets.issue(mine, Caller(user, "user", "bearer", "test"))
    session = stage.client(user, namespace="/live", token=None, ticket=ticket)
    with pytest.raises(Refused) as refused:
        await session.join(theirs)
    assert refused.value.code == "forbidden"


@pytest.mark.parametrize(("token", "code"), [("expired", "token_expired"), ("nonsense", "not_authenticated")])
async def test_a_refused_connect_says_why(stage: Stage, token: str, code: str) -> None:
    await stage.node()
    with pytest.raises(Refused) as refused:
        await stage.client(token).start_speaking()
    assert refused.value.code == code


async def test_strangers_cannot_join(stage: Stage) -> None:
    await stage.node()
    session_id = await stage.voice(await stage.person())
    with pytest.raises(Refused) as refused:
        await stage.client(await stage.person(), namespace="/live").join(session_id)
    assert refused.value.code == "not_found"


async def test_a_second_session_is_refused_unless_it_takes_over(stage: Stage) -> None:
    await stage.node()
    user = await stage.person()
    first = stage.client(user)
    await first.start_speaking()
    with pytest.raises(Refused) as refused:
        await stage.client(user).start_speaking()
    assert refused.value.code == "session_active"
    await stage.client(user).start_speaking(takeover=True)
    assert (await first.ended).reason == "taken_over"


async def test_bad_input_is_refused_by_name_and_the_session_lives_on(stage: Stage) -> None:
    await stage.node()
    session = stage.client(await stage.person())
    await session._link.connect(session._received)
    assert await refusal(session, "audio", {"seq": 1, "codec": "pcm16"}, FRAME) == "not_joined"
    assert await refusal(session, "session.heartbeat", {}) == "not_joined"
    await session._link.disconnect()
    await session.start_speaking()
    assert await refusal(session, "audio", {"seq": 1, "codec": "pcm16"}, b"\0" * 1_048_576) == "too_large"
    assert await refusal(session, "audio", {"seq": 1, "codec": "mp3"}, FRAME) == "unsupported_codec"
    wrong_rate = {"seq": 1, "codec": "pcm16", "sample_rate": 44100}
    assert await refusal(session, "audio", wrong_rate, FRAME) == "unsupported_sample_rate"
    assert await refusal(session, "audio", {"seq": "one"}, FRAME) == "invalid_request"
    assert await refusal(session, "audio", {"seq": 1}, b"\0") == "invalid_request"
    assert await refusal(session, "audio", {"seq": 9, "codec": "pcm16"}, FRAME) == "out_of_order"
    assert await refusal(session, "audio", {"codec": "pcm16"}) == "invalid_request"
    assert await refusal(session, "text", {"text": ""}) == "invalid_request"
    assert await refusal(session, "no.such.event", {}) == "unknown_event"
    assert await refusal(session, "speaking.start", {"sample_rate": 8000}) == "unsupported_sample_rate"
    for _ in range(30):
        session.send_audio(FRAME)
    ended = await session.end()
    assert ended.reason == "client"
    assert await stage.texts(session.id or "") == ["second 0", "second 1"]


async def test_audio_that_comes_too_fast_is_refused_and_nothing_is_lost(stage: Stage, still: FakeClock) -> None:
    await stage.node()
    async with stage.talk() as learner:
        for _ in range(64 * 25):  # 64 s at once
            learner.sends_a_frame()
        await learner.hears("error", error="rate_limited")
        still.advance(4)
        await learner.ends()
    assert len(await stage.texts(learner.id)) == 64


async def test_duplicate_frames_are_dropped(stage: Stage) -> None:
    await stage.node()
    session = stage.client(await stage.person())
    await session.start_speaking()
    frame = ({"seq": 1, "codec": "pcm16"}, FRAME)
    assert (await talks.answered(session, "audio", *frame))["duplicate"] is False
    assert (await talks.answered(session, "audio", *frame))["duplicate"] is True


async def test_after_a_break_every_event_comes_once_and_no_audio_is_missing(stage: Stage, still: FakeClock) -> None:
    await stage.node()
    session = stage.client(await stage.person())
    await session.start_speaking()
    listening = asyncio.ensure_future(everything(session))
    streaming = asyncio.ensure_future(session.stream(FRAME * 125))
    for frames in (30, 60, 90):
        await until(has_sent(session, frames))
        await session.cut()
    await streaming
    ended = await session.end()
    events = await listening
    assert session.reconnects == 3
    assert [data["seq"] for _, data in events] == list(range(1, len(events) + 1))
    assert await stage.texts(session.id or "") == [f"second {n}" for n in range(5)]
    assert ended.billed_seconds == 5


async def test_a_client_that_was_away_at_the_end_still_gets_it(stage: Stage) -> None:
    node = await stage.node()
    session = stage.client(await stage.person())
    await session.start_speaking()
    await session.stream(FRAME * 10)
    last_seq, session_id = session.last_seq, session.id or ""
    await session.close()
    await node.maintenance.end(session_id, "client")
    again = stage.client((await stage.row(session_id))["user_id"])
    answer = await again.join(session_id, last_seq=last_seq)
    assert answer["status"] == "ended" and answer["replayed"] > 0
    assert (await asyncio.wait_for(again.ended, 60)).reason == "client"


async def test_without_a_sign_of_life_a_session_is_suspended_then_ended(stage: Stage, still: FakeClock) -> None:
    await stage.node(live_silence_seconds=0.5, live_grace_seconds=1.0)
    async with stage.talk() as learner:
        learner.session.asleep = True
        await learner.bursts(0.8)
        still.advance(0.6)
        await learner.hears("session.state", status="suspended")
        still.advance(1.0)
        ended = await learner.sees_the_end()
    assert (ended["reason"], ended["billed_seconds"]) == ("timeout", 1)
    assert [data["status"] for data in learner.all("session.state")] == ["active", "suspended", "ending"]


async def test_at_zero_the_last_words_are_still_finalised(stage: Stage, still: FakeClock) -> None:
    await stage.node(ScriptedListening(finish_s=0.3), plan_free_seconds=2)
    session = stage.client(await stage.person())
    await session.start_speaking()
    listening = asyncio.ensure_future(everything(session))
    streaming = asyncio.ensure_future(session.stream(FRAME * 100))
    ended = await asyncio.wait_for(asyncio.shield(session.ended), 60)
    streaming.cancel()
    assert ended.reason == "quota" and ended.billed_seconds == 2
    assert (await stage.texts(session.id or ""))[:2] == ["second 0", "second 1"]
    events = await listening
    assert events[-1][0] == "session.ended"


async def test_a_full_node_refuses_before_it_harms_those_inside(stage: Stage) -> None:
    await stage.node(ScriptedListening(sessions_max=1))
    first = stage.client(await stage.person())
    await first.start_speaking()
    with pytest.raises(Refused) as refused:
        await stage.client(await stage.person()).start_speaking()
    assert refused.value.code == "unavailable" and refused.value.body["retry_after"] > 0
    await first.stream(FRAME * 10)
    assert (await first.end()).reason == "client"


async def test_a_silent_client_with_heartbeats_is_billed_for_its_presence(stage: Stage, still: FakeClock) -> None:
    await stage.node()
    user = await stage.person()
    session = stage.client(user, namespace="/live")
    session_id = await stage.voice(user)
    await session.join(session_id)
    for _ in range(4):
        await session.ask("session.heartbeat", {})
        still.advance(0.45)
    ended = await session.end()
    assert ended.billed_seconds == 2
    assert ended.transcript_id is None


async def test_nothing_is_left_behind(stage: Stage) -> None:
    node = await stage.node()
    idle = len(node.resources.tasks)
    for _ in range(3):
        session = stage.client(await stage.person())
        await session.start_speaking()
        await session.stream(FRAME * 5)
        await session.end()
        await session.close()
    await until(lambda: len(node.resources.tasks) == idle)
    assert node.maintenance.registry.runners == {} and len(node.maintenance.registry._joining) == 0
    assert all(listener.closed for listener in node.listening.listener)
    async with asyncio.timeout(60):
        while await _left_in_redis(node):  # noqa: ASYNC110 - it happens on the server
            await asyncio.sleep(0.05)


async def _left_in_redis(node: RunningNode) -> list[str]:
    """What is neither a log nor a ticket, nor shuts an earlier owner out for a while."""
    redis = node.resources.redis
    keys = [key for key in await redis.keys("parley:live:*") if ":log" not in str(key) and ":ticket:" not in str(key)]
    return [str(key) for key in keys if not str(await redis.get(key)).endswith("closed'")]
