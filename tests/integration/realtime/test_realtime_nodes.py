"""Several nodes that share PostgreSQL and Valkey and nothing else."""

import asyncio
import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from api.live import recordings
from api.live.models import Order
from api.live.recordings import Recordings
from clients.python.parley_client import Session
from kit.errors import Failure
from realtime.ports import ListenerOptions
from realtime.rows import Progress, Rows, ScoreRow, SoundRow
from realtime.session.commands import ResumePoint
from speech.events import SpeechEvent
from tests.integration.realtime.conftest import Stage
from tests.support import reports
from tests.support.clock import FakeClock
from tests.support.scripted_listener import ScriptedListener, ScriptedListening
from tests.support.waiting import until

FRAME = b"\0\0" * 640  # 40 ms


async def everything(session: Session) -> list[tuple[str, dict[str, Any]]]:
    return [(event.name, event.data) async for event in session.events()]


def numbers(events: list[tuple[str, dict[str, Any]]]) -> list[int]:
    return [data["seq"] for name, data in events if name not in ("error", "audio.ack")]


def finals(events: list[tuple[str, dict[str, Any]]]) -> list[str]:
    return [data["text"] for name, data in events if name == "transcript.final"]


def has_sent(session: Session, frames: int) -> Callable[[], bool]:
    return lambda: session._frames.sent >= frames


async def heard(session: Session, turns: int) -> None:
    """Until the client has so many finals."""
    await until(lambda: len([turn for turn in session.transcript.turns if turn.final]) >= turns)


async def test_a_session_goes_on_at_another_node_while_the_first_one_lives(stage: Stage, still: FakeClock) -> None:
    one, two = await stage.node(), await stage.node()
    session = stage.client(await stage.person(), one, two)
    await session.start_speaking()
    listening = asyncio.ensure_future(everything(session))
    streaming = asyncio.ensure_future(session.stream(FRAME * 100))
    await until(has_sent(session, 37))
    session._link.urls = [two.url]
    await session.cut()
    await streaming
    ended = await session.end()
    events = await listening
    assert one.maintenance.registry.runners == {}
    assert numbers(events) == list(range(1, len(numbers(events)) + 1))
    assert finals(events) == [f"second {n}" for n in range(4)] == await stage.texts(session.id or "")
    assert ended.billed_seconds == 4
    assert (await stage.row(session.id or ""))["fence"] == 3  # two owners, then closed


async def test_a_killed_owner_costs_neither_words_nor_events(stage: Stage, still: FakeClock) -> None:
    one, two = await stage.node(), await stage.node()
    session = stage.client(await stage.person(), one, two)
    await session.start_speaking()
    listening = asyncio.ensure_future(everything(session))
    streaming = asyncio.ensure_future(session.stream(FRAME * 125))
    await until(has_sent(session, 65))
    await one.kill()
    await streaming
    ended = await session.end()
    events = await listening
    assert session.reconnects >= 1
    assert numbers(events) == list(range(1, len(numbers(events)) + 1))
    assert finals(events) == [f"second {n}" for n in range(5)] == await stage.texts(session.id or "")
    assert ended.billed_seconds == 5
    void = [turn for name, data in events if name == "session.state" for turn in data["void_turn_ids"]]
    final_ids = [data["turn_id"] for name, data in events if name == "transcript.final"]
    assert len(set(final_ids)) == 5 and not set(void) & set(final_ids)


class QuietEars(ScriptedListener):
    """Zeros are silence."""

    def feed(self, pcm: bytes) -> None:
        if any(pcm) or self._talking:
            super().feed(pcm)
        else:
            self.position_ms += len(pcm) / 32
            self.start_ms = round(self.position_ms)


class QuietListening(ScriptedListening):
    async def open(self, wanted: ListenerOptions, emit: Callable[[SpeechEvent], None]) -> QuietEars:
        return QuietEars(wanted, emit, 0.0)


async def test_a_long_silence_before_the_owner_dies_leaves_no_hole(stage: Stage) -> None:
    """What the client may forget is what the books know, not what the owner alone knew."""
    one, two = await stage.node(QuietListening()), await stage.node(QuietListening())
    session = stage.client(await stage.person(), one, two)
    began = asyncio.get_running_loop().time()
    await session.start_speaking()
    listening = asyncio.ensure_future(everything(session))
    await session.stream(FRAME * 250, speed=1.0)
    await one.kill()
    await session.stream(b"\1\0" * 640 * 50)
    async with asyncio.timeout(60):
        ended = await session.end()
    assert numbers(events := await listening) == list(range(1, len(numbers(events)) + 1))
    assert session.safe_seq > 0
    assert finals(events) == await stage.texts(session.id or "") and len(finals(events)) >= 2
    assert 12 <= ended.billed_seconds <= asyncio.get_running_loop().time() - began + 1


async def test_a_recording_has_no_hole_where_its_owner_died(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    user = await stage.person()
    started = await one.repository._sessions.start(user, Order("voice", record=True))
    session = stage.client(user, one, two, namespace="/live")
    await session.join(started.session.id)
    sound = random.Random(5).randbytes(32_000 * 5)
    streaming = asyncio.ensure_future(session.stream(sound))
    await until(has_sent(session, 65))
    await one.kill()
    await streaming
    await session.end()
    assert session.reconnects >= 1
    kept = Recordings(two.resources.database, two.resources.clock, 30)
    recording = await kept.find(user, started.session.id)
    whole = range(recordings.HEADER_BYTES, recordings.size(recording))
    assert b"".join([part async for part in kept.wav(recording, whole)]) == sound


async def test_a_late_writer_is_refused_by_the_database(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    user = await stage.person()
    session_id = await stage.voice(user)
    first = await one.repository.claim(session_id, user, "one")
    second = await two.repository.claim(session_id, user, "two")
    assert second.session.fence == first.session.fence + 1
    now = first.session.started_at
    for write in (
        one.repository.write(
            session_id,
            first.session.fence,
            Rows(stretches=[(now, now)], progress=Progress(1, 0, ResumePoint(0, 0, 1, 0, None), "active")),
        ),
        one.repository.write(session_id, first.session.fence, Rows(scores=[ScoreRow("1", reports.report(90.0), now)])),
        one.repository.write(session_id, first.session.fence, Rows(sound=[SoundRow(0, 1, b"")])),
        one.repository.settle(session_id, first.session.fence, reason="client", ended_at=first.session.started_at),
    ):
        with pytest.raises(Failure) as refused:
            await write
        assert refused.value.code == "session_moved"
    await two.repository.settle(session_id, second.session.fence, reason="client", ended_at=first.session.started_at)
    assert (await stage.row(session_id))["end_reason"] == "client"


async def test_rest_ends_a_session_that_another_node_runs(stage: Stage, still: FakeClock) -> None:
    one, two = await stage.node(), await stage.node()
    session = stage.client(await stage.person(), one)
    await session.start_speaking()
    await session.stream(FRAME * 30)
    await session.flushed()
    settled = await two.repository._sessions.end((await stage.row(session.id or ""))["user_id"], session.id or "", None)
    assert settled.billed_seconds == 2
    assert (await session.ended).billed_seconds == 2
    assert await stage.texts(session.id or "") == ["second 0", "second 1"]


async def test_a_rest_heartbeat_elsewhere_keeps_a_session_alive(stage: Stage, still: FakeClock) -> None:
    one = await stage.node(live_silence_seconds=0.8, live_grace_seconds=30)
    two = await stage.node(live_silence_seconds=0.8, live_grace_seconds=30)
    user = await stage.person()
    session = stage.client(user, one)
    session.asleep = True
    await session.start_speaking()
    listening = asyncio.ensure_future(everything(session))
    await session.stream(FRAME * 10)
    await session.flushed()
    machine = one.maintenance.registry.runners[session.id or ""]._machine
    for _ in range(5):
        still.advance(0.5)
        before = machine._seen
        await two.repository._sessions.heartbeat(user, session.id or "")
        await until(partial(lambda seen: machine._seen > seen, before))
    await session.end()
    states = [data["status"] for name, data in await listening if name == "session.state"]
    assert states == ["active", "ending"]


async def test_the_sweeper_ends_a_session_whose_node_and_client_are_gone(stage: Stage, still: FakeClock) -> None:
    one = await stage.node()
    two = await stage.node(live_silence_seconds=0.3, live_grace_seconds=0.3)
    session = stage.client(await stage.person(), one)
    await session.start_speaking()
    listening = asyncio.ensure_future(everything(session))
    await session.stream(FRAME * 50)
    await heard(session, 2)
    await one.kill()
    listening.cancel()
    async with two.resources.database.connection() as cx:
        await cx.execute("update live_sessions set seen_at = seen_at - interval '1 minute'")
    assert await two.repository.sweep() == 0
    assert await two.repository.sweep() == 1
    row = await stage.row(session.id or "")
    assert (row["status"], row["end_reason"], row["billed_seconds"]) == ("ended", "timeout", 2)
    assert await two.repository.sweep() == 0


async def test_events_that_are_gone_are_made_up_for_by_a_snapshot(stage: Stage) -> None:
    one, two = await stage.node(), await stage.node()
    session = stage.client(await stage.person(), one, two)
    await session.start_speaking()
    listening = asyncio.ensure_future(everything(session))
    await session.stream(FRAME * 50)
    await session.flushed()
    assert await one.maintenance.registry.runners[session.id or ""].told(60)  # the next event would write all again
    await two.resources.redis.flushall()
    await one.kill()
    await session.stream(FRAME * 50)
    await session.end()
    events = await listening
    shots = [data for name, data in events if name == "session.snapshot"]
    assert len(shots) == 1 and [turn["text"] for turn in shots[0]["turns"]] == ["second 0", "second 1"]
    assert numbers(events) == sorted(set(numbers(events)))
    assert await stage.texts(session.id or "") == [f"second {n}" for n in range(4)]


async def test_a_node_that_stops_hands_its_sessions_over(stage: Stage, still: FakeClock) -> None:
    one, two = await stage.node(), await stage.node()
    session = stage.client(await stage.person(), one, two)
    await session.start_speaking()
    listening = asyncio.ensure_future(everything(session))
    streaming = asyncio.ensure_future(session.stream(FRAME * 75))
    await until(has_sent(session, 32))
    one.maintenance.drain()
    await one.stack.aclose()
    await streaming
    ended = await session.end()
    events = await listening
    assert "draining" in [data["reason"] for name, data in events if name == "session.warning"]
    assert numbers(events) == list(range(1, len(numbers(events)) + 1))
    assert finals(events) == [f"second {n}" for n in range(3)]
    assert ended.billed_seconds == 3
